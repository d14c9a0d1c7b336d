contact-seed-title = Start from the standard contacts
contact-seed-why = Public desks, the police and bodies that must be told are prepared, with blanks for your own: maintenance vendor, lawyer, insurance.
contact-seed-button = Take in the standard contacts
contact-seed-done = { $count } contacts were added. Check that the numbers are still right and enter “Checked on”.
contact-seed-none = All standard contacts are there already. Nothing was changed.
contact-today = Check that { $count } contacts still work
contact-today-detail = They were last checked more than 180 days ago, or never. Try number or page and enter “Checked on”.
