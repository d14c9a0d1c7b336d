#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::any::Any;
use std::sync::Arc;

use mamori_store::{Db, DbConfig, args, migrate};

use crate::{JobKind, JobRun, Pending, Services, ask_daily, forget_finished, run_due};

struct Daily;

impl JobKind for Daily {
    fn name(&self) -> &'static str {
        "remind"
    }
    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(async move { Ok(run.payload["day"].as_str().unwrap_or_default().to_owned()) })
    }
    fn daily(&self) -> bool {
        true
    }
}

/// Waits to be asked for by somebody.
struct Asked;

impl JobKind for Asked {
    fn name(&self) -> &'static str {
        "report"
    }
    fn run<'a>(&'a self, _: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(async { Ok(String::new()) })
    }
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// Two companies at work and one that is archived.
async fn database() -> (Db, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&DbConfig::folder(dir.path())).await.unwrap();
    migrate::run(&db, &[], at("2026-11-01T00:00:00Z")).await.unwrap();
    let mut system = db.system().await.unwrap();
    for (code, archived) in [("a", ""), ("b", ""), ("old", "2026-10-01T00:00:00.000Z")] {
        let text =
            "insert into company (id, code, name, created_at, archived_at) values ($1, $1, $1, '2026-04-01T00:00:00.000Z', $2)";
        system.exec(text, args![code, archived]).await.unwrap();
    }
    drop(system);
    (db, dir)
}

#[tokio::test]
async fn daily_jobs_are_asked_for_once_a_day_in_japan() {
    let (db, _dir) = database().await;
    let kinds: Vec<Arc<dyn JobKind>> = vec![Arc::new(Daily), Arc::new(Asked)];
    let services = Services(Arc::new(()) as Arc<dyn Any + Send + Sync>);
    let evening = at("2026-11-20T14:30:00Z");
    assert_eq!(ask_daily(&db, &kinds, evening).await.unwrap(), 2, "the archived company rests");
    assert_eq!(ask_daily(&db, &kinds, evening).await.unwrap(), 0);
    assert_eq!(run_due(&db, &services, &kinds, evening).await.unwrap(), 2);
    assert_eq!(ask_daily(&db, &kinds, evening).await.unwrap(), 0, "done for today");
    // Half an hour later it is the 21st in Japan.
    let midnight = at("2026-11-20T15:00:00Z");
    assert_eq!(ask_daily(&db, &kinds, midnight).await.unwrap(), 2);
    let mut system = db.system_view().await.unwrap();
    let rows = system.rows("select outcome from job where state = 'done'", args![]).await.unwrap();
    assert!(rows.iter().all(|row| row.text("outcome").unwrap() == "2026-11-20"));
}

#[tokio::test]
async fn finished_jobs_are_forgotten_and_waiting_ones_kept() {
    let (db, _dir) = database().await;
    let kinds: Vec<Arc<dyn JobKind>> = vec![Arc::new(Daily)];
    let services = Services(Arc::new(()) as Arc<dyn Any + Send + Sync>);
    let first = at("2026-09-01T00:00:00Z");
    ask_daily(&db, &kinds, first).await.unwrap();
    run_due(&db, &services, &kinds, first).await.unwrap();
    ask_daily(&db, &kinds, at("2026-09-02T00:00:00Z")).await.unwrap();
    assert_eq!(forget_finished(&db, first).await.unwrap(), 0, "only what ended before");
    assert_eq!(forget_finished(&db, at("2026-11-01T00:00:00Z")).await.unwrap(), 2);
    assert_eq!(run_due(&db, &services, &kinds, at("2026-11-02T00:00:00Z")).await.unwrap(), 2, "what waits stays");
}
