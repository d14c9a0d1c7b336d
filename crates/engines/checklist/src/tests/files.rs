//! Catalogue files: what is refused, and how it is said.

use super::house::FIRST;
use crate::catalogue::{AnswerKind, read};

fn faults(text: &str) -> Vec<String> {
    read(text).unwrap_err().into_iter().map(|fault| format!("{}: {}", fault.place, fault.words.ja)).collect()
}

#[test]
fn a_good_file_reads_with_its_tree_and_inherits_criteria() {
    let catalogue = read(FIRST).unwrap();
    let item = catalogue.item("lock").unwrap();
    let path: Vec<&str> = catalogue.path(item).iter().map(|group| group.code.as_str()).collect();
    assert_eq!(path, ["a", "a.1"]);
    assert_eq!(catalogue.items_under("a").count(), 3);
    let tier = catalogue.item("PR.AC-1").unwrap();
    assert_eq!(catalogue.scale(tier).unwrap().kind, AnswerKind::Tier);
    assert_eq!(catalogue.criterion(tier, 2).unwrap().en, "A rule");
    assert!(catalogue.criterion(tier, 4).is_none(), "not known has no criterion");
}

#[test]
fn doubled_codes_are_named() {
    let text = FIRST.replace("code = \"guard\"", "code = \"lock\"");
    assert_eq!(faults(&text), ["item lock: 記号「lock」が二度出てきます。どちらかを変えてください。"]);
    let was = FIRST.replace("code = \"guard\"\n", "code = \"guard\"\nwas = [\"lock\"]\n");
    assert_eq!(faults(&was).len(), 1);
}

#[test]
fn groups_in_a_circle_are_refused() {
    let text = FIRST.replace("code = \"a\"\n", "code = \"a\"\nparent = \"a.1\"\n");
    assert!(faults(&text).iter().any(|fault| fault.contains("輪になっています")), "{:?}", faults(&text));
}

#[test]
fn both_languages_are_needed() {
    let text = FIRST.replace(
        "ask = { ja = \"扉に鍵をかけていますか。\", en = \"Is the door locked?\" }",
        "ask = { ja = \"扉に鍵をかけていますか。\", en = \"\" }",
    );
    assert_eq!(faults(&text), ["item lock: 日本語と英語の両方を書いてください。"]);
}

#[test]
fn unknown_kinds_scales_groups_and_words_are_refused() {
    assert_eq!(
        faults(&FIRST.replace("scale = \"file\"", "scale = \"smell\"")),
        ["item plan: 答え方「smell」はこの目録にありません。"]
    );
    assert_eq!(faults(&FIRST.replace("group = \"b\"\nname = { ja = \"担当\"", "group = \"c\"\nname = { ja = \"担当\"")).len(), 1);
    let kind = format!("{FIRST}\n[[scale]]\ncode = \"x\"\nkind = \"smell\"\n");
    assert!(faults(&kind)[0].contains("行目が読めません"), "{:?}", faults(&kind));
    assert!(faults(&FIRST.replace("weight = 3", "wieght = 3"))[0].contains("行目が読めません"));
    assert_eq!(faults(&FIRST.replace("weight = 3", "weight = 0")).len(), 1);
    assert_eq!(faults(&FIRST.replace("most = 100", "most = -1")).len(), 1);
    assert!(faults(&FIRST.replace("1.0.0", "new"))[0].contains("1.0.0"));
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let text = format!("{FIRST}# {}", "x".repeat(4 * 1024 * 1024));
    assert!(faults(&text)[0].contains("4MB"));
}
