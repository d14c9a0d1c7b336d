assets-back = 台帳に戻る
assets-cancel = やめる
assets-today-review = 見直し日を過ぎた情報資産：{ $count }件
assets-today-review-detail = 置き場所・利用者・重要度が今も合っているか確かめ、次の見直し日を入れます。
assets-today-value = 重要度が決まっていない情報資産：{ $count }件
assets-today-value-detail = 機密性・完全性・可用性を選ぶと、守る順番が決まります。
