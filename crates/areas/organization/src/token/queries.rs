//! API tokens in the database.

use jiff::Timestamp;
use mamori_kernel::error::Result;
use mamori_store::dialect::{instant, parse_instant};
use mamori_store::{Reader, Tx, args};

use super::{ApiToken, TokenScope};

/// The tokens of a user in the company at hand that are not revoked, the newest first.
///
/// # Errors
/// Database faults.
pub async fn own(db: &mut impl Reader, user_id: &str) -> Result<Vec<ApiToken>> {
    let rows = db
        .rows(
            "select id, name, scope, created_at, expires_at, last_used_at from api_token \
             where company_id = $1 and user_id = $2 and revoked_at = '' order by created_at desc, id desc",
            args![user_id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ApiToken {
                id: row.get("id")?,
                name: row.get("name")?,
                scope: TokenScope::parse(&row.text("scope")?).unwrap_or(TokenScope::Read),
                created_at: parse_instant(&row.text("created_at")?),
                expires_at: parse_instant(&row.text("expires_at")?),
                last_used_at: parse_instant(&row.text("last_used_at")?),
            })
        })
        .collect()
}

/// Writes a token; only its hash is kept.
///
/// # Errors
/// Database faults.
pub async fn insert(
    tx: &mut Tx,
    user_id: &str,
    name: &str,
    scope: TokenScope,
    token_hash: &str,
    expires: Option<Timestamp>,
) -> Result<String> {
    let (id, now) = (mamori_kernel::id::new(), tx.now());
    tx.exec(
        "insert into api_token (company_id, id, token_hash, user_id, name, scope, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![&id, token_hash, user_id, name, scope.code(), now, expires.map(instant).unwrap_or_default()],
    )
    .await?;
    Ok(id)
}

/// Revokes a token of a user; gives its name, or `None` when there is none.
///
/// # Errors
/// Database faults.
pub async fn revoke(tx: &mut Tx, user_id: &str, id: &str) -> Result<Option<String>> {
    let now = tx.now();
    let rows = tx
        .rows(
            "select name from api_token where company_id = $1 and user_id = $2 and id = $3 and revoked_at = ''",
            args![user_id, id],
        )
        .await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let name = row.get("name")?;
    tx.exec("update api_token set revoked_at = $4 where company_id = $1 and user_id = $2 and id = $3", args![user_id, id, now])
        .await?;
    Ok(Some(name))
}
