//! Approaches and techniques; their words are content (`catalogs/risk/approaches.toml`, `methods.toml`).

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::Choice;
use mamori_ledger::def::{ChoiceDef, ChoiceSet};

use crate::catalogs_risk::{self, Method};

/// One of the four approaches, by its code in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApproachKind(&'static str);

/// One of the thirteen techniques, by its code in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Technique(&'static str);

fn choice(code: &'static str, words: Words, meaning: Words) -> ChoiceDef {
    ChoiceDef { code: Cow::Borrowed(code), words, meaning, tone: Cow::Borrowed(""), aliases: Vec::new(), hidden: false }
}

/// What it does, what speaks for and against it, and when to choose it: all that is needed where it is chosen.
fn meaning(method: &Method) -> Words {
    let list =
        |words: &[Words], lang: Lang| words.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join(lang.pick("、", "; "));
    let text = |lang: Lang| {
        let (strong, weak) = (list(&method.strengths, lang), list(&method.weaknesses, lang));
        let (means, suits) = (method.means.get(lang), method.suits.get(lang));
        match lang {
            Lang::Ja => format!("{means}長所：{strong}。短所：{weak}。向く場面：{suits}。"),
            Lang::En => format!("{means} For: {strong}. Against: {weak}. Suits: {suits}."),
        }
    };
    Words::owned(text(Lang::Ja), text(Lang::En))
}

impl Choice for ApproachKind {
    fn set() -> Arc<ChoiceSet> {
        static SET: LazyLock<Arc<ChoiceSet>> = LazyLock::new(|| {
            let all = catalogs_risk::get().approaches.iter();
            let choices = all.map(|method| choice(&method.code, method.name.clone(), meaning(method))).collect();
            Arc::new(ChoiceSet { code: Cow::Borrowed("risk_approach"), choices })
        });
        SET.clone()
    }

    fn code(self) -> &'static str {
        self.0
    }

    fn parse(code: &str) -> Option<Self> {
        catalogs_risk::get().approaches.iter().find(|method| method.code == code).map(|method| ApproachKind(&method.code))
    }
}

impl Choice for Technique {
    fn set() -> Arc<ChoiceSet> {
        static SET: LazyLock<Arc<ChoiceSet>> = LazyLock::new(|| {
            let all = catalogs_risk::get().techniques.iter();
            let choices = all.map(|group| choice(&group.code, group.name.clone(), group.means.clone())).collect();
            Arc::new(ChoiceSet { code: Cow::Borrowed("risk_technique"), choices })
        });
        SET.clone()
    }

    fn code(self) -> &'static str {
        self.0
    }

    fn parse(code: &str) -> Option<Self> {
        catalogs_risk::get().techniques.iter().find(|group| group.code == code).map(|group| Technique(&group.code))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn four_approaches_and_thirteen_techniques_explain_themselves() {
        assert_eq!((ApproachKind::set().choices.len(), Technique::set().choices.len()), (4, 13));
        let detailed = ApproachKind::set().find("detailed").unwrap().meaning.clone();
        assert!(
            detailed.ja.contains("長所：") && detailed.ja.contains("短所：") && detailed.en.contains("Against:"),
            "{}",
            detailed.ja
        );
        assert_eq!(ApproachKind::parse("detailed").unwrap().code(), "detailed");
        assert!(ApproachKind::parse("guess").is_none());
    }
}
