//! SQL about people that other nouns and areas need. Permission is the caller's matter: names are not secret, rows are.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_store::{Reader, Row, args};

/// What others need of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonCard {
    /// Row id.
    pub id: String,
    /// 社員番号.
    pub number: String,
    /// 氏名.
    pub name: String,
    /// ふりがな.
    pub kana: String,
    /// 役職.
    pub title: String,
    /// Id of the department; empty if none.
    pub department_id: String,
    /// Name of the department.
    pub department: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Last day, if it is known.
    pub left_on: Option<Date>,
}

const CARD: &str = "select p.id, p.number, p.name, p.kana, p.title, p.department, d.name as department_name, p.email, p.phone, p.left_on \
     from person p left join department d on d.company_id = p.company_id and d.id = p.department where p.company_id = $1";

fn card(row: &Row) -> Result<PersonCard> {
    Ok(PersonCard {
        id: row.get("id")?,
        number: row.text("number")?,
        name: row.text("name")?,
        kana: row.text("kana")?,
        title: row.text("title")?,
        department_id: row.text("department")?,
        department: row.text("department_name")?,
        email: row.text("email")?,
        phone: row.text("phone")?,
        left_on: row.text("left_on")?.parse().ok(),
    })
}

/// One person, in service or not; `None` when the company has no such row.
///
/// # Errors
/// Database faults.
pub async fn by_id(db: &mut impl Reader, person_id: &str) -> Result<Option<PersonCard>> {
    let row = db.first(&format!("{CARD} and p.id = $2"), args![person_id]).await?;
    row.as_ref().map(card).transpose()
}

/// The person with a 社員番号.
///
/// # Errors
/// Database faults.
pub async fn by_number(db: &mut impl Reader, number: &str) -> Result<Option<PersonCard>> {
    let row = db.first(&format!("{CARD} and p.number = $2 and p.retired_at = ''"), args![number]).await?;
    row.as_ref().map(card).transpose()
}

/// The name of a person; empty when the company has no such row.
///
/// # Errors
/// Database faults.
pub async fn name(db: &mut impl Reader, person_id: &str) -> Result<String> {
    let row = db.first("select name from person where company_id = $1 and id = $2", args![person_id]).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.text("name"))
}

/// Everybody who belongs to one of the departments and is in service on a day, by reading.
///
/// # Errors
/// Database faults.
pub async fn of_department(db: &mut impl Reader, department_id: &str, today: Date) -> Result<Vec<PersonCard>> {
    let text = format!(
        "{CARD} and p.retired_at = '' and p.department = $2 and (p.left_on = '' or p.left_on >= $3) order by p.kana, p.id"
    );
    let rows = db.rows(&text, args![department_id, today]).await?;
    rows.iter().map(card).collect()
}

/// How many people are in service on a day.
///
/// # Errors
/// Database faults.
pub async fn headcount(db: &mut impl Reader, today: Date) -> Result<i64> {
    db.count(
        "select count(*) as n from person where company_id = $1 and retired_at = '' \
         and (left_on = '' or left_on >= $2) and (joined_on = '' or joined_on <= $2)",
        args![today],
    )
    .await
}
