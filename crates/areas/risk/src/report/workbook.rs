//! The IPA sheet as a workbook (S2-D4-04): what people know from IPA's file, importable again without a change.
//!
//! Headings and values are Japanese whatever the reader's language: the layout is a Japanese form.

use mamori_formats::table_out::{Cell, Column, ColumnKind, Table, workbook as write};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::{Choice, Record, Value};

use super::data::Source;
use crate::catalog;
use crate::ipa::rules::{Likelihood, ThreatLevel, WeaknessLevel};
use crate::neighbours::Storage;
use crate::weakness_check::queries::Asked;
use crate::weakness_check::{AnswerChoice, MeasureKind};

const RISK_GROUP: &str = "現状から想定されるリスク（入力不要・自動表示）";

/// The three sheets: 情報資産管理台帳, 脅威の状況, 対策状況チェック.
///
/// # Errors
/// [`Error::Refused`] when a text is too long for Excel.
pub fn workbook(source: &Source, questions: &[Asked]) -> Result<Vec<u8>> {
    let tables = [ledger(source), threats(source), checks(questions)];
    write(&tables).map_err(|error| Error::Refused(Words::owned(error.message(Lang::Ja), error.message(Lang::En))))
}

fn columns() -> Vec<Column> {
    use ColumnKind::{Date, Integer, Text};
    let text = |heading: &str| Column::new(heading, Text);
    let personal = |heading: &str| Column::new(heading, Text).in_group("個人情報の種類").with_choices(["有"]);
    let value = |heading: &str| Column::new(heading, Integer).in_group("評価値").with_choices(["0", "1", "2"]);
    let risk = |heading: &str, kind| Column::new(heading, kind).in_group(RISK_GROUP);
    let places = Storage::set().choices.iter().map(|choice| choice.words.ja.to_string()).collect::<Vec<_>>();
    vec![
        text("業務分類"),
        text("情報資産名称"),
        text("備考"),
        text("利用者範囲"),
        text("管理部署"),
        text("媒体・保存先").with_choices(places),
        personal("個人情報"),
        personal("要配慮個人情報"),
        personal("特定個人情報"),
        value("機密性"),
        value("完全性"),
        value("可用性"),
        Column::new("重要度", Integer),
        text("保存期限"),
        Column::new("登録日", Date),
        risk("脅威の発生頻度", Text),
        risk("脆弱性", Text),
        risk("被害発生可能性", Text),
        risk("リスク値", Integer),
        risk("", Text),
    ]
}

fn ledger(source: &Source) -> Table {
    Table {
        title: "情報資産管理台帳".to_owned(),
        sheet_name: "情報資産管理台帳".to_owned(),
        columns: columns(),
        rows: source.assets.iter().map(|record| row(source, record)).collect(),
        notes: Vec::new(),
    }
}

fn text(text: &str) -> Cell {
    Cell::from_text(text)
}

fn int(value: &Value) -> Cell {
    value.as_int().map_or(Cell::Empty, |n| Cell::Number(n as f64))
}

/// A level as the sheet prints it: `3:いつ起きてもおかしくない`.
fn level(n: Option<i64>, name: impl Fn(i64) -> Option<&'static str>) -> Cell {
    n.and_then(|n| name(n).map(|name| text(&format!("{n}:{name}")))).unwrap_or(Cell::Empty)
}

fn row(source: &Source, record: &Record) -> Vec<Cell> {
    let word = |field: &str| text(record.get(field).as_str());
    let mark = |field: &str| if record.get(field).is_yes() { text("有") } else { Cell::Empty };
    let number = |field: &str| int(record.get(field));
    let storage = record.get("storage").as_str();
    let place = if storage.is_empty() { Cell::Empty } else { text(Storage::set().label(storage, Lang::Ja)) };
    let band = source.shape.field("risk_band").and_then(|field| field.choices.as_ref());
    let label = band.map_or("", |set| set.label(record.get("risk_band").as_str(), Lang::Ja)).to_owned();
    vec![
        word("business"),
        word("name"),
        word("note"),
        word("users"),
        text(source.labels.get(record.get("department").as_str())),
        place,
        mark("pi_personal"),
        mark("pi_sensitive"),
        mark("pi_number"),
        number("confidentiality"),
        number("integrity"),
        number("availability"),
        number("importance"),
        word("retention"),
        record.get("registered_on").as_date().map_or(Cell::Empty, Cell::Date),
        level(record.get("threat_level").as_int(), |n| ThreatLevel::try_from(n).ok().map(ThreatLevel::label_ja)),
        level(record.get("weakness_level").as_int(), |n| WeaknessLevel::try_from(n).ok().map(WeaknessLevel::label_ja)),
        level(record.get("likelihood").as_int(), |n| {
            Likelihood::try_from(n).ok().map(|level| match level {
                Likelihood::Low => "可能性:低",
                Likelihood::Medium => "可能性:中",
                Likelihood::High => "可能性:高",
            })
        }),
        number("risk_value"),
        text(&label),
    ]
}

fn threats(source: &Source) -> Table {
    let rows = Storage::set()
        .choices
        .iter()
        .filter_map(|choice| {
            let threat = source.model.place(&choice.code)?.threat.as_ref()?;
            let number = threat.level.map(|level| i64::from(level.number()));
            Some(vec![
                text(&choice.words.ja),
                text(&threat.threats),
                level(number, |n| ThreatLevel::try_from(n).ok().map(ThreatLevel::label_ja)),
                text(&threat.reason),
            ])
        })
        .collect();
    Table {
        title: "脅威の状況".to_owned(),
        sheet_name: "脅威の状況".to_owned(),
        columns: ["媒体・保存先", "想定される脅威", "脅威の発生頻度", "理由"]
            .map(|heading| Column::new(heading, ColumnKind::Text))
            .to_vec(),
        rows,
        notes: Vec::new(),
    }
}

fn checks(questions: &[Asked]) -> Table {
    let answers = AnswerChoice::set();
    let rows = questions
        .iter()
        .map(|asked| {
            let wording = catalog::get()
                .question(&asked.code)
                .filter(|known| asked.question == known.en)
                .map_or(asked.question.as_str(), |known| known.ja.as_str());
            let answer = asked.answer.map_or("", |answer| answers.label(answer.code(), Lang::Ja)).to_owned();
            vec![text(MeasureKind::set().label(&asked.kind, Lang::Ja)), text(wording), text(&answer), text(&asked.note)]
        })
        .collect();
    let choices: Vec<String> = answers.choices.iter().map(|choice| choice.words.ja.to_string()).collect();
    let column = |heading: &str| Column::new(heading, ColumnKind::Text);
    Table {
        title: "対策状況チェック".to_owned(),
        sheet_name: "対策状況チェック".to_owned(),
        columns: vec![
            column("情報セキュリティ対策の種類"),
            column("情報セキュリティ診断項目"),
            column("実施状況").with_choices(choices),
            column("メモ"),
        ],
        rows,
        notes: Vec::new(),
    }
}
