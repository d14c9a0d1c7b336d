stocktake-start = 棚卸を始める
stocktake-start-title = 棚卸を始める
stocktake-start-lead = 選んだ部署の使用中の情報資産について、資産管理者と部署に確認を頼みます。部署の責任者にはメールも届きます。
stocktake-usual-name = { $year }年の棚卸
stocktake-usual-note = 台帳と実際が合っているかを確かめてください。変わったところだけ直せば終わります。迷ったらメモに書いて送ってください。
stocktake-name = 名称
stocktake-starts = 開始日
stocktake-due = 締切日
stocktake-departments = 対象の部署
stocktake-departments-help = 選ばなければ全社が対象です。部署の決まっていない資産は、全社のときだけ含まれます。
stocktake-note = 依頼の言葉
stocktake-note-help = 答える人の画面と、依頼のメールに表示します。
stocktake-started = 棚卸を始めました。確認を頼んだ資産は{ $count }件です。
stocktake-answer = 自分の分に答える
stocktake-progress = 進み具合
stocktake-department = 部署
stocktake-no-department = （部署なし）
stocktake-waiting = 未確認
stocktake-confirmed = 確認済
stocktake-corrected = 修正済
stocktake-disposed = 廃棄済
stocktake-answered = 回答済み
stocktake-manage = 締切の変更と完了
stocktake-due-save = 締切日を変える
stocktake-due-saved = 締切日を変えました。
stocktake-close = この棚卸を完了する
stocktake-close-open = 未確認が{ $count }件あります。このまま完了すると「未確認」として記録に残ります。
stocktake-closing-note = 締めのメモ
stocktake-closing-note-help = 分かったこと、次回に直したいこと。監査の記録にもなります。
stocktake-closed = 棚卸を完了しました。
stocktake-mine = 自分の分
stocktake-mine-lead = 1行ずつ、台帳と実際が合っているかを答えてください。途中でやめても続きから始められます。
stocktake-left = 残り{ $count }件
stocktake-until = { $due }までに答えてください
stocktake-late = 締切は{ $due }でした。今からでも答えられます
stocktake-is-closed = この棚卸は完了しています
stocktake-nothing = この棚卸で、あなたに確認をお願いする資産はありません。
stocktake-done = すべて答えました。ご協力ありがとうございました。
stocktake-see-answers = 回答の一覧を見る
stocktake-everybody = ほかの部署の分も表示する
stocktake-confirm = このとおりです
stocktake-correct = 直すところがあります
stocktake-correct-title = 情報資産を直す
stocktake-correct-save = 直して確認済みにする
stocktake-correct-note = 直した理由（任意）
stocktake-dispose = もうありません
stocktake-dispose-note = いつ、どのように廃棄・返却しましたか
stocktake-dispose-help = 例：2026年10月に溶解処理に出した。受領書は総務課にある
stocktake-dispose-save = 廃棄済みにする
stocktake-clash = ほかの人が先にこの資産を直しました
stocktake-clash-why = 今の台帳の内容は次のとおりです。見比べて、もう一度保存してください。
stocktake-fact-place = 置き場所
stocktake-fact-users = 利用者
stocktake-fact-copies = 写しの場所
stocktake-fact-retention = 保存期限
stocktake-fact-note = 備考
stocktake-said-waiting = 未確認に戻しました。
stocktake-said-confirmed = 確認済みにしました。
stocktake-said-corrected = 直した内容を保存し、確認済みにしました。
stocktake-said-disposed = 廃棄済みにし、台帳で使用終了にしました。
stocktake-today-mine = 棚卸「{ $name }」に答える
stocktake-today-mine-detail = あなたの確認を待っている資産：{ $count }件
stocktake-today-lead = 棚卸「{ $name }」の締切が過ぎています
stocktake-today-lead-detail = 回答{ $done }件 / 全{ $total }件。未回答の部署に声をかけるか、締切を延ばします。
stocktake-today-run = 棚卸「{ $name }」を進めています
stocktake-mail-start-subject = 【棚卸のお願い】{ $name }（{ $due }まで）
stocktake-mail-start-body =
    { $department } { $person } 様

    情報資産の棚卸を始めました。{ $department }で確認をお願いする資産は{ $count }件です。
    { $due }までに、次のページで答えてください。

    { $link }

    { $note }
stocktake-mail-soon-subject = 【もうすぐ締切】{ $name }（{ $due }まで）
stocktake-mail-soon-body =
    { $department } { $person } 様

    棚卸の締切が近づいています。{ $department }の未確認は{ $count }件です。
    { $due }までに、次のページで答えてください。

    { $link }
stocktake-mail-overdue-subject = 【締切を過ぎています】{ $name }
stocktake-mail-overdue-body =
    { $department } { $person } 様

    棚卸の締切（{ $due }）を過ぎましたが、{ $department }に未確認が{ $count }件残っています。
    次のページで答えてください。分からない行は、メモに書いて送れば担当者が確かめます。

    { $link }
stocktake-today-run-detail = 回答{ $done }件 / 全{ $total }件
