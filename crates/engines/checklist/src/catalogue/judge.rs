//! What must hold in a catalogue so that nothing surprising happens to those who answer it.

use std::collections::BTreeSet;

use mamori_kernel::lang::Words;

use super::read::Fault;
use super::{Catalogue, Item};

/// Everything that is wrong.
pub(super) fn faults(catalogue: &Catalogue) -> Vec<Fault> {
    let mut faults = Vec::new();
    if catalogue.id.is_empty() || catalogue.items.is_empty() {
        faults.push(Fault::new("", "id と item は必ず要ります。", "A catalogue needs an id and at least one item."));
    }
    if catalogue.version.is_empty() || catalogue.version.split('.').any(|part| part.parse::<u64>().is_err()) {
        faults.push(Fault::new(
            "version",
            "版は 1.0.0 のように数字と点で書いてください。",
            "Please write the version as numbers and points, such as 1.0.0.",
        ));
    }
    both("name", &catalogue.name, true, &mut faults);
    both("intro", &catalogue.intro, false, &mut faults);
    groups(catalogue, &mut faults);
    scales(catalogue, &mut faults);
    let mut seen = BTreeSet::new();
    for item in &catalogue.items {
        let place = format!("item {}", item.code);
        code(&place, &item.code, &mut faults);
        if !seen.insert(item.code.as_str()) {
            faults.push(doubled(&place, &item.code));
        }
        judge_item(catalogue, item, &place, &mut faults);
    }
    // A code that another item had before must not be taken by two.
    let mut before = BTreeSet::new();
    for (item, was) in catalogue.items.iter().flat_map(|item| item.was.iter().map(move |was| (item, was))) {
        if seen.contains(was.as_str()) || !before.insert(was.as_str()) {
            faults.push(doubled(&format!("item {}", item.code), was));
        }
    }
    faults
}

fn doubled(place: &str, code: &str) -> Fault {
    Fault::new(
        place,
        format!("記号「{code}」が二度出てきます。どちらかを変えてください。"),
        format!("The code “{code}” occurs twice. Please change one of them."),
    )
}

/// Codes stand in addresses and names of form fields.
fn code(place: &str, code: &str, faults: &mut Vec<Fault>) {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if code.is_empty() || code.len() > 60 || !code.chars().all(plain) {
        faults.push(Fault::new(
            place,
            format!("記号「{code}」は使えません。英数字と _ . - で60字までにしてください。"),
            format!("The code “{code}” cannot be used. Please use letters, digits and _ . - (up to 60)."),
        ));
    }
}

/// Both languages or, where it may be left out, none.
fn both(place: &str, words: &Words, needed: bool, faults: &mut Vec<Fault>) {
    if words.ja.is_empty() != words.en.is_empty() || (needed && words.is_empty()) {
        faults.push(Fault::new(place, "日本語と英語の両方を書いてください。", "Please write it in both Japanese and English."));
    }
}

fn groups(catalogue: &Catalogue, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for group in &catalogue.groups {
        let place = format!("group {}", group.code);
        code(&place, &group.code, faults);
        both(&place, &group.name, true, faults);
        both(&place, &group.means, false, faults);
        if !seen.insert(group.code.as_str()) {
            faults.push(doubled(&place, &group.code));
        }
        let mut way = vec![group.code.as_str()];
        let mut at = group.parent.as_str();
        while !at.is_empty() {
            if way.contains(&at) {
                faults.push(Fault::new(
                    &place,
                    format!("グループの親子が輪になっています：{}", way.join(" → ")),
                    format!("The groups lie in a circle: {}", way.join(" → ")),
                ));
                break;
            }
            way.push(at);
            match catalogue.group(at) {
                Some(above) => at = above.parent.as_str(),
                None => {
                    faults.push(unknown(&place, "グループ", "group", at));
                    break;
                }
            }
        }
    }
}

fn unknown(place: &str, ja: &str, en: &str, code: &str) -> Fault {
    Fault::new(place, format!("{ja}「{code}」はこの目録にありません。"), format!("There is no {en} “{code}” in this catalogue."))
}

fn scales(catalogue: &Catalogue, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for scale in &catalogue.scales {
        let place = format!("scale {}", scale.code);
        if !seen.insert(scale.code.as_str()) {
            faults.push(doubled(&place, &scale.code));
        }
        if scale.kind.chooses() == scale.options.is_empty() {
            faults.push(Fault::new(
                &place,
                "選ぶ種類の答えには選択肢が要り、ほかの種類には付けられません。",
                "Answers that are chosen need options; other kinds have none.",
            ));
        }
        let mut codes = BTreeSet::new();
        for option in &scale.options {
            code(&place, &option.code, faults);
            both(&place, &option.name, true, faults);
            both(&place, &option.means, false, faults);
            if !codes.insert(option.code.as_str()) {
                faults.push(doubled(&place, &option.code));
            }
        }
    }
}

fn judge_item(catalogue: &Catalogue, item: &Item, place: &str, faults: &mut Vec<Fault>) {
    both(place, &item.name, true, faults);
    both(place, &item.ask, true, faults);
    for words in [&item.guidance, &item.evidence, &item.unit].into_iter().chain(&item.criteria) {
        both(place, words, false, faults);
    }
    if catalogue.group(&item.group).is_none() {
        faults.push(unknown(place, "グループ", "group", &item.group));
    }
    match catalogue.scale(item) {
        None => faults.push(unknown(place, "答え方", "scale", &item.scale)),
        Some(scale) if item.criteria.len() > scale.options.len() => {
            faults.push(Fault::new(place, "基準の数が選択肢より多くなっています。", "There are more criteria than options."))
        }
        Some(_) => {}
    }
    if !(1..=100).contains(&item.weight) {
        faults.push(Fault::new(place, "重みは1から100までにしてください。", "The weight must be 1 to 100."));
    }
    if item.least.zip(item.most).is_some_and(|(least, most)| least > most) {
        faults.push(Fault::new(place, "最小が最大より大きくなっています。", "The smallest number is above the largest."));
    }
    for link in &item.links {
        if !(1..=3).contains(&link.strength) || (link.catalogue == catalogue.id && link.item == item.code) {
            faults.push(Fault::new(
                place,
                "ほかの目録との対応は、強さを1から3にし、自分自身を指さないでください。",
                "A link needs a strength of 1 to 3 and must not point to the item itself.",
            ));
        }
    }
}
