//! `serve` and `demo`.

use std::net::SocketAddr;

use clap::Args;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;

use super::{Outcome, Place};
use crate::compose::{self, Settings};
use crate::demo;
use crate::serve::{self, MailServer, ServeOptions};

/// 画面とAPIを提供します。/healthz は準備ができると200、それまでは503を返します。 / Serves the pages and the API.
#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
    /// 待ち受けるアドレスとポート / Address and port to listen on
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:7780", env = "MAMORI_LISTEN")]
    listen: SocketAddr,
    /// 利用者から見たアドレス。httpsなら、Cookieに安全の印を付けます / Public address, for links in mails and secure cookies
    #[arg(long, value_name = "URL", default_value = "", env = "MAMORI_BASE_URL")]
    base_url: String,
    /// メールサーバー（smtps://利用者:パスワード@ホスト:465） / Mail server
    #[arg(long, value_name = "URL", env = "MAMORI_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    smtp_url: Option<String>,
    /// メールの差出人 / Sender of mails
    #[arg(long, value_name = "ADDRESS", env = "MAMORI_MAIL_FROM")]
    mail_from: Option<String>,
}

impl Serve {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        let mail = match (&self.smtp_url, &self.mail_from) {
            (Some(url), Some(from)) => Some(MailServer::new(url, from)?),
            _ => None,
        };
        let settings = Settings { base_url: self.base_url.trim_end_matches('/').to_owned(), ..self.place.settings() };
        let options = ServeOptions { listen: self.listen, settings, mail };
        serve::serve(options, serve::signal(), |address| {
            println!("{}", lang.pick("mamoriを開始しました：", "mamori is ready: ").to_owned() + address);
        })
        .await?;
        Ok(0)
    }
}

/// 空のフォルダーに、1年分の記録がある見本の会社を作り、ログイン名とパスワードを表示します。 / Fills an empty folder with a sample company and a year of history, and prints the accounts.
#[derive(Args)]
pub(super) struct Demo {
    #[command(flatten)]
    place: Place,
    /// 細かな違いを決める数。同じ数なら同じデータになります / Varies small details; the same number gives the same data
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Demo {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        self.must_be_empty()?;
        let app = compose::open(&self.place.settings()).await?.app;
        let accounts = demo::fill(&app, self.seed, app.clock.now()).await?;
        app.db.close().await;
        println!("{}", accounts.table(lang));
        let hint = lang.pick(
            "見本の会社です。パスワードは公開されているのと同じなので、本物の情報は入れないでください。",
            "This is a sample company. Its passwords are as good as public: do not enter real information.",
        );
        println!("\n{hint}\n{} mamori serve --data {}", lang.pick("開始するには:", "To start:"), self.place.data.display());
        Ok(0)
    }

    /// A real company must never wake up among invented ones. What stands in a PostgreSQL is judged by the filling itself.
    fn must_be_empty(&self) -> Result<()> {
        if self.place.database.is_some() { Ok(()) } else { demo::refuse_unless_empty(&self.place.data) }
    }
}
