person-today-accounts = Remove all accounts of { $name }
person-today-accounts-detail = The last day is { $date }. Disable accounts inside and outside and the entry card by the day after, then enter “Accounts removed on”.
person-today-more = Check the accounts of { $count } more leavers
person-today-more-detail = These leavers have no “Accounts removed on”. A forgotten account is an open door.
