asset-hint-tab = 見直しのヒント
asset-hint-title = 台帳の見直しのヒント
asset-hint-lead = まとめる・分ける・閉じると台帳が読みやすくなる行を挙げています。どうするかは、扱い方を知っている人が決めてください。
asset-hint-none = 見直したほうがよい行は見つかりませんでした。
asset-hint-more = ほかに{ $count }件あります。
