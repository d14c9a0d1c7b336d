//! Address patterns and what stands in their holes.

/// Fills `{id}` and the like with values in order; the last value serves all further holes.
pub fn fill(pattern: &str, values: &[&str]) -> String {
    let mut path = String::new();
    let mut rest = pattern;
    let mut values = values.iter();
    let mut value = "";
    while let Some((before, after)) = rest.split_once('{') {
        value = values.next().copied().unwrap_or(value);
        path.push_str(before);
        path.push_str(value);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    path.push_str(rest);
    path
}

#[test]
fn holes_are_filled_in_order() {
    assert_eq!(fill("/a/{id}/files/{file}/remove", &["1", "2"]), "/a/1/files/2/remove");
    assert_eq!(fill("/a/{id}/b/{x}", &["1"]), "/a/1/b/1");
    assert_eq!(fill("/a", &["1"]), "/a");
}
