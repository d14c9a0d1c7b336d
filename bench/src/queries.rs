//! What is not done over HTTP: a million assets and 100,000 risks, copied inside the SQLite file while the server is stopped; and the time of a
//! job.

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

/// Fills the risk register with risks spread over all levels, each on an asset that is there, judged 40 days ago and again 10 days ago. Gives a
/// day in between.
///
/// # Errors
/// Database faults; no company in the folder.
pub async fn fill_register(folder: &Path, wanted: i64) -> Result<String> {
    let db = Db::open(&DbConfig::folder(folder)).await?;
    let mut system = db.system().await?;
    let company: String = system.first("select id from company", args![]).await?.ok_or(Error::NotFound)?.get("id")?;
    let texts = [
        "create temporary table level as with recursive n(n) as (select 1 union all select n + 1 from n where n < $2) \
         select n, n % 3 as value, 1 + n % 2 as threat, 1 + (n / 7) % 2 as weakness, 1 + (n / 3) % 3 as likelihood, $1 as company from n",
        "insert into scenario (company_id, id, version, created_by, created_at, updated_by, updated_at, retired_at, extra, number, title, assets, \
         source, state, found_on, review_on, asset_value, threat_level, weakness_level, likelihood, current_value, standing, method) \
         select company, printf('0198%08x-0000-7000-8000-%012x', n, n), 1, '', '2026-10-01T00:00:00.000000Z', '', '2026-10-01T00:00:00.000000Z', '', '{}', \
         1000 + n, '計測用のリスク ' || n, json_array((select id from information_asset where company_id = company limit 1)), \
         'own', case when n % 5 = 0 then 'treating' else 'open' end, date('now', '-40 days'), date('now', '+300 days'), \
         value, threat, weakness, likelihood, value * threat * weakness * likelihood, \
         case when value * threat * weakness * likelihood >= 17 then 'above' else 'acceptable' end, 0 from level",
        "insert into scenario_history (id, company_id, scenario, on_date, until_date, state, current_value, standing, asset_value, threat_level, \
         weakness_level, likelihood, method, cause) \
         select printf('0198%08x-0000-7000-8000-a%011x', n, n), company, printf('0198%08x-0000-7000-8000-%012x', n, n), date('now', '-40 days'), \
         date('now', '-10 days'), 'open', value * threat * 2 * likelihood, 'acceptable', value, threat, 2, likelihood, 0, 'create' from level",
        "insert into scenario_history (id, company_id, scenario, on_date, until_date, state, current_value, standing, asset_value, threat_level, \
         weakness_level, likelihood, method, cause) \
         select printf('0198%08x-0000-7000-8000-b%011x', n, n), company, printf('0198%08x-0000-7000-8000-%012x', n, n), date('now', '-10 days'), \
         '9999-12-31', 'open', value * threat * weakness * likelihood, 'acceptable', value, threat, weakness, likelihood, 0, 'update' from level",
        "drop table level",
    ];
    system.exec("begin", args![]).await?;
    for (at, text) in texts.iter().enumerate() {
        let args = if at == 0 { args![&company, wanted] } else { args![] };
        system.exec(text, args).await?;
    }
    system.exec("commit", args![]).await?;
    let day = system.first("select date('now', '-20 days') as day", args![]).await?.ok_or(Error::NotFound)?.get("day")?;
    drop(system);
    db.close().await;
    Ok(day)
}

/// True once the recalculation has ended.
///
/// # Errors
/// Database faults.
pub async fn rescaled(folder: &Path) -> Result<bool> {
    let db = Db::open(&DbConfig::folder(folder)).await?;
    let mut system = db.system_view().await?;
    let company: String = system.first("select id from company", args![]).await?.ok_or(Error::NotFound)?.get("id")?;
    let text = "select count(*) as n from job where company_id = $1 and kind = 'risk.rescale' and finished_at <> ''";
    let ended: i64 = system.first(text, args![company]).await?.map(|row| row.get("n")).transpose()?.unwrap_or(0);
    drop(system);
    db.close().await;
    Ok(ended > 0)
}
