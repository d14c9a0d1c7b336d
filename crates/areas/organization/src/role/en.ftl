role-seed-title = Start from the standard roles
role-seed-why = Nine main roles and those that support them are prepared with missions and skills. Change names and contents as you like afterwards.
role-seed-button = Take in the standard roles
role-seed-done = { $count } standard roles were added. Next, decide who holds them under “Appointments”.
role-seed-none = All standard roles are there already. Nothing was changed.
