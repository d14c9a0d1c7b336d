//! The meaning of a colour. Colour never carries the meaning alone: a component always prints a word or a sign with it.

/// What a colour says. The same seven tones are used by badges, alerts, charts and table cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// No judgement.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// Good, done, low risk.
    Success,
    /// Soon, medium risk.
    Warning,
    /// Between warning and danger; the second step of five-step scales.
    Caution,
    /// Overdue, failed, high risk.
    Danger,
    /// A human step is asked for: waiting for review or approval.
    Accent,
}

impl Tone {
    /// Every tone, calm first.
    pub const ALL: [Self; 7] =
        [Self::Neutral, Self::Info, Self::Success, Self::Warning, Self::Caution, Self::Danger, Self::Accent];

    /// The word used in class names and in company data (`choice.colour`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Caution => "caution",
            Self::Danger => "danger",
            Self::Accent => "accent",
        }
    }

    /// Reads [`Tone::name`]; an unknown word is [`Tone::Neutral`], so a colour from elsewhere never breaks a page.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|tone| tone.name() == name).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for tone in Tone::ALL {
            assert_eq!(Tone::from_name(tone.name()), tone);
        }
        assert_eq!(Tone::from_name("purple-ish"), Tone::Neutral);
    }
}
