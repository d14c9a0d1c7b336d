#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use std::path::Path;
use std::sync::Arc;

use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use serde_json::json;

use super::*;
use crate::migrate::{self, Step};
use crate::secrets::Vault;
use crate::{Actor, Change, Db, DbConfig, Origin, args};

const STEPS: [Step; 1] = [Step {
    owner: "trial",
    number: 1,
    name: "baseline",
    sql: "create table trial ( {ledger}, name text not null default '', parent text references trial(id), share double precision, seal {bytes} );",
}];

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// A small company with a reference that points ahead, bytes, a real number, Japanese, a change log and an attached file.
async fn fill(db: &Db) {
    migrate::run(db, &STEPS, at("2026-11-01T00:00:00Z")).await.unwrap();
    let now = at("2026-11-02T00:00:00Z");
    let mut system = db.system().await.unwrap();
    system
        .exec(
            "insert into company (id, code, name, created_at) values ('c1', 'main', '守山精機', $1), ('c2', 'sub', '第二', $1)",
            args![now],
        )
        .await
        .unwrap();
    system.exec("insert into session (token_hash, id, user_id, created_at, seen_at, expires_at) select 'x', 'x', id, '', '', '' from user_account", vec![]).await.unwrap();
    drop(system);
    for company in ["c1", "c2"] {
        let actor = Arc::new(Actor::program(company, "森 幸子", Origin::Cli, Lang::Ja));
        let mut tx = db.tx(actor, now).await.unwrap();
        let (a, b) = (format!("{company}-a"), format!("{company}-b"));
        tx.exec(
            "insert into trial (id, company_id, created_at, updated_at, name) values ($2, $1, '', '', 'よそ\"者\n改行')",
            args![&b],
        )
        .await
        .unwrap();
        tx.exec(
            "insert into trial (id, company_id, created_at, updated_at, name, parent, share, seal) values ($2, $1, '', '', '髙①〜', $3, $4, $5)",
            args![&a, &b, 0.25, vec![0_u8, 255, 7]],
        )
        .await
        .unwrap();
        // The first row read now points to one that is loaded later.
        tx.exec("update trial set parent = $2 where company_id = $1 and id = $3", args![&a, &b]).await.unwrap();
        for n in 0..3 {
            tx.log(Change::new("create", "trial", &a, "髙①〜", json!({ "n": [null, n] }))).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let hash = db.put_file("見積書".as_bytes().to_vec()).await.unwrap();
    let actor = Arc::new(Actor::program("c1", "森 幸子", Origin::Cli, Lang::Ja));
    let mut tx = db.tx(actor, now).await.unwrap();
    tx.exec(
        "insert into attachment (id, company_id, ledger, row_id, name, content_type, size, hash, created_by, created_by_name, created_at) \
         values ('f1', $1, 'trial', 'c1-a', '見積.txt', 'text/plain', 9, $2, '', '', '')",
        args![hash],
    )
    .await
    .unwrap();
    tx.technical();
    tx.commit().await.unwrap();
    Vault::open(db.data_dir()).unwrap();
}

async fn restored(file: &Path, config: &DbConfig, passphrase: Option<&str>) -> Restored {
    let mut asked = false;
    let done = restore(file, config, passphrase, &STEPS, at("2026-11-20T00:00:00Z"), async |_db: &Db| {
        asked = true;
        Ok(())
    })
    .await
    .unwrap();
    assert!(asked);
    done
}

async fn names(db: &Db) -> Vec<(String, String, f64, Vec<u8>)> {
    let mut system = db.system_view().await.unwrap();
    let rows = system
        .rows("select name, coalesce(parent, '') as parent, share, seal from trial where share is not null order by id", vec![])
        .await
        .unwrap();
    rows.iter()
        .map(|row| (row.get("name").unwrap(), row.get("parent").unwrap(), row.get("share").unwrap(), row.get("seal").unwrap()))
        .collect()
}

#[tokio::test]
async fn a_backup_comes_back_whole() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let db = Db::open(&DbConfig::folder(from.path())).await.unwrap();
    fill(&db).await;
    let file = from.path().join("backups/one.mamori");
    let summary = backup(&db, &file, None, at("2026-11-20T00:00:00Z")).await.unwrap();
    assert_eq!((summary.files, summary.encrypted), (1, false));
    assert_eq!(summary.sha256, crate::files::sha256(&std::fs::read(&file).unwrap()));
    let checked = verify_backup(&file, None).unwrap();
    assert!(checked.is_whole(), "{:?}", checked.faults);
    assert_eq!(checked.manifest.chains.iter().map(|chain| chain.seq).collect::<Vec<_>>(), [3, 3]);
    assert!(!checked.manifest.tables.iter().any(|table| LEFT_OUT.contains(&table.name.as_str())));

    let back = restored(&file, &DbConfig::folder(to.path().join("new")), None).await;
    assert_eq!(back.newer_steps, 0);
    assert_eq!(names(&back.db).await, names(&db).await);
    assert_eq!(std::fs::read(to.path().join("new/secret.key")).unwrap(), std::fs::read(from.path().join("secret.key")).unwrap());
    let again = to.path().join("two.mamori");
    let second = backup(&back.db, &again, None, at("2026-11-20T00:00:00Z")).await.unwrap();
    // The record of the first backup is written after its picture was taken, so it is not inside.
    assert_eq!(second.rows, summary.rows);

    let refused =
        restore(&file, &DbConfig::folder(from.path()), None, &STEPS, at("2026-11-20T00:00:00Z"), async |_db: &Db| Ok(())).await;
    assert!(matches!(refused, Err(Error::Refused(words)) if words.en.contains("holds data already")));
    let twice = backup(&db, &file, None, at("2026-11-21T00:00:00Z")).await;
    assert!(matches!(twice, Err(Error::Refused(_))));
}

#[tokio::test]
async fn an_encrypted_backup_opens_with_its_passphrase_only() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let db = Db::open(&DbConfig::folder(from.path())).await.unwrap();
    fill(&db).await;
    let file = from.path().join("sealed.age");
    backup(&db, &file, Some("correct horse"), at("2026-11-20T00:00:00Z")).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(matches!(verify_backup(&file, None), Err(Error::Refused(words)) if words.en.contains("encrypted")));
    assert!(matches!(verify_backup(&file, Some("wrong")), Err(Error::Refused(words)) if words.en.contains("passphrase")));
    let back = restored(&file, &DbConfig::folder(to.path()), Some("correct horse")).await;
    assert_eq!(names(&back.db).await.len(), 2);
}

#[tokio::test]
async fn a_changed_history_and_a_lost_file_are_noticed() {
    let from = tempfile::tempdir().unwrap();
    let db = Db::open(&DbConfig::folder(from.path())).await.unwrap();
    fill(&db).await;
    let mut system = db.system().await.unwrap();
    system.exec("update change_log set label = 'x' where company_id = 'c2' and seq = 2", vec![]).await.unwrap();
    system.exec("update attachment set hash = $1", args!["0".repeat(64)]).await.unwrap();
    drop(system);
    let file = from.path().join("bad.mamori");
    backup(&db, &file, None, at("2026-11-20T00:00:00Z")).await.unwrap();
    let faults = verify_backup(&file, None).unwrap().faults;
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(
        faults[0].contains("change log of c2: entry 2") && faults[1].contains("attached, but not in the backup"),
        "{faults:?}"
    );
    let refused =
        restore(&file, &DbConfig::folder(from.path().join("new")), None, &STEPS, at("2026-11-20T00:00:00Z"), async |_db: &Db| {
            Ok(())
        })
        .await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

#[test]
fn other_files_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("photo.jpg");
    std::fs::write(&file, b"not a backup").unwrap();
    assert!(matches!(verify_backup(&file, None), Err(Error::Refused(words)) if words.ja.contains("photo.jpg")));
}

#[tokio::test]
async fn an_older_schema_is_brought_up_to_date() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let db = Db::open(&DbConfig::folder(from.path())).await.unwrap();
    fill(&db).await;
    let file = from.path().join("old.mamori");
    backup(&db, &file, None, at("2026-11-20T00:00:00Z")).await.unwrap();
    let newer = [
        STEPS[0],
        Step {
            owner: "trial",
            number: 2,
            name: "colour",
            sql: "alter table trial add column colour text not null default 'blue';",
        },
    ];
    let config = DbConfig::folder(to.path());
    let back = restore(&file, &config, None, &newer, at("2026-11-20T00:00:00Z"), async |_db: &Db| Ok(())).await.unwrap();
    assert_eq!(back.newer_steps, 1);
    let older =
        restore(&file, &DbConfig::folder(to.path().join("x")), None, &[], at("2026-11-20T00:00:00Z"), async |_db: &Db| Ok(()))
            .await;
    assert!(matches!(older, Err(Error::Refused(words)) if words.en.contains("trial 1")));
}

/// SQLite → PostgreSQL → SQLite. Runs where `TEST_DATABASE_URL` names a server.
#[tokio::test]
async fn a_backup_crosses_between_the_databases() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else { return };
    let schema = format!("backup_{}", mamori_kernel::id::new().replace('-', ""));
    let folder = tempfile::tempdir().unwrap();
    let outside =
        Db::open(&DbConfig { data_dir: folder.path().join("outside"), url: Some(url.clone()), readers: 2 }).await.unwrap();
    outside.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    let pg = DbConfig {
        data_dir: folder.path().join("pg"),
        url: Some(format!("{url}{joint}options=-csearch_path%3D{schema}")),
        readers: 2,
    };

    let db = Db::open(&DbConfig::folder(folder.path().join("a"))).await.unwrap();
    fill(&db).await;
    let (first, second) = (folder.path().join("1.mamori"), folder.path().join("2.mamori"));
    let summary = backup(&db, &first, None, at("2026-11-20T00:00:00Z")).await.unwrap();
    let there = restored(&first, &pg, None).await;
    assert_eq!(names(&there.db).await, names(&db).await);
    let summary_there = backup(&there.db, &second, None, at("2026-11-20T01:00:00Z")).await.unwrap();
    assert_eq!(summary_there.rows, summary.rows);
    let home = restored(&second, &DbConfig::folder(folder.path().join("b")), None).await;
    assert_eq!(names(&home.db).await, names(&db).await);
    there.db.close().await;
    outside.system().await.unwrap().script(&format!("drop schema {schema} cascade")).await.unwrap();
}
