//! Companies in the database.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_store::{Reader, System, Tx, args};

use super::{Company, Profile};

/// Writes the company at hand (its id is the transaction's); `false` when the code is taken.
///
/// # Errors
/// Database faults.
pub async fn insert(tx: &mut Tx, code: &str, profile: &Profile) -> Result<bool> {
    let now = tx.now();
    let touched = tx
        .exec(
            "insert into company (id, code, name, name_kana, industry, headcount, fiscal_start_month, lang, doc_prefix, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (code) do nothing",
            args![
                code, profile.name.trim(), profile.name_kana.trim(), &profile.industry, profile.headcount, profile.fiscal_start_month,
                profile.lang.code(), profile.doc_prefix.trim(), now
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Changes the company at hand if it still has the version that was read.
///
/// # Errors
/// Database faults.
pub async fn update(tx: &mut Tx, profile: &Profile, version: i64) -> Result<bool> {
    let touched = tx
        .exec(
            "update company set name = $2, name_kana = $3, industry = $4, headcount = $5, fiscal_start_month = $6, lang = $7, doc_prefix = $8, \
             version = version + 1 where id = $1 and version = $9",
            args![
                profile.name.trim(), profile.name_kana.trim(), &profile.industry, profile.headcount, profile.fiscal_start_month,
                profile.lang.code(), profile.doc_prefix.trim(), version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// The company at hand.
///
/// # Errors
/// [`Error::NotFound`] when it is gone; database faults.
pub async fn get(db: &mut impl Reader) -> Result<Company> {
    let row = db.first("select * from company where id = $1", vec![]).await?.ok_or(Error::NotFound)?;
    Ok(Company {
        id: row.get("id")?,
        code: row.get("code")?,
        version: row.get("version")?,
        profile: Profile {
            name: row.get("name")?,
            name_kana: row.get("name_kana")?,
            industry: row.get("industry")?,
            headcount: row.get("headcount")?,
            fiscal_start_month: row.get("fiscal_start_month")?,
            lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
            doc_prefix: row.get("doc_prefix")?,
        },
    })
}

/// All companies of the installation as `(id, code, name)`, by code.
///
/// # Errors
/// Database faults.
pub async fn all(system: &mut System) -> Result<Vec<(String, String, String)>> {
    let rows = system.rows("select id, code, name from company where archived_at = '' order by code", vec![]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("code")?, row.get("name")?))).collect()
}
