//! The one thing that is not done over HTTP: a million rows, copied inside the SQLite file while the server is stopped.

use std::path::Path;

use mamori_kernel::error::{Error, Result};
use mamori_store::{Db, DbConfig, System, args};

/// Copies the assets that are there until `wanted` of them stand in the ledger, with ids and numbers of their own; the search index
/// is left as it is. Gives how many there are now.
///
/// # Errors
/// Database faults; no company in the folder.
pub async fn multiply_assets(folder: &Path, wanted: i64) -> Result<i64> {
    let db = Db::open(&DbConfig::folder(folder)).await?;
    let mut system = db.system().await?;
    let company: String = system.first("select id from company", args![]).await?.ok_or(Error::NotFound)?.get("id")?;
    let columns = columns(&mut system).await?;
    let count = "select count(*) as n from information_asset where company_id = $1";
    let mut there: i64 = system.first(count, args![&company]).await?.map(|row| row.get("n")).transpose()?.unwrap_or(0);
    // Random ids of the form that the program makes, so that the index is as wide as in life.
    let id = "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8' || \
              substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";
    let mut round = 0_i64;
    while there < wanted {
        round += 1;
        // Only imported rows are copied: their numbers have seven letters, those of copies more.
        let text = format!(
            "insert into information_asset (company_id, id, code, {columns}) \
             select company_id, {id}, code || '-' || $2, {columns} from information_asset \
             where company_id = $1 and code like 'B______' order by code limit $3"
        );
        let added = system.exec(&text, args![&company, round, wanted - there]).await?;
        if added == 0 {
            break;
        }
        there += i64::try_from(added).unwrap_or(0);
    }
    drop(system);
    db.close().await;
    Ok(there)
}

/// The columns that a copy takes over as they are.
async fn columns(system: &mut System) -> Result<String> {
    let text =
        "select name from pragma_table_info('information_asset') where name not in ('company_id', 'id', 'code') order by cid";
    let rows = system.rows(text, args![]).await?;
    let names: Vec<String> = rows.iter().map(|row| row.get("name")).collect::<Result<_>>()?;
    Ok(names.join(", "))
}
