//! The handles keep their promises: the company wall, the log that cannot be forgotten, the chain that shows every change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_store::{Actor, Change, Db, DbConfig, Origin, Reader, args, migrate, search, verify, verify_all};
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
