//! The one place of the set-up, in the database.

use mamori_kernel::error::Result;
use mamori_store::{Tx, args};

/// Takes the one place of the set-up: `false` when it is taken or there are accounts already.
///
/// # Errors
/// Database faults.
pub async fn claim_setup(tx: &mut Tx) -> Result<bool> {
    let now = tx.now();
    // The unique key makes a second set-up wait for the first and then find the row.
    let sql = "insert into throttle (key, count, window_start) select 'setup', 1, $2 \
               where $1 = $1 and not exists (select 1 from user_account) on conflict (key) do nothing";
    Ok(tx.exec(sql, args![now]).await? == 1)
}
