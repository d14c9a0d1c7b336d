//! The mail queue. A mail is a row first; sending is a job's business, so that nothing waits for a mail server.

use mamori_kernel::error::Result;
use mamori_kernel::id;

use crate::args;
use crate::tx::Tx;

/// Puts a mail into the queue within the transaction that caused it.
///
/// # Errors
/// As [`Tx::exec`].
pub async fn queue(tx: &mut Tx, recipient: &str, subject: &str, body: &str) -> Result<()> {
    let now = tx.now();
    tx.exec_quietly(
        "insert into mail (id, company_id, recipient, subject, body, state, created_at, run_at) values ($2, $1, $3, $4, $5, 'waiting', $6, $6)",
        args![id::new(), recipient, subject, body, now],
    )
    .await?;
    Ok(())
}
