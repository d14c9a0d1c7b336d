//! Fields that a declaration cannot spell: they point to ledgers above this engine, or choose among what the areas bring.

use std::borrow::Cow;
use std::sync::Arc;

use mamori_kernel::lang::Words;
use mamori_ledger::{ChoiceDef, ChoiceSet, Kind, LedgerDef};

/// Makes fields references to one row each of a ledger that is known by its code only.
pub(crate) fn pointing(mut def: LedgerDef, target: &'static str, codes: &[&str]) -> LedgerDef {
    for field in def.fields.iter_mut().filter(|field| codes.contains(&field.code.as_ref())) {
        field.kind = Kind::Ref;
        field.target = Some(target);
    }
    def
}

/// Makes a text field a choice among words known at composition only.
pub(crate) fn choosing(mut def: LedgerDef, code: &str, set: &'static str, words: Vec<(String, Words)>) -> LedgerDef {
    let choices = words
        .into_iter()
        .map(|(code, words)| ChoiceDef {
            code: Cow::Owned(code),
            words,
            meaning: Words::default(),
            tone: Cow::Borrowed(""),
            aliases: Vec::new(),
            hidden: false,
        })
        .collect();
    if let Some(field) = def.fields.iter_mut().find(|field| field.code == code) {
        field.kind = Kind::Choice;
        field.choices = Some(Arc::new(ChoiceSet { code: Cow::Borrowed(set), choices }));
    }
    def
}
