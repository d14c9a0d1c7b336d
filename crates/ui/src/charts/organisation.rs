//! The organisation chart: a tree of roles with the people who hold them. A role that nobody holds is drawn in warning colours.

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, i, n, px},
    text,
};
use crate::tone::Tone;

/// A role, or a department, and what is below it.
#[derive(Clone, Debug, Default)]
pub struct OrganisationBox {
    /// Name of the role.
    pub role: String,
    /// Who holds it; empty means that nobody does.
    pub people: Vec<String>,
    /// Deputy, or another line in small type.
    pub note: Option<String>,
    /// The record behind it.
    pub href: Option<String>,
    /// What is below.
    pub below: Vec<OrganisationBox>,
}

impl OrganisationBox {
    /// A role with the people who hold it.
    pub fn new<S: Into<String>>(role: impl Into<String>, people: impl IntoIterator<Item = S>) -> Self {
        Self { role: role.into(), people: people.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// A line in small type.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// What is below.
    #[must_use]
    pub fn below(self, below: Vec<OrganisationBox>) -> Self {
        Self { below, ..self }
    }
}

const WIDE: f64 = 184.0;
const PAD: f64 = 10.0;
const GAP: f64 = 20.0;
const LEVEL: f64 = 36.0;
/// Leaves beyond this number under one box are listed below each other instead of side by side.
const SIDE_BY_SIDE: usize = 3;
const INDENT: f64 = 20.0;

/// A box with its place; children after it.
struct Placed<'a> {
    node: &'a OrganisationBox,
    lines: Vec<(String, bool)>,
    height: f64,
    /// Width of the whole branch.
    branch: f64,
    /// Middle of the box, from the left edge of the branch.
    middle: f64,
    children: Vec<Placed<'a>>,
    listed: bool,
}

/// Draws the tree from the top. `empty` is the word shown where nobody holds the role ("未任命"); `role` and `person` head the text table.
pub fn organisation(title: &str, empty: &str, role: &str, person: &str, top: &[OrganisationBox]) -> Chart {
    let branches: Vec<_> = top.iter().map(|node| place(node, empty)).collect();
    let width = branches.iter().map(|branch| branch.branch).sum::<f64>() + GAP * i(branches.len().saturating_sub(1)) + 4.0;
    let height = branches.iter().map(depth).fold(0.0, f64::max) + 4.0;
    let mut svg = Svg::new(width, height);
    let mut x = 2.0;
    for branch in &branches {
        draw(&mut svg, branch, x, 2.0);
        x += branch.branch + GAP;
    }
    let mut rows = Vec::new();
    for node in top {
        list(node, empty, 0, &mut rows);
    }
    let description = rows.iter().filter_map(|row| row.first()).map(|name| name.trim()).collect::<Vec<_>>().join(", ");
    Chart {
        svg: svg.finish(title, &description),
        width: px(width),
        height: px(height),
        table: TextTable { caption: title.into(), head: vec![role.into(), person.into()], rows },
    }
}

fn place<'a>(node: &'a OrganisationBox, empty: &str) -> Placed<'a> {
    let room = WIDE - PAD * 2.0;
    let mut lines: Vec<(String, bool)> = text::wrap(&node.role, room, 12.0, 2).into_iter().map(|line| (line, false)).collect();
    if node.people.is_empty() {
        lines.push((empty.to_owned(), true));
    }
    lines.extend(node.people.iter().take(4).map(|name| (text::fit(name, room, 14.0), true)));
    if node.people.len() > 4 {
        lines.push((format!("+{}", node.people.len() - 4), true));
    }
    lines.extend(node.note.iter().map(|note| (text::fit(note, room, 12.0), false)));
    let height = lines.iter().map(|(_, bold)| if *bold { 20.0 } else { 17.0 }).sum::<f64>() + PAD * 2.0 - 4.0;
    let children: Vec<_> = node.below.iter().map(|child| place(child, empty)).collect();
    let listed = children.len() > SIDE_BY_SIDE && node.below.iter().all(|child| child.below.is_empty());
    let below = if listed {
        INDENT + WIDE
    } else {
        children.iter().map(|child| child.branch).sum::<f64>() + GAP * i(children.len().saturating_sub(1))
    };
    let branch = below.max(WIDE);
    let middle = if listed { WIDE / 2.0 } else { over(&children, branch) };
    Placed { node, lines, height, branch, middle, children, listed }
}

/// The middle of the branch, or of the child just beside it: a line with a tiny jog looks like a mistake.
fn over(children: &[Placed<'_>], branch: f64) -> f64 {
    let mut left = 0.0;
    for child in children {
        if (left + child.middle - branch / 2.0).abs() <= 16.0 {
            return left + child.middle;
        }
        left += child.branch + GAP;
    }
    branch / 2.0
}

fn depth(placed: &Placed<'_>) -> f64 {
    let below = if placed.listed {
        placed.children.iter().map(|child| child.height + 12.0).sum::<f64>()
    } else {
        placed.children.iter().map(|child| depth(child) + LEVEL).fold(0.0, f64::max)
    };
    placed.height + below
}

fn draw(svg: &mut Svg, placed: &Placed<'_>, x: f64, y: f64) {
    let left = x + placed.middle - WIDE / 2.0;
    let foot = y + placed.height;
    if placed.listed {
        let mut top = foot + 12.0;
        for child in &placed.children {
            svg.stroke(
                &format!("M{} {} V{} H{}", n(left + 10.0), n(foot), n(top + child.height / 2.0), n(left + INDENT)),
                palette::LINE,
                1.5,
            );
            draw(svg, child, left + INDENT, top);
            top += child.height + 12.0;
        }
    } else {
        let below =
            placed.children.iter().map(|child| child.branch).sum::<f64>() + GAP * i(placed.children.len().saturating_sub(1));
        let mut child_x = x + ((placed.branch - below) / 2.0).max(0.0);
        for child in &placed.children {
            let middle = child_x + child.middle;
            svg.stroke(
                &format!("M{} {} V{} H{} V{}", n(left + WIDE / 2.0), n(foot), n(foot + LEVEL / 2.0), n(middle), n(foot + LEVEL)),
                palette::LINE,
                1.5,
            );
            draw(svg, child, child_x, foot + LEVEL);
            child_x += child.branch + GAP;
        }
    }
    let vacant = placed.node.people.is_empty();
    let warning = palette::paint(Tone::Warning);
    let (fill, frame, name) =
        if vacant { (warning.soft, warning.solid, warning.ink) } else { (palette::PAPER, palette::LINE, palette::INK) };
    svg.link_start(placed.node.href.as_deref(), "");
    svg.boxed((left, y, WIDE, placed.height), fill, frame, if vacant { 1.5 } else { 1.0 });
    let mut baseline = y + PAD - 3.0;
    for (line, bold) in &placed.lines {
        baseline += if *bold { 20.0 } else { 17.0 };
        let look = if *bold {
            Type::new(14.0).bold().colour(name)
        } else {
            Type::new(12.0).colour(if vacant { warning.ink } else { palette::MUTED })
        };
        svg.text(left + WIDE / 2.0, baseline - 3.0, look.middle(), line);
    }
    svg.link_end(placed.node.href.as_deref());
}

fn list(node: &OrganisationBox, empty: &str, level: usize, rows: &mut Vec<Vec<String>>) {
    let people = if node.people.is_empty() { empty.to_owned() } else { node.people.join(", ") };
    rows.push(vec![format!("{}{}", "\u{3000}".repeat(level), node.role), people]);
    for child in &node.below {
        list(child, empty, level + 1, rows);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn two_branches_stand_side_by_side_below_the_middle() {
        let tree = [OrganisationBox::new("最高責任者", ["守山 健一"]).below(vec![
            OrganisationBox::new("情報セキュリティ責任者", ["森 幸子"]),
            OrganisationBox::new("監査責任者", Vec::<String>::new()),
        ])];
        let chart = organisation("体制図", "未任命", "役割", "氏名", &tree);
        // Two boxes of 184 with a gap of 20, and a margin of 2 on each side.
        assert_eq!(chart.width, 392);
        assert!(chart.svg.contains("<rect x=\"104\" y=\"2\" width=\"184\" height=\"53\""), "{}", chart.svg);
        assert!(
            chart.svg.contains("<rect x=\"2\" y=\"91\" width=\"184\"")
                && chart.svg.contains("<rect x=\"206\" y=\"91\" width=\"184\"")
        );
        assert!(chart.svg.contains("d=\"M196 55 V73 H94 V91\""));
        assert!(chart.svg.contains("fill=\"#fff0b3\" stroke=\"#b78f00\""), "a vacant role warns");
        assert_eq!(chart.table.rows[2], ["\u{3000}監査責任者", "未任命"]);
    }

    #[test]
    fn many_leaves_are_listed_below_each_other() {
        let leaves: Vec<_> = (1..=5).map(|number| OrganisationBox::new(format!("部門{number}"), ["担当"])).collect();
        let chart = organisation("体制図", "未任命", "役割", "氏名", &[OrganisationBox::new("責任者", ["森"]).below(leaves)]);
        assert_eq!(chart.width, 208);
    }

    #[test]
    fn no_roles_is_an_empty_picture() {
        assert_eq!(organisation("体制図", "未任命", "役割", "氏名", &[]).table.rows.len(), 0);
    }
}
