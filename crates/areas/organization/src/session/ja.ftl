session-sign-in-title = ログイン
session-sign-in-lead = 会社から渡されたログイン名とパスワードを入力してください。
session-login = ログイン名
session-password = パスワード
session-sign-in = ログイン
session-forgot = パスワードを忘れたとき
session-code-title = 確認コードの入力
session-code-lead = パスワードは確認できました。もう1つの確認をします。
session-code = 確認コード
session-code-help = 認証アプリに表示されている6桁の数字です。スマートフォンが手元にないときは、控えておいた回復コードを入力してください。
session-code-send = 確認する
session-start-over = 最初からやり直す
session-new-password-title = 新しいパスワードの設定
session-new-password-lead = これまでのパスワードは使えなくなります。あなただけが知っているパスワードを決めてください。
session-new-password = 新しいパスワード
session-again = 新しいパスワード(もう一度)
session-new-password-save = 設定してログイン
session-password-rules = 10文字以上(管理者は12文字以上)。関係のない単語をいくつか並べると、長くて覚えやすくなります。
session-signed-out = ログアウトしました。
session-list-title = ログイン中の端末
session-list-lead = あなたのアカウントでログインしている端末です。覚えのない端末があれば、ログアウトさせてからパスワードを変えてください。
session-device = 端末
session-address = 接続元
session-since = ログインした日時
session-seen = 最後に使った日時
session-action = 操作
session-here = この端末
session-strong = 2段階認証
session-end = ログアウトさせる
session-end-others = ほかの端末をすべてログアウトさせる
session-ended = ログアウトさせました。
session-entered = 「{ $company }」に切り替えました。
session-mail-new-device-subject = 新しい端末からログインがありました
session-mail-new-device =
    { $name } さん

    あなたのアカウントに、これまで使われていない端末からログインがありました。

    日時: { $at }
    端末: { $device }
    接続元: { $address }

    ご自分の操作であれば、何もする必要はありません。
    覚えがない場合は、すぐにパスワードを変え、「ログイン中の端末」からその端末をログアウトさせて、システム管理者に知らせてください。
