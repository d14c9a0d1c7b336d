//! The schedule engine (予定): jobs that run without a request, and "today": what waits for whom, by when.
//!
//! Jobs are rows: enqueued in the transaction that causes them, claimed by one worker, retried with growing pauses, shown with
//! progress. Today items are computed, never stored: an item is gone when its cause is gone.

mod daily;
mod jobs;
#[cfg(test)]
mod tests;
mod today;
mod worker;

pub use daily::{ask_daily, forget_finished};
pub use jobs::{JobKind, JobRow, JobRun, Services, enqueue, find, recent};
pub use today::{TodayItem, TodaySource, Urgency, sort_today};
pub use worker::{run_due, run_one};

/// A future that a job or a source returns.
pub type Pending<'a, T> = std::pin::Pin<Box<dyn Future<Output = mamori_kernel::error::Result<T>> + Send + 'a>>;
