//! The table of one risk: the catalogue's lines with the company's own counts and prices, as they are typed, kept and worked out.

use std::collections::BTreeMap;

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::web::Form;
use serde::{Deserialize, Serialize};

use crate::catalogs_risk;
use crate::quantity::rules::{Basis, CostLine, IncidentCost, Share, incident_cost};

/// The end of the page's address, behind the risk's.
pub(crate) const PATH_TAIL: &str = "costs";

/// How often and for how much, as people write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Typed {
    /// A count, or a share such as `0.1%`.
    pub times: String,
    /// Whole yen.
    pub price: String,
}

/// The whole table as it is kept with the risk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    /// Persons who are hit.
    pub persons: String,
    /// By the code of the catalogue's line.
    pub lines: BTreeMap<String, Typed>,
}

impl Sheet {
    /// The catalogue's example values, for so many persons.
    pub(super) fn begin(persons: Option<i64>) -> Sheet {
        let lines = catalogs_risk::get().cost_items.iter().map(|item| {
            let times = match item.line().map(|line| line.basis) {
                Ok(Basis::PerPerson(share)) => share.to_string(),
                Ok(Basis::Fixed(count)) => count.to_string(),
                Err(_) => String::new(),
            };
            (item.code.clone(), Typed { times, price: item.price.0.to_string() })
        });
        Sheet { persons: persons.unwrap_or(0).to_string(), lines: lines.collect() }
    }

    pub(super) fn kept(text: &str) -> Option<Sheet> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn read(form: &Form) -> Sheet {
        let lines = catalogs_risk::get().cost_items.iter().map(|item| {
            let get = |part: &str| form.get(&format!("{part}:{}", item.code)).trim().to_owned();
            (item.code.clone(), Typed { times: get("times"), price: get("price") })
        });
        Sheet { persons: form.get("persons").trim().to_owned(), lines: lines.collect() }
    }

    /// Works the table out.
    ///
    /// # Errors
    /// [`Error::Invalid`] that names every line and value that cannot be read.
    pub(super) fn total(&self) -> Result<IncidentCost> {
        let mut errors = Vec::new();
        let persons = plain(&self.persons).parse::<u64>();
        if persons.is_err() {
            let message =
                Words::new("人数は0以上の整数で入力してください。", "Enter the number of persons as a whole number from 0.");
            errors.push(FieldError { field: "persons".to_owned(), message });
        }
        let mut lines = Vec::new();
        for item in &catalogs_risk::get().cost_items {
            let typed = self.lines.get(&item.code).cloned().unwrap_or_default();
            let by_person = matches!(item.line()?.basis, Basis::PerPerson(_));
            let basis = if by_person {
                Share::parse(&typed.times).ok().map(Basis::PerPerson)
            } else {
                plain(&typed.times).parse().ok().map(Basis::Fixed)
            };
            let price = plain(&typed.price).parse::<i64>().ok().filter(|price| *price >= 0);
            if basis.is_none() {
                let (ja, en) = if by_person {
                    ("割合は「0.1%」", "a share such as 0.1%")
                } else {
                    ("回数は「0」以上の整数", "a whole number from 0")
                };
                errors.push(FieldError {
                    field: format!("times:{}", item.code),
                    message: Words::owned(
                        format!("「{}」の{ja}の形で入力してください。", item.name.ja),
                        format!("“{}” needs {en}.", item.name.en),
                    ),
                });
            }
            if price.is_none() {
                errors.push(FieldError {
                    field: format!("price:{}", item.code),
                    message: Words::owned(
                        format!("「{}」の単価は0円以上の整数で入力してください。", item.name.ja),
                        format!("“{}” needs a price in whole yen from 0.", item.name.en),
                    ),
                });
            }
            if let (Some(basis), Some(price)) = (basis, price) {
                lines.push(CostLine { name: item.name.clone(), basis, unit_cost: Yen(price) });
            }
        }
        match (persons, errors.is_empty()) {
            (Ok(persons), true) => incident_cost(&lines, persons),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Digits as people type them: full width, with separators, with 円.
fn plain(text: &str) -> String {
    mamori_kernel::text::normalise(text).replace([',', '円', '人', '件', ' '], "")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_textbook_case_comes_out_of_the_page() {
        // T4: 50,000 persons, 40 % of them hit: 2,786万円.
        let mut sheet = Sheet::begin(Some(20_000));
        assert_eq!(sheet.total().unwrap().total.value, catalogs_risk::get().cost_example.total);
        sheet.persons = "２０，０００人".to_owned();
        assert_eq!(sheet.total().unwrap().total.value, Yen(27_860_000));
        assert_eq!(Sheet::kept(&serde_json::to_string(&sheet).unwrap()), Some(sheet));
    }

    #[test]
    fn what_cannot_be_read_is_named_line_by_line() {
        let mut sheet = Sheet::begin(Some(10));
        sheet.persons = "たくさん".to_owned();
        sheet.lines.get_mut("damages").unwrap().times = "半分".to_owned();
        sheet.lines.get_mut("lawyer").unwrap().price = "-1".to_owned();
        let Err(Error::Invalid(errors)) = sheet.total() else { panic!("a wrong table was worked out") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["persons", "times:damages", "price:lawyer"]);
        assert!(errors.iter().all(|error| !error.message.ja.is_empty() && !error.message.en.is_empty()));
    }
}
