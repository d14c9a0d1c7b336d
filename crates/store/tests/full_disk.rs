//! A disk that is full, and one that has room again: clear words, nothing half written, and writing goes on without a restart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_store::{Actor, Change, Db, DbConfig, Origin, Reader, args, migrate, verify};
use serde_json::json;

fn now() -> jiff::Timestamp {
    "2026-11-20T03:00:00Z".parse().unwrap()
}

fn actor() -> Arc<Actor> {
    Arc::new(Actor::program("a", "森 幸子", Origin::Cli, Lang::Ja))
}

/// A SQLite database with one company. (PostgreSQL answers 53100 and keeps its connections; the mapping is the same.)
async fn database() -> (Db, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&DbConfig::folder(dir.path())).await.unwrap();
    migrate::run(&db, &[], now()).await.unwrap();
    let mut system = db.system().await.unwrap();
    system.exec("insert into company (id, code, name, created_at) values ('a', 'a', 'a', $1)", args![now()]).await.unwrap();
    drop(system);
    (db, dir)
}

/// Lets the writing connection grow by so many pages and no further: SQLite then answers as on a full disk.
async fn room(db: &Db, pages: i64) {
    let mut system = db.system().await.unwrap();
    let used: i64 = system.first("pragma page_count", vec![]).await.unwrap().unwrap().get("page_count").unwrap();
    system.rows(&format!("pragma max_page_count = {}", used + pages), vec![]).await.unwrap();
}

async fn note(tx: &mut mamori_store::Tx, key: &str) -> Result<()> {
    let sql = "insert into setting (company_id, key, value, updated_at) values ($1, $2, $3, '')";
    tx.exec(sql, args![key, "あ".repeat(20_000)]).await?;
    tx.log(Change::new("update", "setting", key, key, json!({}))).await
}

async fn write(db: &Db, keys: &[&str]) -> Result<()> {
    let mut tx = db.tx(actor(), now()).await?;
    for key in keys {
        note(&mut tx, key).await?;
    }
    tx.commit().await
}

async fn count(db: &Db) -> i64 {
    db.view(actor()).await.unwrap().count("select count(*) as n from setting where company_id = $1", args![]).await.unwrap()
}

#[tokio::test]
async fn after_a_full_disk_writing_goes_on_as_soon_as_there_is_room() {
    let (db, _dir) = database().await;
    write(&db, &["first"]).await.unwrap();
    room(&db, 4).await;
    assert_eq!(write(&db, &["b", "c", "d", "e"]).await, Err(Error::StorageFull));
    assert_eq!(count(&db).await, 1, "half of it was written");
    // The very same connection goes on once there is room again.
    room(&db, 10_000).await;
    write(&db, &["later"]).await.unwrap();
    assert_eq!(count(&db).await, 2);
    assert_eq!(verify(&mut db.view(actor()).await.unwrap()).await.unwrap().broken, None);
}

#[tokio::test]
async fn a_transaction_that_failed_writes_nothing_more() {
    let (db, _dir) = database().await;
    room(&db, 4).await;
    let mut tx = db.tx(actor(), now()).await.unwrap();
    let mut outcome = Ok(());
    for key in ["a", "b", "c", "d", "e"] {
        outcome = note(&mut tx, key).await;
        if outcome.is_err() {
            break;
        }
    }
    assert_eq!(outcome, Err(Error::StorageFull));
    // SQLite has given the transaction up by itself; a caller that carries on would write outside of it.
    let small = "insert into setting (company_id, key, value, updated_at) values ($1, 'z', '', '')";
    assert_eq!(tx.exec(small, args![]).await, Err(Error::StorageFull));
    assert_eq!(tx.commit().await, Err(Error::StorageFull));
    assert_eq!(count(&db).await, 0);
}
