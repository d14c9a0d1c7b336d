//! The SQL of the demo: comments, and what would have happened by itself in the meantime.

use jiff::SignedDuration;
use mamori_kernel::error::Result;
use mamori_kernel::id;
use mamori_store::{Tx, args, dialect};

/// Writes a comment on a row, as its detail page does.
///
/// # Errors
/// Database faults.
pub(super) async fn comment(tx: &mut Tx, ledger: &str, row_id: &str, text: &str) -> Result<()> {
    let (user, name, now) = (tx.actor().user_id.clone(), tx.actor().name.clone(), tx.now());
    tx.exec(
        "insert into comment (id, company_id, ledger, row_id, body, created_by, created_by_name, created_at) \
         values ($2, $1, $3, $4, $5, $6, $7, $8)",
        args![id::new(), ledger, row_id, text, user, name, now],
    )
    .await?;
    Ok(())
}

/// Mails of the past were sent and events of the past were seen: nothing of them may go out when the demo is started. Notices of more
/// than two weeks ago were read by whom they were for.
///
/// # Errors
/// Database faults.
pub(super) async fn settle(tx: &mut Tx) -> Result<()> {
    tx.technical();
    tx.exec("update mail set state = 'sent', sent_at = created_at where company_id = $1 and state = 'waiting'", args![]).await?;
    let read = dialect::instant(tx.now().saturating_sub(SignedDuration::from_hours(14 * 24)).unwrap_or(tx.now()));
    let notices = "update notice set read_at = created_at where company_id = $1 and read_at = '' and created_at < $2";
    tx.exec(notices, args![read]).await?;
    tx.exec("update event_outbox set done_at = created_at where company_id = $1 and done_at = ''", args![]).await?;
    Ok(())
}
