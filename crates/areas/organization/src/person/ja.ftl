person-today-accounts = { $name }さんのアカウントをすべて消す
person-today-accounts-detail = 退職日は{ $date }です。翌日までに社内外のアカウントと入館証を止め、「アカウント削除日」を入力してください。
person-today-more = ほか{ $count }人の退職者のアカウントを確かめる
person-today-more-detail = 「アカウント削除日」が空欄の退職者です。消し忘れは不正アクセスの入口になります。
