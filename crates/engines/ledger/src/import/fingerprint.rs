//! Whether what a reader saw is what would be written now.

use mamori_store::files::sha256;

use super::{Companion, Plan, State};

/// A short text that is the same as long as the plans would change the same values into the same. The preview sends it along with
/// its button: when somebody saved one of those values meanwhile, the reader sees the new comparison before anything is overwritten.
pub fn fingerprint(plan: &Plan, companions: &[Companion]) -> String {
    let mut text = String::new();
    for plan in std::iter::once(plan).chain(companions.iter().filter(|known| known.fits()).map(|known| &known.plan)) {
        for row in &plan.rows {
            text.push_str(&format!("{} {:?}", row.row, row.state));
            match (&row.target, row.state) {
                (_, State::Wrong | State::Unchanged) => {}
                (None, _) => {
                    for (code, value) in &row.values.0 {
                        text.push_str(&format!("\u{1f}{code}\u{1e}{}", value.stored()));
                    }
                }
                (Some((id, _)), _) => {
                    text.push_str(id);
                    for (code, before, after) in &row.changes {
                        text.push_str(&format!("\u{1f}{code}\u{1e}{}\u{1e}{}", before.stored(), after.stored()));
                    }
                }
            }
            text.push('\n');
        }
        text.push('\u{1d}');
    }
    sha256(text.as_bytes())
}
