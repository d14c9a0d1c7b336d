//! An outline typed or pasted as text: one node a line, indented lines stand below.

/// A line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The node's title.
    pub title: String,
    /// How far below the node that the outline was given to: 1 is directly below.
    pub depth: usize,
}

/// Reads an outline. A tab, a full-width space or two spaces indent by one; a line is never more than one deeper than the line before it.
/// Bullets (`-`, `*`, `・`, `●`) are dropped, empty lines too; titles longer than 200 characters are cut.
pub fn parse_outline(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // Indents of the open levels: how wide a level is depends on the writer.
    let mut levels: Vec<usize> = Vec::new();
    for line in text.lines() {
        let indent: usize =
            line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' || c == '\u{3000}' { 2 } else { 1 }).sum();
        let title = line.trim().trim_start_matches(['-', '*', '・', '●', '○', '■', '└', '├', '─']).trim();
        if title.is_empty() {
            continue;
        }
        while levels.last().is_some_and(|open| *open >= indent) {
            levels.pop();
        }
        levels.push(indent);
        lines.push(Line { title: title.chars().take(200).collect(), depth: levels.len() });
    }
    lines
}
