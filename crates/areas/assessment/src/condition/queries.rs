//! SQL of the conditions.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

/// A condition of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Row id.
    pub id: String,
    /// In one line.
    pub title: String,
    /// Item of the check that it makes up for; empty if none.
    pub item: String,
    /// What is done.
    pub measure: String,
    /// Row of the person who does it.
    pub owner: String,
    /// Name of that person.
    pub owner_name: String,
    /// By when.
    pub due: Option<Date>,
    /// Row of the treatment that it became; empty before.
    pub treatment: String,
}

/// The conditions of a review, by date.
///
/// # Errors
/// Database faults.
pub async fn of_review(db: &mut impl Reader, review: &str) -> Result<Vec<Condition>> {
    let rows = db
        .rows(
            "select c.id, c.title, c.item, c.measure, c.owner, p.name as owner_name, c.due, c.treatment \
             from review_condition c left join person p on p.id = c.owner and p.company_id = $1 \
             where c.company_id = $1 and c.review = $2 and c.retired_at = '' order by c.due, c.id",
            args![review],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Condition {
                id: row.get("id")?,
                title: row.text("title")?,
                item: row.text("item")?,
                measure: row.text("measure")?,
                owner: row.text("owner")?,
                owner_name: row.text("owner_name")?,
                due: row.text("due")?.parse().ok(),
                treatment: row.text("treatment")?,
            })
        })
        .collect()
}
