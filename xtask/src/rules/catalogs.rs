//! Catalogue files parse, say what they are, and every text for people is there in Japanese and English.

use crate::tree::{Finding, Tree};

const HEAD: [&str; 5] = ["id", "version", "date", "source", "licence"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_extension("toml").filter(|file| file.path.starts_with("catalogs/")) {
        let table: toml::Table = match file.text.parse() {
            Ok(table) => table,
            Err(error) => {
                findings.push(Finding::new(file, 0, format!("not TOML: {error}")));
                continue;
            }
        };
        for key in HEAD.iter().filter(|key| table.get(**key).and_then(toml::Value::as_str).is_none_or(str::is_empty)) {
            findings.push(Finding::new(file, 0, format!("`{key}` is missing at the top")));
        }
        // The sample company is Japanese only.
        if !file.path.starts_with("catalogs/demo/") {
            let mut wrong = Vec::new();
            walk("", &toml::Value::Table(table), &mut wrong);
            findings.extend(wrong.into_iter().map(|place| Finding::new(file, 0, format!("{place} lacks one of ja and en"))));
        }
    }
    findings
}

fn walk(place: &str, value: &toml::Value, wrong: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            let filled = |lang: &str| table.get(lang).is_some_and(|text| text.as_str() != Some(""));
            if (table.contains_key("ja") || table.contains_key("en")) && filled("ja") != filled("en") {
                wrong.push(place.to_owned());
            }
            for (key, value) in table {
                walk(&format!("{place}.{key}"), value, wrong);
            }
        }
        toml::Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                walk(&format!("{place}[{index}]"), value, wrong);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    const HEAD: &str = "id = 'a'\nversion = '1'\ndate = '2026-11-20'\nsource = 'S2'\nlicence = 'MIT'\n";

    #[test]
    fn a_missing_translation_is_found() {
        let half = format!("{HEAD}[[place]]\nname = {{ ja = '紙', en = '' }}\n");
        assert!(findings(super::check, &[("catalogs/assets/a.toml", &half)]).contains(".place[0].name lacks"));
        assert_eq!(findings(super::check, &[("catalogs/demo/a.toml", &half)]), "");
        let whole = format!("{HEAD}[[place]]\nname = {{ ja = '紙', en = 'Paper' }}\n");
        assert_eq!(findings(super::check, &[("catalogs/assets/a.toml", &whole)]), "");
    }

    #[test]
    fn a_nameless_or_broken_file_is_found() {
        assert!(findings(super::check, &[("catalogs/assets/a.toml", "x = 1\n")]).contains("`source` is missing"));
        assert!(findings(super::check, &[("catalogs/assets/a.toml", "x = \n")]).contains("not TOML"));
    }
}
