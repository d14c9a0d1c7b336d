//! The history of an asset's values, out of the change log (S2-D4-03: "keep the history").

use serde_json::Value as Json;

use super::queries::Logged;

/// The values whose course is shown, in order.
pub const FIELDS: [&str; 5] = ["confidentiality", "integrity", "availability", "importance", "risk_value"];

/// The values after one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Instant.
    pub at: String,
    /// Who.
    pub actor: String,
    /// Values in the order of [`FIELDS`]; `None` where nothing was given.
    pub values: [Option<i64>; FIELDS.len()],
}

fn number(json: &Json) -> Option<i64> {
    match json {
        Json::Number(n) => n.as_i64(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The points at which any of the values changed, oldest first. Entries that cannot be read are passed over.
pub fn course(log: &[Logged]) -> Vec<Point> {
    let mut now = [None; FIELDS.len()];
    let mut points = Vec::new();
    for entry in log {
        let Ok(Json::Object(diff)) = serde_json::from_str(&entry.diff) else { continue };
        let before = now;
        for (value, field) in now.iter_mut().zip(FIELDS) {
            if let Some(after) = diff.get(field).and_then(|pair| pair.get(1)) {
                *value = number(after);
            }
        }
        if now != before {
            points.push(Point { at: entry.at.clone(), actor: entry.actor.clone(), values: now });
        }
    }
    points
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn logged(at: &str, diff: &str) -> Logged {
        Logged { at: at.to_owned(), actor: "佐藤".to_owned(), diff: diff.to_owned() }
    }

    #[test]
    fn only_changes_of_values_are_points() {
        let log = [
            logged("1", r#"{"name":[null,"社員名簿"],"confidentiality":[null,"2"],"importance":[null,2]}"#),
            logged("2", r#"{"note":["","x"]}"#),
            logged("3", "broken"),
            logged("4", r#"{"confidentiality":["2","1"],"importance":[2,1]}"#),
            logged("5", r#"{"importance":[1,null]}"#),
        ];
        let points = course(&log);
        assert_eq!(points.iter().map(|point| point.at.as_str()).collect::<Vec<_>>(), ["1", "4", "5"]);
        assert_eq!(points[1].values, [Some(1), None, None, Some(1), None]);
        assert_eq!(points[2].values[3], None);
    }
}
