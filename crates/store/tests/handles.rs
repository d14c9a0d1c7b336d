//! The handles keep their promises: the company wall, the log that cannot be forgotten, the chain that shows every change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_store::mail::{self, Senders};
use mamori_store::{Actor, Change, Db, DbConfig, Origin, Reader, args, files, migrate, search, verify, verify_all};
use serde_json::json;

fn now() -> jiff::Timestamp {
    "2026-11-20T03:00:00Z".parse().unwrap()
}

fn actor(company: &str) -> Arc<Actor> {
    Arc::new(Actor::program(company, "森 幸子", Origin::Cli, Lang::Ja))
}

/// A database with two companies, on SQLite or – with `TEST_DATABASE_URL` – on PostgreSQL as well.
async fn databases() -> Vec<(Db, tempfile::TempDir)> {
    let mut urls = vec![None];
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let schema = format!("store_{}", mamori_kernel::id::new().replace('-', ""));
        let admin = Db::open(&DbConfig { url: Some(url.clone()), ..DbConfig::folder(tempfile::tempdir().unwrap().path()) })
            .await
            .unwrap();
        admin.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
        let joint = if url.contains('?') { '&' } else { '?' };
        urls.push(Some(format!("{url}{joint}options=-csearch_path%3D{schema}")));
    }
    let mut all = Vec::new();
    for url in urls {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&DbConfig { url, ..DbConfig::folder(dir.path()) }).await.unwrap();
        migrate::run(&db, &[], now()).await.unwrap();
        let mut system = db.system().await.unwrap();
        for code in ["a", "b"] {
            system
                .exec("insert into company (id, code, name, created_at) values ($1, $1, $1, $2)", args![code, now()])
                .await
                .unwrap();
        }
        drop(system);
        all.push((db, dir));
    }
    all
}

async fn set(db: &Db, company: &str, key: &str) {
    let mut tx = db.tx(actor(company), now()).await.unwrap();
    tx.exec("insert into setting (company_id, key, value, updated_at) values ($1, $2, 'x', '')", args![key]).await.unwrap();
    tx.log(Change::new("update", "setting", key, key, json!({ "value": [null, "x"] }))).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_change_without_a_log_entry_is_not_made() {
    for (db, _dir) in databases().await {
        let mut tx = db.tx(actor("a"), now()).await.unwrap();
        tx.exec("insert into setting (company_id, key, value, updated_at) values ($1, 'k', 'v', '')", args![]).await.unwrap();
        assert!(matches!(tx.commit().await, Err(Error::Internal(_))));
        let mut view = db.view(actor("a")).await.unwrap();
        assert_eq!(view.count("select count(*) as n from setting where company_id = $1", args![]).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_chain_is_whole_and_shows_a_tampered_entry() {
    for (db, _dir) in databases().await {
        for key in ["一", "二", "三"] {
            set(&db, "a", key).await;
        }
        set(&db, "b", "other").await;
        let all = verify_all(&db).await.unwrap();
        assert_eq!(all.iter().map(|v| (v.entries, v.broken.clone())).collect::<Vec<_>>(), [(3, None), (1, None)]);
        let mut system = db.system().await.unwrap();
        system.exec("update change_log set actor = 'somebody else' where company_id = 'a' and seq = 2", args![]).await.unwrap();
        drop(system);
        let mut view = db.view(actor("a")).await.unwrap();
        assert_eq!(verify(&mut view).await.unwrap().broken.unwrap().0, 2);
        drop(view);
        let mut system = db.system().await.unwrap();
        system.exec("delete from change_log where company_id = 'b'", args![]).await.unwrap();
        drop(system);
        let mut view = db.view(actor("b")).await.unwrap();
        assert!(verify(&mut view).await.unwrap().broken.is_some(), "a cut-off tail is seen by the head");
    }
}

#[tokio::test]
async fn the_character_nul_breaks_neither_database_nor_chain() {
    for (db, _dir) in databases().await {
        let mut tx = db.tx(actor("a"), now()).await.unwrap();
        let sql = "insert into setting (company_id, key, value, updated_at) values ($1, $2, $3, '')";
        tx.exec(sql, args!["k\0", "一\0二"]).await.unwrap();
        tx.log(Change::new("update", "setting", "k", "一\0二", json!({ "value": [null, "一\0二"] }))).await.unwrap();
        tx.commit().await.unwrap();
        let mut view = db.view(actor("a")).await.unwrap();
        let row = view.first("select value from setting where company_id = $1 and key = $2", args!["\0k"]).await.unwrap();
        assert_eq!(row.unwrap().text("value").unwrap(), "一二");
        assert_eq!(verify(&mut view).await.unwrap().broken, None);
    }
}

#[tokio::test]
async fn two_writers_never_fork_the_chain() {
    for (db, _dir) in databases().await {
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let db = db.clone();
                tokio::spawn(async move { set(&db, "a", &format!("k{n}")).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(verify_all(&db).await.unwrap()[0].entries, 20);
        assert_eq!(verify_all(&db).await.unwrap()[0].broken, None);
    }
}

#[tokio::test]
async fn postgres_hides_other_companies_even_from_a_careless_statement() {
    for (db, _dir) in databases().await {
        if db.engine() != mamori_store::Engine::Postgres {
            continue;
        }
        set(&db, "a", "secret").await;
        let mut view = db.view(actor("b")).await.unwrap();
        // Names the parameter, but does not filter by it: row-level security does.
        let rows = view.rows("select key from setting where $1 <> ''", args![]).await.unwrap();
        assert!(rows.is_empty());
    }
}

#[tokio::test]
async fn search_finds_the_same_on_both_databases() {
    for (db, _dir) in databases().await {
        let mut tx = db.tx(actor("a"), now()).await.unwrap();
        tx.technical();
        for (n, text) in ["社員名簿 VPN接続", "監査証跡の保管", "顧客名簿"].iter().enumerate() {
            let doc = search::Document {
                ledger: "x".into(),
                row_id: format!("r{n}"),
                title: (*text).into(),
                text: (*text).into(),
                ..Default::default()
            };
            search::put(&mut tx, true, &doc).await.unwrap();
        }
        tx.commit().await.unwrap();
        for (words, hits) in
            [("名簿", 2), ("監査", 1), ("監", 1), ("ｖｐｎ", 1), ("めいぼ", 0), ("名簿 顧客", 1), ("存在しない", 0)]
        {
            let mut view = db.view(actor("a")).await.unwrap();
            let (sql, arg) = search::matching(db.engine(), words, 2).unwrap();
            let text = format!("select count(*) as n from search_doc d where d.company_id = $1 and d.doc_no in ({sql})");
            assert_eq!(view.count(&text, vec![arg]).await.unwrap(), hits, "{words} on {:?}", db.engine());
        }
        assert!(search::matching(db.engine(), "  ", 2).is_none());
    }
}

#[tokio::test]
async fn a_file_is_kept_once_and_a_changed_one_is_refused() {
    let (db, dir) = databases().await.remove(0);
    let hash = db.put_file(b"evidence".to_vec()).await.unwrap();
    assert_eq!(db.put_file(b"evidence".to_vec()).await.unwrap(), hash);
    assert_eq!(db.get_file(&hash).await.unwrap(), b"evidence");
    std::fs::write(dir.path().join("files").join(&hash[..2]).join(&hash), b"forged").unwrap();
    assert!(matches!(db.get_file(&hash).await, Err(Error::Internal(_))));
    assert!(matches!(db.get_file("../../etc/passwd").await, Err(Error::NotFound)));
}

#[tokio::test]
async fn migrations_run_once_and_refuse_what_they_do_not_know() {
    for (db, _dir) in databases().await {
        assert!(migrate::run(&db, &[], now()).await.unwrap().is_empty());
        let step = migrate::Step {
            owner: "area",
            number: 1,
            name: "bad",
            sql: "create table half (id text); create table half (id text);",
        };
        assert!(migrate::run(&db, &[step], now()).await.is_err());
        let good = migrate::Step { sql: "create table half (id text);", ..step };
        assert_eq!(migrate::run(&db, &[good], now()).await.unwrap().len(), 1, "nothing of the failed step was left behind");
        let changed = migrate::Step { sql: "create table other (id text);", ..step };
        assert!(migrate::run(&db, &[changed], now()).await.unwrap_err().to_string().contains("changed after"));
        assert!(migrate::run(&db, &[], now()).await.unwrap_err().to_string().contains("newer mamori"));
    }
}

async fn queue(db: &Db, company: &str, recipient: &str, at: jiff::Timestamp) {
    let mut tx = db.tx(actor(company), at).await.unwrap();
    tx.technical();
    mail::queue(&mut tx, recipient, "棚卸のお願い", "よろしくお願いします。").await.unwrap();
    tx.commit().await.unwrap();
}

async fn mail_state(db: &Db, recipient: &str) -> (String, String) {
    let mut system = db.system_view().await.unwrap();
    let row = system.first("select state, error from mail where recipient = $1", args![recipient]).await.unwrap().unwrap();
    (row.text("state").unwrap(), row.text("error").unwrap())
}

fn minutes(n: i64) -> jiff::Timestamp {
    now().checked_add(jiff::SignedDuration::from_mins(n)).unwrap()
}

#[tokio::test]
async fn a_mail_is_claimed_once_put_off_and_sent() {
    for (db, _dir) in databases().await {
        queue(&db, "a", "a@example.jp", now()).await;
        queue(&db, "b", "b@example.jp", minutes(1)).await;
        let first = mail::claim_due(&db, Senders::All, minutes(2)).await.unwrap().unwrap();
        assert_eq!((first.recipient.as_str(), first.company_id.as_str(), first.attempts), ("a@example.jp", "a", 1));
        let second = mail::claim_due(&db, Senders::All, minutes(2)).await.unwrap().unwrap();
        assert_eq!(second.recipient, "b@example.jp");
        assert_eq!(mail::claim_due(&db, Senders::All, minutes(2)).await.unwrap(), None, "both are being sent");
        mail::mark_sent(&db, &first.id, minutes(2)).await.unwrap();
        mail::put_off(&db, &second.id, "no answer", minutes(5)).await.unwrap();
        assert_eq!(mail_state(&db, "b@example.jp").await, ("waiting".to_owned(), "no answer".to_owned()));
        assert_eq!(mail::claim_due(&db, Senders::All, minutes(4)).await.unwrap(), None);
        assert_eq!(mail::claim_due(&db, Senders::All, minutes(5)).await.unwrap().unwrap().attempts, 2);
        // The sender vanished: the mail comes back after ten minutes.
        assert_eq!(mail::claim_due(&db, Senders::All, minutes(14)).await.unwrap(), None);
        let again = mail::claim_due(&db, Senders::All, minutes(15)).await.unwrap().unwrap();
        assert_eq!(again.attempts, 3);
        mail::mark_failed(&db, &again.id, "refused").await.unwrap();
        assert_eq!(mail_state(&db, "b@example.jp").await, ("failed".to_owned(), "refused".to_owned()));
        assert_eq!(mail_state(&db, "a@example.jp").await, ("sent".to_owned(), String::new()));
        assert_eq!(mail::forget_settled(&db, minutes(1)).await.unwrap(), 1, "only what was queued before");
        assert_eq!(mail::forget_settled(&db, minutes(2)).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn without_a_server_of_the_installation_only_companies_with_their_own_send() {
    for (db, _dir) in databases().await {
        queue(&db, "a", "a@example.jp", now()).await;
        queue(&db, "b", "b@example.jp", now()).await;
        assert_eq!(mail::claim_due(&db, Senders::WithOwnServer, now()).await.unwrap(), None);
        set(&db, "b", "mail.smtp_url").await;
        assert_eq!(mail::own_server(&db, "b").await.unwrap(), None, "no sender address yet");
        set(&db, "b", "mail.from").await;
        let own = mail::own_server(&db, "b").await.unwrap().unwrap();
        assert_eq!((own.sealed_url.as_str(), own.from.as_str()), ("x", "x"));
        assert_eq!(mail::own_server(&db, "a").await.unwrap(), None);
        let due = mail::claim_due(&db, Senders::WithOwnServer, now()).await.unwrap().unwrap();
        assert_eq!(due.recipient, "b@example.jp");
        assert_eq!(mail::expire(&db, minutes(1)).await.unwrap(), 1, "what waits, not what is being sent");
        assert_eq!(mail_state(&db, "a@example.jp").await.0, "expired");
    }
}

#[tokio::test]
async fn altered_and_missing_attachments_are_named() {
    for (db, dir) in databases().await {
        let mut hashes = Vec::new();
        for text in ["契約書", "台帳", "議事録"] {
            let hash = db.put_file(text.as_bytes().to_vec()).await.unwrap();
            let mut system = db.system().await.unwrap();
            let kept = "insert into stored_file (hash, size, created_at) values ($1, 9, $2)";
            system.exec(kept, args![&hash, now()]).await.unwrap();
            system
                .exec(
                    "insert into attachment (id, company_id, ledger, row_id, hash, name, content_type, size, created_by, created_by_name, created_at) \
                     values ($1, 'a', 'x', 'r', $1, $2, 'text/plain', 9, '', '', $3)",
                    args![&hash, text, now()],
                )
                .await
                .unwrap();
            hashes.push(hash);
        }
        let at = |hash: &str| dir.path().join("files").join(&hash[..2]).join(hash);
        assert_eq!(files::verify_files(&db).await.unwrap().sound, 3);
        std::fs::write(at(&hashes[0]), "別の内容").unwrap();
        std::fs::remove_file(at(&hashes[1])).unwrap();
        let checked = files::verify_files(&db).await.unwrap();
        assert_eq!(checked.sound, 1);
        let mut broken: Vec<&str> = checked.broken.iter().map(|(hash, _)| hash.as_str()).collect();
        broken.sort_unstable();
        let mut expected = vec![hashes[0].as_str(), hashes[1].as_str()];
        expected.sort_unstable();
        assert_eq!(broken, expected);
    }
}
