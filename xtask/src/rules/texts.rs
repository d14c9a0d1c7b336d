//! Sentences (`ja.ftl`, `en.ftl`): the same keys and the same arguments in both languages, every key that the code names exists and
//! gets its arguments, and no key is left that nobody names.

use std::collections::{BTreeMap, BTreeSet};

use crate::scan::{self, Literal, Source};
use crate::tree::{File, Finding, Tree};

/// A sentence of one file.
struct Message {
    line: usize,
    args: BTreeSet<String>,
}

/// Reads a Fluent file as far as the rule needs it (Fluent syntax 1.0: a message starts at the first column).
fn messages(text: &str) -> BTreeMap<String, Message> {
    let mut found = BTreeMap::new();
    let mut current: Option<String> = None;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '}', '.'])
            && let Some((key, _)) = line.split_once('=')
        {
            let key = key.trim().to_owned();
            found.insert(key.clone(), Message { line: number + 1, args: BTreeSet::new() });
            current = Some(key);
        }
        let Some(message) = current.as_ref().and_then(|key| found.get_mut(key)) else { continue };
        for part in line.split('$').skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
            if !name.is_empty() {
                message.args.insert(name);
            }
        }
    }
    found
}

/// A sentence that the code asks for, with the arguments it hands over; `None` where they are not written out.
struct Use<'a> {
    line: usize,
    key: &'a str,
    args: Option<Vec<&'a str>>,
}

/// The calls that ask for a sentence.
fn uses(source: &Source) -> Vec<Use<'_>> {
    let mut found = Vec::new();
    for (index, literal) in source.literals.iter().enumerate() {
        let rest = source.literals.get(index + 1..).unwrap_or_default();
        let args = if literal.before.ends_with(".t(") {
            Some(Vec::new())
        } else if literal.before.ends_with(".t1(") {
            Some(rest.iter().take(1).map(|next| next.text.as_str()).collect())
        } else if literal.before.ends_with(".t2(") {
            Some(rest.iter().filter(|next| next.before.ends_with(",(")).take(2).map(|next| next.text.as_str()).collect())
        } else if asks_directly(literal, "i18n::t(") {
            Some(Vec::new())
        } else if asks_directly(literal, "i18n::ta(") {
            None
        } else {
            continue;
        };
        found.push(Use { line: literal.line, key: &literal.text, args });
    }
    found
}

/// `i18n::t(lang, "key")`: the name of the function, one plain expression, a comma.
fn asks_directly(literal: &Literal, function: &str) -> bool {
    literal.before.rsplit_once(function).is_some_and(|(_, between)| {
        between.ends_with(',') && between.matches(',').count() == 1 && !between.contains([';', '"', '{'])
    })
}

fn partner<'a>(tree: &'a Tree, file: &File) -> Option<&'a File> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let other = if file.name() == "ja.ftl" { "en.ftl" } else { "ja.ftl" };
    let path = format!("{folder}/{other}");
    tree.files.iter().find(|candidate| candidate.path == path)
}

fn pairs(tree: &Tree, findings: &mut Vec<Finding>) {
    for file in tree.with_extension("ftl") {
        let Some(other) = partner(tree, file) else {
            findings.push(Finding::new(file, 0, "the other language is missing"));
            continue;
        };
        let theirs = messages(&other.text);
        for (key, message) in messages(&file.text) {
            match theirs.get(&key) {
                None => findings.push(Finding::new(file, message.line, format!("`{key}` is missing in {}", other.name()))),
                Some(their) if their.args != message.args && file.name() == "ja.ftl" => {
                    findings.push(Finding::new(file, message.line, format!("`{key}` has other arguments in {}", other.name())));
                }
                Some(_) => {}
            }
        }
    }
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    pairs(tree, &mut findings);
    let known: BTreeMap<String, (&File, Message)> = tree
        .with_extension("ftl")
        .filter(|file| file.name() == "ja.ftl")
        .flat_map(|file| messages(&file.text).into_iter().map(move |(key, message)| (key, (file, message))))
        .collect();
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut parts = Parts::default();
    for file in tree.with_extension("rs").filter(|file| !file.path.starts_with("xtask/") && !file.is_test()) {
        let source = scan::scan(scan::production(&file.text));
        for used in uses(&source) {
            // A key put together at run time is judged by its beginning, below.
            if used.key.contains('{') {
                continue;
            }
            let Some((_, message)) = known.get(used.key) else {
                findings.push(Finding::new(file, used.line, format!("no sentence is called `{}`", used.key)));
                continue;
            };
            if let Some(args) = used.args
                && let Some(lacking) = message.args.iter().find(|name| !args.contains(&name.as_str()))
            {
                findings.push(Finding::new(file, used.line, format!("`{}` needs the argument `{lacking}`", used.key)));
            }
        }
        note(source.literals.iter().map(|literal| literal.text.as_str()), &mut named, &mut parts);
    }
    for file in tree.with_extension("html") {
        note(file.text.split('"'), &mut named, &mut parts);
    }
    for (key, (file, message)) in &known {
        if !named.contains(key) && !parts.make(key, &named) {
            findings.push(Finding::new(file, message.line, format!("nobody asks for `{key}`; remove it in both languages")));
        }
    }
    findings
}

/// Parts of keys that are put together at run time.
#[derive(Default)]
struct Parts {
    /// `"state-{}"`, `"state-"`.
    beginnings: BTreeSet<String>,
    /// `"{key}-do"`: the rest is a key that is named elsewhere.
    endings: BTreeSet<String>,
}

impl Parts {
    fn make(&self, key: &str, named: &BTreeSet<String>) -> bool {
        let begins = |text: &str| self.beginnings.iter().any(|start| text.starts_with(start.as_str()));
        begins(key)
            || self
                .endings
                .iter()
                .any(|end| key.strip_suffix(end.as_str()).is_some_and(|rest| named.contains(rest) || begins(rest)))
    }
}

/// Takes note of texts that may be keys or parts of keys.
fn note<'a>(texts: impl Iterator<Item = &'a str>, named: &mut BTreeSet<String>, parts: &mut Parts) {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    for text in texts {
        let start = text.split('{').next().unwrap_or_default();
        let open = start.len() < text.len() || start.ends_with('-');
        if open && start.len() > 3 && start.contains('-') && plain(start) {
            parts.beginnings.insert(start.to_owned());
        }
        // `"{key}-do"`, or `"-do"` put behind a key.
        let end = text.split_once('}').filter(|(hole, _)| hole.starts_with('{')).map_or(text, |(_, end)| end);
        if end.len() > 2 && end.starts_with('-') && plain(end) {
            parts.endings.insert(end.to_owned());
        }
        named.insert(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    const CODE: &str = "fn a(ctx: &Ctx) { ctx.t(\"asset-title\"); ctx.t1(\"asset-count\", \"count\", 3); }";
    const JA: &str = "asset-title = 情報資産\nasset-count = { $count }件\n";
    const EN: &str = "asset-title = Assets\nasset-count = { $count } rows\n";

    fn judge(ja: &str, en: &str, code: &str) -> String {
        findings(super::check, &[("crates/a/src/ja.ftl", ja), ("crates/a/src/en.ftl", en), ("crates/a/src/pages.rs", code)])
    }

    #[test]
    fn a_complete_pair_passes() {
        assert_eq!(judge(JA, EN, CODE), "");
    }

    #[test]
    fn a_key_of_one_language_only_is_found() {
        assert!(judge(JA, "asset-title = Assets\n", CODE).contains("`asset-count` is missing in en.ftl"));
        assert!(findings(super::check, &[("crates/a/src/ja.ftl", JA)]).contains("other language"));
    }

    #[test]
    fn different_arguments_are_found() {
        assert!(judge(JA, "asset-title = A\nasset-count = { $number } rows\n", CODE).contains("other arguments"));
    }

    #[test]
    fn an_unknown_key_is_found() {
        assert!(
            judge(JA, EN, &format!("{CODE} fn b() {{ ctx.t(\"asset-titel\"); }}"))
                .contains("pages.rs:1: no sentence is called `asset-titel`")
        );
        assert!(judge(JA, EN, &format!("{CODE} fn b() {{ i18n::t(lang, \"asset-nothing\"); }}")).contains("asset-nothing"));
    }

    #[test]
    fn a_forgotten_argument_is_found() {
        let code = "fn a(ctx: &Ctx) { ctx.t(\"asset-title\"); ctx.t(\"asset-count\"); }";
        assert!(judge(JA, EN, code).contains("needs the argument `count`"));
    }

    #[test]
    fn an_unused_key_is_found_unless_it_is_put_together() {
        let (ja, en) = (format!("{JA}asset-old = 古い\n"), format!("{EN}asset-old = Old\n"));
        assert!(judge(&ja, &en, CODE).contains("nobody asks for `asset-old`"));
        assert_eq!(judge(&ja, &en, &format!("{CODE} fn b() {{ ctx.t(&format!(\"asset-{{}}\", x)); }}")), "");
        let (ja, en) = (format!("{JA}asset-title-do = する\n"), format!("{EN}asset-title-do = Do\n"));
        assert_eq!(judge(&ja, &en, &format!("{CODE} fn b() {{ ctx.t(&format!(\"{{key}}-do\")); }}")), "");
    }
}
