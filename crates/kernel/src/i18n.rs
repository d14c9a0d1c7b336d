//! Sentences of the screen: Fluent files (`*.ftl`) of every noun, gathered once at start.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::lang::Lang;

/// The Fluent source of one noun in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Where the text comes from, for error messages: `assets/stocktake`.
    pub name: &'static str,
    /// Content of `ja.ftl`.
    pub ja: &'static str,
    /// Content of `en.ftl`.
    pub en: &'static str,
}

struct Texts {
    ja: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

static TEXTS: OnceLock<Texts> = OnceLock::new();

fn bundle(sources: &[Source], lang: Lang) -> Result<FluentBundle<FluentResource>, String> {
    let id: unic_langid::LanguageIdentifier = lang.code().parse().map_err(|e| format!("{e:?}"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks (U+2068) would end up in PDF, CSV and page titles.
    bundle.set_use_isolating(false);
    for source in sources {
        let text = lang.pick(source.ja, source.en);
        let resource = FluentResource::try_new(text.to_owned())
            .map_err(|(_, errors)| format!("{} ({}): {errors:?}", source.name, lang.code()))?;
        bundle.add_resource(resource).map_err(|errors| format!("{} ({}): {errors:?}", source.name, lang.code()))?;
    }
    Ok(bundle)
}

/// Reads all sentence files. Called once by the composition of the program (and by tests); later calls change nothing.
///
/// # Errors
/// A syntax error or a key declared twice, with the file's name.
pub fn install(sources: &[Source]) -> Result<(), String> {
    if TEXTS.get().is_some() {
        return Ok(());
    }
    let texts = Texts { ja: bundle(sources, Lang::Ja)?, en: bundle(sources, Lang::En)? };
    let _ = TEXTS.set(texts);
    Ok(())
}

/// The sentence of a key.
pub fn t(lang: Lang, key: &str) -> String {
    format(lang, key, None)
}

/// The sentence of a key with arguments: `ta(lang, "rows-found", &[("count", "12".into())])`.
pub fn ta(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        fluent.set((*name).to_owned(), value.clone());
    }
    format(lang, key, Some(&fluent))
}

/// The sentence of a key that may be missing, for keys made from data (verbs of the change log).
pub fn find(lang: Lang, key: &str) -> Option<String> {
    lookup(lang, key, None)
}

fn lookup(lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    TEXTS.get().and_then(|texts| {
        let bundle = match lang {
            Lang::Ja => &texts.ja,
            Lang::En => &texts.en,
        };
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, args, &mut errors).into_owned())
    })
}

fn format(lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    // `xtask check` proves that every key exists; a visible key is the honest answer should one slip through.
    lookup(lang, key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_a_fault_is_named() {
        let bad = Source { name: "x/y", ja: "a = {", en: "a = b" };
        let error = match bundle(&[bad], Lang::Ja) {
            Ok(_) => String::new(),
            Err(error) => error,
        };
        assert!(error.contains("x/y (ja)"), "{error}");
    }
}
