//! How well a heading as written fits a column that is looked for.

use mamori_kernel::text::squash_heading;

use super::ColumnSpec;

/// Below this a match is chance.
const LEAST: f64 = 0.55;

/// The words of a spec, ready for comparison.
pub(super) struct Words {
    names: Vec<String>,
    groups: Vec<String>,
}

/// The words over one column.
pub(super) struct Written {
    group: String,
    name: String,
    shown: String,
}

impl Written {
    pub fn new(group: &str, name: &str) -> Self {
        let shown = format!("{} {}", one_line(group), one_line(name)).trim().to_owned();
        Self { group: squash_heading(group), name: squash_heading(name), shown }
    }

    pub fn is_blank(&self) -> bool {
        self.name.is_empty() && self.group.is_empty()
    }

    pub fn shown(&self) -> String {
        self.shown.clone()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Words {
    pub fn of(spec: &ColumnSpec<'_>) -> Self {
        let squash = |words: &[&str]| words.iter().map(|w| squash_heading(w)).filter(|w| !w.is_empty()).collect();
        Self { names: squash(&spec.names), groups: squash(&spec.groups) }
    }

    /// Confidence 0–1, or `None` where it is no match.
    pub fn match_with(&self, written: &Written) -> Option<f64> {
        if written.name.is_empty() {
            return None;
        }
        let joined = format!("{}{}", written.group, written.name);
        let best = self.names.iter().map(|name| self.one(name, written, &joined)).fold(0.0, f64::max);
        (best >= LEAST).then_some(best)
    }

    fn one(&self, name: &str, written: &Written, joined: &str) -> f64 {
        let same_group = self.groups.contains(&written.group);
        if *name == written.name {
            return match (self.groups.is_empty(), written.group.is_empty()) {
                (true, true) => 1.0,
                (false, _) if same_group => 1.0,
                // A name under a heading nobody expected, such as a title merged over the whole table.
                (true, false) => 0.95,
                (false, true) => 0.9,
                (false, false) => 0.6,
            };
        }
        // Both lines in one cell: 評価値（機密性）.
        let as_one = joined == name || self.groups.iter().any(|group| *joined == format!("{group}{name}"));
        if as_one {
            return 0.98;
        }
        if self.groups.iter().any(|group| written.name == format!("{name}{group}")) {
            return 0.9;
        }
        let penalty = if written.group.is_empty() || same_group || self.groups.is_empty() { 0.0 } else { 0.2 };
        containment(name, &written.name) - penalty
    }
}

/// One name within the other: 0.5 to 0.85 by how much of the longer one is covered; single characters prove nothing.
fn containment(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (less, more) = (short.chars().count(), long.chars().count());
    if less < 2 || !long.contains(short) {
        return 0.0;
    }
    0.5 + 0.35 * less as f64 / more as f64
}
