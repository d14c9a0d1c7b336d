//! Identifiers of rows.

/// A new row id: a version 7 UUID (RFC 9562 §5.7) in its 36-character form, so that ids sort in the order of creation.
///
/// This is one of the edges where the machine's clock is read; nothing may be concluded from the time inside an id.
pub fn new() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// True when the text has the form of an id. Ids come back from browsers and files, so they are checked before use.
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_are_distinct_ordered_and_recognised() {
        let ids: Vec<String> = (0..100).map(|_| super::new()).collect();
        assert!(ids.windows(2).all(|pair| matches!(pair, [a, b] if a < b)));
        assert!(ids.iter().all(|id| super::is_id(id)));
        assert!(!super::is_id("../../etc/passwd"));
        assert!(!super::is_id("0190a1b2c3d4"));
    }
}
