//! From what the page sends to a scale that works, with the way that stored risks take from the old levels to the new ones.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::text::parse_integer;

use super::{MatrixNames, Version};
use crate::four_factor::rules::{Factor, Level, Scale, Used};
use crate::scenario::queries::Moves;

/// One line of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The level's number in the scale at hand; `None` for a line that was empty.
    pub old: Option<i64>,
    /// The number as typed; empty takes the level away.
    pub number: String,
    /// Japanese and English name.
    pub name: [String; 2],
    /// When it applies, Japanese and English.
    pub means: [String; 2],
}

impl Line {
    fn is_blank(&self) -> bool {
        let texts = self.name.iter().chain(&self.means);
        self.number.trim().is_empty() && (self.old.is_some() || texts.into_iter().all(|text| text.trim().is_empty()))
    }
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The lines of each factor, in the order of [`Factor::ALL`].
    pub lines: [Vec<Line>; 4],
    /// Names of 影響, Japanese and English.
    pub impact: [[String; 2]; 3],
    /// Names of 発生確率.
    pub frequency: [[String; 2]; 3],
    /// Why.
    pub reason: String,
}

impl Proposal {
    /// The form for a version as it is.
    #[must_use]
    pub fn of(version: &Version) -> Proposal {
        let pair = |words: &Words| [words.ja.to_string(), words.en.to_string()];
        let line = |level: &Level| Line {
            old: Some(level.value),
            number: level.value.to_string(),
            name: pair(&level.name),
            means: pair(&level.means),
        };
        Proposal {
            lines: Factor::ALL.map(|factor| version.scale.levels(factor).iter().map(line).collect()),
            impact: version.names.impact.each_ref().map(pair),
            frequency: version.names.frequency.each_ref().map(pair),
            reason: String::new(),
        }
    }
}

/// A proposal that works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The four factors.
    pub scale: Scale,
    /// The names of the matrix.
    pub names: MatrixNames,
    /// Levels whose number changes.
    pub moves: Moves,
}

/// Judges a proposal: whole numbers, names, no gaps; every level that risks use must still exist, perhaps under another number.
///
/// # Errors
/// [`Error::Invalid`] naming the factor (`asset_value`, `threat`, `weakness`, `likelihood`), `matrix` or `reason`; [`Error::InUse`] with the
/// counts when a level that is used would disappear.
pub fn judge(now: &Version, proposal: &Proposal, used: &[Used]) -> Result<Wanted> {
    let mut errors = Vec::new();
    let mut say = |field: &str, ja: String, en: String| {
        errors.push(FieldError { field: field.to_owned(), message: Words::owned(ja, en) });
    };
    if proposal.reason.trim().is_empty() {
        let (ja, en) = (
            "変更の理由を入力してください。後で評価を見比べるときに必要です。",
            "Please give the reason. It is needed to compare results later.",
        );
        say("reason", ja.to_owned(), en.to_owned());
    }
    let mut levels: [Vec<Level>; 4] = Default::default();
    let mut moves = Moves::default();
    for ((factor, lines), into) in Factor::ALL.into_iter().zip(&proposal.lines).zip(&mut levels) {
        for line in lines.iter().filter(|line| !line.is_blank()) {
            let Some(value) = parse_integer(&line.number) else {
                let words = factor.words();
                let typed = line.number.trim();
                say(
                    factor.code(),
                    format!(
                        "「{}」の番号に「{typed}」は使えません。0〜9の整数で入力してください。使わない行は、番号も名前も空にします。",
                        words.ja
                    ),
                    format!(
                        "“{typed}” cannot be a number of {}. Enter a whole number from 0 to 9; leave a line empty that you do not need.",
                        words.en
                    ),
                );
                continue;
            };
            if let Some(old) = line.old.filter(|old| *old != value) {
                moved(&mut moves, factor).push((old, value));
            }
            into.push(Level { value, name: words(&line.name), means: words(&line.means) });
        }
    }
    let names =
        MatrixNames { impact: proposal.impact.each_ref().map(words), frequency: proposal.frequency.each_ref().map(words) };
    if names.impact.iter().chain(&names.frequency).any(|name| name.ja.is_empty()) {
        say(
            "matrix",
            "マトリックスの名前が空いています。6つとも入力してください。".to_owned(),
            "A name of the matrix is empty. Enter all six.".to_owned(),
        );
    }
    let scale = match Scale::new(levels) {
        Ok(scale) => Some(scale),
        Err(Error::Invalid(found)) => {
            errors.extend(found);
            None
        }
        Err(other) => return Err(other),
    };
    let Some(scale) = scale.filter(|_| errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    // A level whose line is still there is kept, under whatever number.
    let without_line = |used: &&Used| {
        !proposal.lines.iter().zip(Factor::ALL).any(|(lines, factor)| {
            factor == used.factor && lines.iter().any(|line| line.old == Some(used.value) && !line.is_blank())
        })
    };
    let lost: Vec<Used> = used.iter().filter(without_line).copied().collect();
    if !lost.is_empty() {
        return Err(Error::InUse(gone(now, &lost)));
    }
    Ok(Wanted { scale, names, moves })
}

/// A level without a line of its own disappears, even where a new level takes its number: its risks would silently mean something else.
fn gone(now: &Version, lost: &[Used]) -> Words {
    let list = |ja: bool| {
        let one = |used: &Used| {
            let (factor, level) = (used.factor.words(), now.scale.level(used.factor, used.value).map(|level| level.name.clone()));
            let level = level.unwrap_or_default();
            if ja {
                format!("{}の「{} {}」（{}件）", factor.ja, used.value, level.ja, used.count)
            } else {
                format!("{} “{} {}” ({} risks)", factor.en, used.value, level.en, used.count)
            }
        };
        lost.iter().map(one).collect::<Vec<_>>().join(if ja { "、" } else { ", " })
    };
    Words::owned(
        format!(
            "使われている段階があるため、尺度を変更できません：{}。番号を変えて残すか、先にこれらのリスクを別の段階に付け替えてください。",
            list(true)
        ),
        format!(
            "The scale cannot change because levels are in use: {}. Keep them under another number, or move these risks first.",
            list(false)
        ),
    )
}

fn moved(moves: &mut Moves, factor: Factor) -> &mut Vec<(i64, i64)> {
    match factor {
        Factor::AssetValue => &mut moves.asset_value,
        Factor::Threat => &mut moves.threat,
        Factor::Weakness => &mut moves.weakness,
        Factor::Likelihood => &mut moves.likelihood,
    }
}

/// An empty English name shows the Japanese one.
fn words(pair: &[String; 2]) -> Words {
    let [ja, en] = pair;
    let ja = ja.trim();
    Words::owned(ja.to_owned(), en.trim().to_owned())
}
