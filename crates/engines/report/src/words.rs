//! The words that the report engine itself prints, in both languages.

use jiff::civil::Date;
use mamori_kernel::lang::Lang;
use serde::Serialize;

/// Labels of cover, header, footer and contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// Label of the document number.
    pub doc_number: &'static str,
    /// Label of the version.
    pub version: &'static str,
    /// Label of the date of making.
    pub date: &'static str,
    /// Label of the author.
    pub author: &'static str,
    /// Label of the approver in the history of revisions.
    pub approver: &'static str,
    /// Label of the handling class.
    pub classification: &'static str,
    /// Title of the contents.
    pub contents: &'static str,
    /// Title of the history of revisions.
    pub history: &'static str,
    /// Label of what a revision changed.
    pub summary: &'static str,
    /// Label of a revision's date.
    pub revised: &'static str,
    /// Word before the number of a figure.
    pub figure: &'static str,
    /// Word before the number of a table.
    pub table: &'static str,
    /// Name of the cover sheet of a workbook.
    pub cover: &'static str,
    /// What an empty table says.
    pub empty: &'static str,
}

/// The labels of a language.
pub fn labels(lang: Lang) -> Labels {
    match lang {
        Lang::Ja => Labels {
            doc_number: "文書番号",
            version: "版数",
            date: "作成日",
            author: "作成者",
            approver: "承認者",
            classification: "取扱区分",
            contents: "目次",
            history: "改訂履歴",
            summary: "改訂内容",
            revised: "改訂日",
            figure: "図",
            table: "表",
            cover: "表紙",
            empty: "該当する行はありません。",
        },
        Lang::En => Labels {
            doc_number: "Document no.",
            version: "Version",
            date: "Date",
            author: "Author",
            approver: "Approved by",
            classification: "Classification",
            contents: "Contents",
            history: "Revision history",
            summary: "Changes",
            revised: "Date",
            figure: "Figure",
            table: "Table",
            cover: "Cover",
            empty: "No rows.",
        },
    }
}

/// A date as running text: `2026年11月20日`, `20 November 2026`.
pub fn long_date(lang: Lang, date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match lang {
        Lang::Ja => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => {
            let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
            format!("{} {month} {}", date.day(), date.year())
        }
    }
}

/// A date for stamps and narrow cells: `2026.11.20`, `2026-11-20`.
pub fn short_date(lang: Lang, date: Date) -> String {
    let separator = lang.pick(".", "-");
    format!("{:04}{separator}{:02}{separator}{:02}", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_read_as_the_language_writes_them() {
        assert_eq!(long_date(Lang::Ja, date(2026, 4, 1)), "2026年4月1日");
        assert_eq!(long_date(Lang::En, date(2026, 12, 20)), "20 December 2026");
        assert_eq!(short_date(Lang::Ja, date(2026, 4, 1)), "2026.04.01");
    }
}
