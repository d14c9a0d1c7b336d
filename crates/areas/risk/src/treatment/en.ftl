treatment-today-overdue = Overdue treatment: { $title }
treatment-today-due = Treatment due soon: { $title }
