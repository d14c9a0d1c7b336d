//! "Show the reckoning": from a rule's steps to the words that a page prints.

use mamori_kernel::lang::Words;
use mamori_kernel::reckoning::Reckoning;
use mamori_ledger::{Choice as _, Record};

use super::model::Model;
use crate::catalog;
use crate::ipa::rules::{Outcome, Scale, Step};
use crate::neighbours::InformationAsset;

/// The steps of an outcome with the company's own inputs: which row of the threat sheet, which kinds of measure decided.
pub fn reckoning(model: &Model, asset: &Record, outcome: &Outcome) -> Reckoning {
    let storage = asset.get("storage").as_str();
    outcome.reckoning().steps.iter().fold(Reckoning::default(), |chain, step| {
        let (expression, extra) = own_inputs(model, storage, step);
        let value = Words::owned(
            with_meaning(&step.value, step.meaning_ja, "（", "）"),
            with_meaning(&step.value, step.meaning_en, " (", ")"),
        );
        let source = match extra {
            Some(extra) => Words::owned(format!("{}　{}", step.source, extra.ja), format!("{}; {}", step.source, extra.en)),
            None => Words::owned(step.source, step.source),
        };
        chain.step(Words::new(step.label_ja, step.label_en), expression, value, source)
    })
}

fn with_meaning(value: &str, meaning: &str, open: &str, close: &str) -> String {
    if meaning.is_empty() { value.to_owned() } else { format!("{value}{open}{meaning}{close}") }
}

/// The expression of a step and, where it rests on a sheet, what stands there.
fn own_inputs(model: &Model, storage: &str, step: &Step) -> (Words, Option<Words>) {
    let same = Words::owned(step.expression.as_str(), step.expression.as_str());
    let Some(place) = model.place(storage) else { return (same, None) };
    match step.label_en {
        "Threat level" => {
            let reason = place.threat.as_ref().map(|threat| threat.reason.as_str()).filter(|reason| !reason.is_empty());
            (same, reason.map(|reason| Words::owned(format!("脅威の状況：{reason}"), format!("Threat levels: {reason}"))))
        }
        "Weakness level" => {
            let guards = catalog::get().place(storage).map(|place| place.guarded_by.as_slice()).unwrap_or_default();
            let list = |lang| {
                let parts: Vec<String> = guards
                    .iter()
                    .filter_map(|code| {
                        let level = model.kinds.get(code)?.level?;
                        Some(format!("{} {}", catalog::get().kind(code)?.name.get(lang), level.number()))
                    })
                    .collect();
                format!("max({})", parts.join(", "))
            };
            let open = place.weakness.as_ref().map_or(0, |weakness| weakness.unanswered.len());
            let note = (open > 0).then(|| {
                Words::owned(
                    format!("未回答の対策が{open}種類あり、答えると値が上がることがあります。"),
                    format!("{open} kind(s) of measure are unanswered; the level may rise."),
                )
            });
            (Words::owned(list(mamori_kernel::lang::Lang::Ja), list(mamori_kernel::lang::Lang::En)), note)
        }
        _ => (same, None),
    }
}

/// Explains a risk column from the row alone, for lists and the form, where the sheets are not at hand.
pub fn explain_asset(asset: &InformationAsset, field: &str) -> Option<Reckoning> {
    let (threat, weakness, likelihood) = (asset.threat_level?, asset.weakness_level?, asset.likelihood?);
    let words = |text: String| Words::owned(text.clone(), text);
    let sheet = Words::new("IPAリスク分析シート（換算表）", "IPA risk sheet (conversion table)");
    let place = asset
        .storage
        .map(|storage| crate::neighbours::Storage::set().label(storage.code(), mamori_kernel::lang::Lang::Ja).to_owned())
        .unwrap_or_default();
    let chain = Reckoning::default().step(
        Words::new("被害発生可能性", "Likelihood of damage"),
        words(format!("(T {threat}, W {weakness}) →")),
        words(likelihood.to_string()),
        sheet,
    );
    match field {
        "threat_level" => Some(Reckoning::default().step(
            Words::new("脅威の発生頻度", "Threat level"),
            Words::owned(format!("脅威の状況「{place}」"), "Threat levels, row of the storage place".to_owned()),
            words(threat.to_string()),
            Words::new("S2-D4-05、脅威の状況", "S2-D4-05, sheet of threat levels"),
        )),
        "weakness_level" => Some(Reckoning::default().step(
            Words::new("脆弱性", "Weakness level"),
            Words::owned(
                format!("「{place}」を守る対策のうち、最も弱いもの"),
                "The weakest kind of measure that guards the place".to_owned(),
            ),
            words(weakness.to_string()),
            Words::new("S2-D4-06、対策状況チェック", "S2-D4-06, measure check"),
        )),
        "likelihood" => Some(chain),
        "risk_value" | "risk_band" => {
            let (importance, value) = (asset.importance?, asset.risk_value?);
            // The scale in force when the value was made shows in the value itself.
            let points = if importance.saturating_mul(likelihood) == value { importance } else { importance.saturating_add(1) };
            let scale = if points == importance { Scale::ZeroToTwo } else { Scale::OneToThree };
            Some(chain.step(
                Words::new("リスク値", "Risk value"),
                Words::owned(
                    format!("重要度 {points} × 被害発生可能性 {likelihood}"),
                    format!("importance {points} × likelihood {likelihood}"),
                ),
                words(value.to_string()),
                Words::owned(
                    format!("S2-D4-05、評価方法：{}", scale.label_ja()),
                    format!("S2-D4-05, method: {}", scale.label_en()),
                ),
            ))
        }
        _ => None,
    }
}
