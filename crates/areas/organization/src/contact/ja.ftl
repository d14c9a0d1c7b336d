contact-seed-title = 標準の連絡先から始めましょう
contact-seed-why = 相談窓口、警察、届出先などの公的な連絡先と、会社で埋めておきたい連絡先（保守会社、弁護士、保険など）の空欄を用意しています。
contact-seed-button = 標準の連絡先を取り込む
contact-seed-done = 連絡先を{ $count }件取り込みました。番号が今も正しいかを確かめ、「最後に確かめた日」を入れてください。
contact-seed-none = 標準の連絡先はすべて登録済みです。何も変更していません。
contact-today = 連絡先{ $count }件がつながるかを確かめる
contact-today-detail = 最後に確かめてから180日を過ぎているか、一度も確かめていない連絡先です。番号やページを確かめ、「最後に確かめた日」を入れてください。
