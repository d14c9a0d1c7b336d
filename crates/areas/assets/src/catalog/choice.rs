//! Choices whose codes are Rust (rules rely on them) and whose words are content (people improve them).

use std::borrow::Cow;

use mamori_kernel::lang::Words;
use mamori_ledger::{ChoiceDef, ChoiceSet};

/// What a catalogue says about one choice.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The code.
    pub code: String,
    /// What people read.
    pub words: Words,
    /// What choosing it means.
    pub meaning: Words,
    /// Colour, as in [`ChoiceDef::tone`].
    pub tone: &'static str,
    /// Other spellings.
    pub aliases: Vec<String>,
}

/// Joins codes with their entries, in the order of the codes. A code without an entry shows itself; a test proves that there is none.
pub fn choice_set(set: &'static str, codes: &[&'static str], entries: Vec<Entry>) -> ChoiceSet {
    let choices = codes.iter().map(|code| {
        let entry = entries.iter().find(|entry| entry.code == *code).cloned().unwrap_or_default();
        ChoiceDef {
            code: Cow::Borrowed(code),
            words: if entry.words.is_empty() { Words::new(code, code) } else { entry.words },
            meaning: entry.meaning,
            tone: Cow::Borrowed(entry.tone),
            aliases: entry.aliases.into_iter().map(Cow::Owned).collect(),
            hidden: false,
        }
    });
    ChoiceSet { code: Cow::Borrowed(set), choices: choices.collect() }
}

/// Declares an enum of choices: `catalog_choice! { /// Doc. Name, "set", entries_fn, { /// Doc. Variant = "code", … } }`.
macro_rules! catalog_choice {
    ($(#[$outer:meta])* $name:ident, $set:literal, $entries:path, { $($(#[$inner:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            /// Every choice in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// What a reader of the language sees.
            pub fn label(self, lang: mamori_kernel::lang::Lang) -> String {
                let code = mamori_ledger::Choice::code(self);
                <$name as mamori_ledger::Choice>::set().label(code, lang).to_owned()
            }
        }

        impl mamori_ledger::Choice for $name {
            fn set() -> std::sync::Arc<mamori_ledger::ChoiceSet> {
                static SET: std::sync::LazyLock<std::sync::Arc<mamori_ledger::ChoiceSet>> = std::sync::LazyLock::new(|| {
                    std::sync::Arc::new($crate::catalog::choice_set($set, &[$($code),+], $entries()))
                });
                SET.clone()
            }
            fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
            fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use catalog_choice;
