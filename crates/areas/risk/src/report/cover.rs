//! What all reports have in common: the facts of the cover, and how many rows a file holds.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_report::doc::{Meta, StampBox};
use mamori_store::Reader;

use super::data::Options;
use super::queries::{self, Company};
use super::tables::LEDGER_ROWS;

/// Rows of a list in the workbook. A hundred thousand risks would need hundreds of megabytes; the ledger's own export gives all of them.
pub const BOOK_ROWS: usize = 20_000;

/// The facts of the cover.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// The company.
    pub company: Company,
    /// Who makes it.
    pub actor: String,
    /// The day.
    pub today: Date,
    /// Choices made.
    pub options: Options,
}

impl Cover {
    /// Reads them.
    ///
    /// # Errors
    /// Database faults.
    pub async fn read(db: &mut impl Reader, now: jiff::Timestamp, options: Options) -> Result<Cover> {
        let actor = db.actor().name.clone();
        Ok(Cover { company: queries::company(db).await?, actor, today: time::today(now), options })
    }

    /// Rows of a long list.
    pub fn rows(&self) -> usize {
        if self.options.book { BOOK_ROWS } else { LEDGER_ROWS }
    }

    /// The cover of a report with this title.
    ///
    /// Its boxes stay open for seals by hand: a report itself is not approved in the program, the decisions in it are, and those show
    /// their own seals.
    pub fn meta(&self, lang: Lang, title: &str) -> Meta {
        let options = &self.options;
        let author = if options.author.is_empty() { self.actor.clone() } else { options.author.clone() };
        let stamp = |key: &str, name: &str| StampBox { label: t(lang, key), name: name.to_owned(), date: None };
        let classification =
            if options.classification.is_empty() { t(lang, "report-internal") } else { options.classification.clone() };
        Meta {
            lang,
            title: t(lang, title),
            subtitle: match &options.number {
                Some(_) => String::new(),
                None => t(lang, "report-draft"),
            },
            company: self.company.name.clone(),
            doc_number: options.number.as_ref().map(|number| number.text()).unwrap_or_default(),
            version: options.number.as_ref().map(|number| number.version_text()).unwrap_or_default(),
            date: Some(self.today),
            author: author.clone(),
            classification,
            approvals: vec![
                stamp("report-approve", &options.approver),
                stamp("report-review", ""),
                stamp("report-author", &author),
            ],
            history: Vec::new(),
        }
    }
}
