stocktake-start = Start a stocktake
stocktake-start-title = Start a stocktake
stocktake-start-lead = Owners and departments are asked to confirm the assets in use of the departments you choose. The heads of the departments also get a mail.
stocktake-usual-name = Stocktake { $year }
stocktake-usual-note = Please check that the ledger matches reality. Correct only what changed. In doubt, write a note and send it.
stocktake-name = Name
stocktake-starts = Starts on
stocktake-due = Due on
stocktake-departments = Departments
stocktake-departments-help = With none chosen, the whole company is asked. Assets without a department are included only then.
stocktake-note = Message
stocktake-note-help = Shown to those who answer, on the page and in the mail.
stocktake-started = The stocktake has started. Assets to confirm: { $count }.
stocktake-answer = Answer my rows
stocktake-progress = Progress
stocktake-department = Department
stocktake-no-department = (no department)
stocktake-waiting = Waiting
stocktake-confirmed = Confirmed
stocktake-corrected = Corrected
stocktake-disposed = Disposed of
stocktake-answered = Answered
stocktake-manage = Due date and closing
stocktake-due-save = Change the due date
stocktake-due-saved = The due date was changed.
stocktake-close = Close this stocktake
stocktake-close-open = Still waiting: { $count }. Closed now, they stay on record as not confirmed.
stocktake-closing-note = Closing note
stocktake-closing-note-help = What you learnt and what to do better next time. It is also a record for the audit.
stocktake-closed = The stocktake is closed.
stocktake-mine = My rows
stocktake-mine-lead = Say for each row whether the ledger matches reality. You can stop and go on later.
stocktake-left = Left: { $count }
stocktake-until = Please answer by { $due }
stocktake-late = It was due on { $due }. You can still answer
stocktake-is-closed = This stocktake is closed
stocktake-nothing = No asset waits for you in this stocktake.
stocktake-done = Everything is answered. Thank you.
stocktake-see-answers = See the answers
stocktake-everybody = Show other departments as well
stocktake-confirm = This is right
stocktake-correct = Something to correct
stocktake-correct-title = Correct an asset
stocktake-correct-save = Correct and confirm
stocktake-correct-note = Reason (optional)
stocktake-dispose = It is gone
stocktake-dispose-note = When and how was it disposed of or returned?
stocktake-dispose-help = Example: pulped in October 2026, receipt kept by general affairs
stocktake-dispose-save = Mark as disposed of
stocktake-clash = Someone else corrected this asset first
stocktake-clash-why = The ledger now says the following. Please compare and save again.
stocktake-fact-place = Place
stocktake-fact-users = Users
stocktake-fact-copies = Copies
stocktake-fact-retention = Retention
stocktake-fact-note = Note
stocktake-said-waiting = Set back to waiting.
stocktake-said-confirmed = Confirmed.
stocktake-said-corrected = Your corrections are saved and the row is confirmed.
stocktake-said-disposed = Marked as disposed of and taken out of use.
stocktake-today-mine = Answer the stocktake “{ $name }”
stocktake-today-mine-detail = Assets waiting for you: { $count }
stocktake-today-lead = The stocktake “{ $name }” is overdue
stocktake-today-lead-detail = Answered { $done } of { $total }. Speak to the departments that are missing, or extend the due date.
stocktake-today-run = The stocktake “{ $name }” is running
stocktake-mail-start-subject = [Stocktake] { $name } (by { $due })
stocktake-mail-start-body =
    Dear { $person }, { $department },

    A stocktake of information assets has started. Assets of { $department } to confirm: { $count }.
    Please answer by { $due } on this page:

    { $link }

    { $note }
stocktake-mail-soon-subject = [Due soon] { $name } (by { $due })
stocktake-mail-soon-body =
    Dear { $person }, { $department },

    The stocktake is due soon. Rows of { $department } not confirmed: { $count }.
    Please answer by { $due } on this page:

    { $link }
stocktake-mail-overdue-subject = [Overdue] { $name }
stocktake-mail-overdue-body =
    Dear { $person }, { $department },

    The stocktake was due on { $due }, but rows of { $department } are still not confirmed: { $count }.
    Please answer on this page. If you are unsure about a row, send it with a note and the officer will look into it.

    { $link }
stocktake-today-run-detail = Answered { $done } of { $total }
