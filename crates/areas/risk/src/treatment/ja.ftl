treatment-today-overdue = 期限を過ぎた対応：{ $title }
treatment-today-due = もうすぐ期限の対応：{ $title }
