//! Which rows ask for a second look, and why (S2-D4-09, S2-D4-02). Hints, never orders: a person decides.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mamori_kernel::text::squash_heading;
use mamori_ledger::Choice as _;

use crate::information_asset::queries::Listed;
use crate::information_asset::{Stage, Storage, rules};

/// The kind of a hint; its words stand in `catalogs/assets/hints.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Rows of the same name, place and department, equally important: one row is enough.
    Group,
    /// Rows or a row of mixed importance: say what differs.
    SplitImportance,
    /// One row that names several kinds of places: they meet different dangers.
    SplitPlace,
    /// A backup with a row of its own: a copy belongs to its original.
    LinkBackup,
    /// Marked as disposed of, still in use.
    AlreadyGone,
    /// Kept longer than its period.
    NotNeeded,
}

impl Kind {
    /// All kinds, in the order of the page.
    pub const ALL: [Kind; 6] =
        [Kind::Group, Kind::SplitImportance, Kind::SplitPlace, Kind::LinkBackup, Kind::AlreadyGone, Kind::NotNeeded];

    /// Its code in the catalogue of hints.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Group => "group_same_handling",
            Kind::SplitImportance => "split_importance",
            Kind::SplitPlace => "split_place",
            Kind::LinkBackup => "link_backup",
            Kind::AlreadyGone => "already_gone",
            Kind::NotNeeded => "not_needed",
        }
    }
}

/// A hint and the rows it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a> {
    /// What to do.
    pub kind: Kind,
    /// Which rows, at least one.
    pub rows: Vec<&'a Listed>,
}

/// The fields that are judged and shown.
pub const FIELDS: [&str; 10] =
    ["code", "name", "note", "place", "storage", "department", "stage", "importance", "retention", "registered_on"];

/// Looks through all rows on a day.
pub fn look(rows: &[Listed], today: Date) -> Vec<Found<'_>> {
    let mut found = alike(rows);
    for listed in rows {
        let mut add = |kind| found.push(Found { kind, rows: vec![listed] });
        let asset = &listed.asset;
        if says(&[&asset.name, &asset.note], &["混在", "mixed importance"]) {
            add(Kind::SplitImportance);
        }
        if places_named(&asset.place).len() > 1 {
            add(Kind::SplitPlace);
        }
        if says(&[&asset.name], &["バックアップ", "backup", "の控えデータ"])
            && !says(&[&asset.name], &["手順", "計画", "記録", "procedure", "plan"])
        {
            add(Kind::LinkBackup);
        }
        if asset.stage == Some(Stage::Disposal) {
            add(Kind::AlreadyGone);
        }
        if rules::keep_until(asset).is_some_and(|last| last < today) {
            add(Kind::NotNeeded);
        }
    }
    found.sort_by_key(|hint| hint.kind);
    found
}

/// Rows of the same name, place and department: equally important ones can be one row, others need names that tell them apart.
fn alike(rows: &[Listed]) -> Vec<Found<'_>> {
    let mut same: BTreeMap<(String, &str, &str), Vec<&Listed>> = BTreeMap::new();
    for listed in rows {
        let storage = listed.asset.storage.map_or("", Storage::code);
        same.entry((squash_heading(&listed.asset.name), storage, &listed.asset.department.id)).or_default().push(listed);
    }
    let groups = same.into_values().filter(|rows| rows.len() > 1).map(|rows| {
        let first = rows.first().and_then(|listed| listed.asset.importance);
        let mixed = rows.iter().any(|listed| listed.asset.importance != first);
        Found { kind: if mixed { Kind::SplitImportance } else { Kind::Group }, rows }
    });
    groups.collect()
}

fn says(texts: &[&str], words: &[&str]) -> bool {
    texts.iter().map(|text| squash_heading(text)).any(|text| words.iter().any(|word| text.contains(&squash_heading(word))))
}

/// The different kinds of places that a text lists, such as `キャビネットとNAS`.
fn places_named(text: &str) -> Vec<Storage> {
    let parts = text
        .split(['、', ',', '，', '/', '／', '・', '&', '＆', '\n'])
        .flat_map(|part| part.split("及び"))
        .flat_map(|part| part.split('と'));
    let mut named: Vec<Storage> = parts.filter_map(|part| rules::storage_of(None, part)).collect();
    named.sort_unstable();
    named.dedup();
    named
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use crate::information_asset::InformationAsset;
    use jiff::civil::date;
    use mamori_ledger::Ref;

    fn row(name: &str, storage: Storage, importance: Option<i64>) -> Listed {
        let asset = InformationAsset {
            name: name.to_owned(),
            storage: Some(storage),
            importance,
            department: Ref::to("sales"),
            ..InformationAsset::default()
        };
        Listed { id: name.to_owned(), asset, ..Listed::default() }
    }

    fn kinds(rows: &[Listed]) -> Vec<Kind> {
        look(rows, date(2026, 11, 20)).into_iter().map(|hint| hint.kind).collect()
    }

    #[test]
    fn the_same_paper_twice_is_one_row_and_paper_beside_data_is_two() {
        assert_eq!(kinds(&[row("見積書", Storage::Paper, Some(1)), row("見積書 ", Storage::Paper, Some(1))]), [Kind::Group]);
        assert_eq!(kinds(&[row("見積書", Storage::Paper, Some(1)), row("見積書", Storage::OfficePc, Some(1))]), []);
    }

    #[test]
    fn mixed_importance_stays_apart() {
        assert_eq!(
            kinds(&[row("契約書", Storage::Paper, Some(1)), row("契約書", Storage::Paper, Some(2))]),
            [Kind::SplitImportance]
        );
        let mut mail = row("電子メール", Storage::OfficePc, Some(2));
        mail.asset.note = "重要度は混在のため最高値で評価".to_owned();
        assert_eq!(kinds(&[mail]), [Kind::SplitImportance], "the sample sheet itself");
    }

    #[test]
    fn several_places_in_one_row_are_noticed() {
        let mut list = row("顧客名簿", Storage::Paper, Some(2));
        list.asset.place = "キャビネットと総務のNAS".to_owned();
        assert_eq!(kinds(std::slice::from_ref(&list)), [Kind::SplitPlace]);
        list.asset.place = "キャビネット、金庫".to_owned();
        assert_eq!(kinds(&[list]), [], "both are paper");
    }

    #[test]
    fn ghosts_backups_and_old_rows_are_noticed() {
        let mut gone = row("古いPC", Storage::OfficePc, Some(1));
        gone.asset.stage = Some(Stage::Disposal);
        let backup = row("会計データのバックアップ", Storage::RemovableMedia, Some(1));
        let plan = row("バックアップ手順書", Storage::Paper, Some(1));
        let mut old = row("伝票", Storage::Paper, Some(1));
        old.asset.retention = "7年".to_owned();
        old.asset.registered_on = Some(date(2016, 7, 1));
        assert_eq!(kinds(&[gone, backup, plan, old]), [Kind::LinkBackup, Kind::AlreadyGone, Kind::NotNeeded]);
    }
}
