//! A ledger as one company sees it: the declaration, the company's own fields, its own names for choices.

use std::borrow::Cow;
use std::sync::Arc;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_store::{Reader, Row, args};

use crate::def::{ChoiceDef, ChoiceSet, FieldDef, Kind, LedgerDef};

/// The ledger for one company.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The declaration.
    pub def: Arc<LedgerDef>,
    /// The declared fields with the company's labels, then its own fields.
    pub fields: Vec<FieldDef>,
}

impl Shape {
    /// The shape without any company settings (schema checks, documentation).
    pub fn plain(def: &Arc<LedgerDef>) -> Shape {
        Shape { def: def.clone(), fields: def.fields.clone() }
    }

    /// Loads what the company added and renamed.
    ///
    /// # Errors
    /// Database faults.
    pub async fn load(def: &Arc<LedgerDef>, db: &mut impl Reader) -> Result<Shape> {
        let mut shape = Shape::plain(def);
        // Every page needs both, and most companies have few of either: one statement.
        let rows = db
            .rows(
                "select 0 as part, choice_set as name, code, ja, en, '' as kind, '[]' as choices, hidden as flag, 0 as position, '' as id \
                   from choice_label where company_id = $1 \
                 union all \
                 select 1 as part, '' as name, key as code, ja, en, kind, choices, required as flag, position, id \
                   from extra_field where company_id = $1 and ledger = $2 and retired_at = '' \
                 order by part, position, id",
                args![def.code],
            )
            .await?;
        for row in &rows {
            if row.get::<i64>("part")? == 0 {
                shape.rename(row)?;
            } else if let Some(field) = extra_field(row)? {
                shape.fields.push(field);
            }
        }
        Ok(shape)
    }

    /// Gives a choice the company's own name.
    fn rename(&mut self, row: &Row) -> Result<()> {
        let (set_code, code) = (row.text("name")?, row.text("code")?);
        for field in &mut self.fields {
            let Some(set) = field.choices.as_mut().filter(|set| set.code == set_code) else { continue };
            let set = Arc::make_mut(set);
            if let Some(choice) = set.choices.iter_mut().find(|choice| choice.code == code) {
                // The built-in name stays an alias, so files written with it still come in.
                choice.aliases.push(choice.words.ja.clone());
                choice.aliases.push(choice.words.en.clone());
                choice.words = Words::owned(row.text("ja")?, row.text("en")?);
                choice.hidden = row.get("flag")?;
            }
        }
        Ok(())
    }

    /// The field of a code.
    pub fn field(&self, code: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// Fields a person sees.
    pub fn visible(&self) -> impl Iterator<Item = &FieldDef> {
        self.fields.iter().filter(|field| !field.hidden)
    }
}

/// A company's own field; `None` for a kind that this program does not know.
fn extra_field(row: &Row) -> Result<Option<FieldDef>> {
    let Some(kind) = extra_kind(&row.text("kind")?) else { return Ok(None) };
    let key = row.text("code")?;
    let mut field = FieldDef::new("", Words::owned(row.text("ja")?, row.text("en")?), kind);
    if kind == Kind::Choice {
        let labels: Vec<String> = serde_json::from_str(&row.text("choices")?).unwrap_or_default();
        let choices = labels
            .into_iter()
            .map(|label| ChoiceDef {
                code: Cow::Owned(label.clone()),
                words: Words::owned(label, ""),
                meaning: Words::default(),
                tone: Cow::Borrowed(""),
                aliases: Vec::new(),
                hidden: false,
            })
            .collect();
        field.choices = Some(Arc::new(ChoiceSet { code: Cow::Owned(format!("extra_{key}")), choices }));
    }
    field.code = Cow::Owned(key);
    field.group = Cow::Borrowed("extra");
    field.required = row.get("flag")?;
    field.search = kind.is_text();
    field.extra = true;
    Ok(Some(field))
}

/// The kinds that a company may choose for its own fields.
pub static EXTRA_KINDS: [(&str, Kind, Words); 7] = [
    ("text", Kind::Text, Words::new("一行の文字", "One line of text")),
    ("long", Kind::Long, Words::new("長い文章", "Long text")),
    ("int", Kind::Int, Words::new("整数", "Whole number")),
    ("yen", Kind::Yen, Words::new("金額（円）", "Amount (yen)")),
    ("date", Kind::Date, Words::new("日付", "Date")),
    ("bool", Kind::Bool, Words::new("はい・いいえ", "Yes / no")),
    ("choice", Kind::Choice, Words::new("選択肢", "Choice")),
];

/// The kind of a code in the database.
pub fn extra_kind(code: &str) -> Option<Kind> {
    EXTRA_KINDS.iter().find(|(name, _, _)| *name == code).map(|(_, kind, _)| *kind)
}
