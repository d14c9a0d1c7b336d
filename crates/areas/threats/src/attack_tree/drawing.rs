//! The picture of a tree: an SVG of its own, the same on the page, in print and as a file.
//!
//! Colours are those of `ui::charts::palette`, which the page maps to the dark theme. The two ways are told apart by more than colour:
//! the cheapest is a thick line with ¥ at its boxes, the likeliest a dashed line with %.

use std::fmt::Write as _;

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_ui::charts::{palette, text};
use mamori_ui::html::escape;
use mamori_ui::tone::Tone;

use super::Gate;
use super::layout::{FIGURES, INDENT, LINE, Placed, SIZE, WIDE, place};
use super::queries::Listed;
use super::rules::{Guard, Outlook, Tree};

/// The font of pictures: the one of the program's documents first, then what a reader's machine has.
const FONT: &str = "BIZ UDPGothic, BIZ UDGothic, Hiragino Sans, Yu Gothic UI, Noto Sans CJK JP, Noto Sans JP, sans-serif";
const MARGIN: f64 = 14.0;
const LEGEND: f64 = 34.0;

/// What is drawn.
pub(super) struct Picture<'a> {
    /// Language of the legend.
    pub lang: Lang,
    /// Title of the picture.
    pub title: &'a str,
    /// The tree.
    pub tree: &'a Tree,
    /// Its nodes, in the order of the tree's places.
    pub nodes: &'a [Listed],
    /// The ways that are marked.
    pub outlook: &'a Outlook,
    /// Address of a node's form; none for a file.
    pub links: Option<&'a dyn Fn(&str) -> String>,
    /// Row id of the selected node.
    pub selected: &'a str,
}

fn cheap() -> &'static str {
    palette::paint(Tone::Danger).solid
}

fn likely() -> &'static str {
    palette::paint(Tone::Accent).solid
}

/// A number with at most one decimal.
fn n(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}

/// Effort and likelihood of a leaf as people read them; a question mark for what is not known.
pub(super) fn figures(lang: Lang, node: &Listed) -> String {
    let cost = node.node.cost.map_or("？".to_owned(), |yen| Yen(yen).format(lang));
    let chance = node.node.likelihood.map_or("？".to_owned(), |percent| format!("{percent}%"));
    format!("{cost} · {chance}")
}

impl Picture<'_> {
    fn on(&self, way: Option<&Vec<usize>>, at: usize) -> bool {
        way.is_some_and(|nodes| nodes.contains(&at))
    }

    fn cheapest(&self, at: usize) -> bool {
        self.on(self.outlook.cheapest.as_ref().map(|way| &way.nodes), at)
    }

    fn likeliest(&self, at: usize) -> bool {
        self.on(self.outlook.likeliest.as_ref().map(|way| &way.nodes), at)
    }

    /// The whole document.
    pub(super) fn svg(&self) -> String {
        let layout = place(self.tree, self.nodes, &|at| self.tree.is_leaf(at));
        let legend = self.legend();
        let width = (layout.width + MARGIN * 2.0).max(legend.1 + MARGIN * 2.0);
        let height = layout.height + MARGIN * 2.0 + LEGEND;
        let mut body = String::new();
        // Plain lines first: the ways lie above them also where branches share a line.
        for at in self.tree.order.iter().copied() {
            self.edges(&mut body, &layout.boxes, at, false);
        }
        for at in self.tree.order.iter().copied() {
            self.edges(&mut body, &layout.boxes, at, true);
        }
        for at in self.tree.order.iter().copied() {
            if let Some(placed) = layout.boxes.get(at) {
                self.gate(&mut body, placed, at);
                self.node(&mut body, placed, at);
            }
        }
        let _ = write!(body, "<g transform=\"translate(0 {})\">{}</g>", n(layout.height + MARGIN + LEGEND - 8.0), legend.0);
        let role = if self.links.is_some() { "group" } else { "img" };
        let title = escape(self.title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"{role}\" aria-label=\"{title}\" \
             font-family=\"{FONT}\"><title>{title}</title><rect width=\"{w}\" height=\"{h}\" fill=\"{paper}\"/>\
             <g transform=\"translate({MARGIN} {MARGIN})\">{body}</g></svg>",
            w = n(width.ceil()),
            h = n(height.ceil()),
            paper = palette::PAPER,
        )
    }

    fn edges(&self, out: &mut String, boxes: &[Placed], at: usize, ways: bool) {
        let Some(from) = boxes.get(at) else { return };
        for below in self.tree.below(at).iter().copied() {
            let Some(to) = boxes.get(below) else { continue };
            let path = if from.listed {
                format!("M{} {} V{} H{}", n(from.middle()), n(from.foot()), n(to.y + to.height / 2.0), n(to.x))
            } else {
                let bend = to.y - 16.0;
                format!("M{} {} V{} H{} V{}", n(from.middle()), n(from.foot()), n(bend), n(to.middle()), n(to.y))
            };
            let mut line = |colour: &str, width: f64, dash: &str| {
                let _ = write!(
                    out,
                    "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dash}/>",
                    n(width)
                );
            };
            if !ways {
                line(palette::LINE, 1.5, "");
                continue;
            }
            if self.cheapest(below) {
                line(cheap(), 4.0, "");
            }
            if self.likeliest(below) {
                // On the thick line the dashes run on paper, so that both can be seen.
                if self.cheapest(below) {
                    line(palette::PAPER, 2.0, "");
                }
                line(likely(), 2.0, " stroke-dasharray=\"7 5\"");
            }
        }
    }

    /// The sign between a node and those below it: a half circle for "all", a point upward for "any one".
    fn gate(&self, out: &mut String, placed: &Placed, at: usize) {
        if self.tree.below(at).len() < 2 {
            return;
        }
        let gate = self.tree.nodes.get(at).map(|node| node.gate).unwrap_or_default();
        let (x, y) = (placed.middle(), placed.foot() + 6.0);
        let (shape, label) = match gate {
            Gate::And => (
                format!(
                    "M{} {} V{} A17 14 0 0 1 {} {} V{} Z",
                    n(x - 17.0),
                    n(y + 24.0),
                    n(y + 14.0),
                    n(x + 17.0),
                    n(y + 14.0),
                    n(y + 24.0)
                ),
                "AND",
            ),
            Gate::Or => (
                format!(
                    "M{} {} Q{} {} {} {} Q{} {} {} {} Q{} {} {} {} Z",
                    n(x - 17.0),
                    n(y + 24.0),
                    n(x - 16.0),
                    n(y + 6.0),
                    n(x),
                    n(y),
                    n(x + 16.0),
                    n(y + 6.0),
                    n(x + 17.0),
                    n(y + 24.0),
                    n(x),
                    n(y + 17.0),
                    n(x - 17.0),
                    n(y + 24.0)
                ),
                "OR",
            ),
        };
        let _ = write!(
            out,
            "<path d=\"{shape}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.2\"/><text x=\"{}\" y=\"{}\" font-size=\"9\" font-weight=\"700\" text-anchor=\"middle\" fill=\"{}\">{label}</text>",
            palette::paint(Tone::Info).soft,
            palette::paint(Tone::Info).solid,
            n(x),
            n(y + 18.0),
            palette::paint(Tone::Info).ink,
        );
    }

    fn node(&self, out: &mut String, placed: &Placed, at: usize) {
        let Some(node) = self.nodes.get(at) else { return };
        let top = self.tree.top() == at;
        let guard = node.node.guard;
        let (fill, stroke, ink) = match (top, guard) {
            (_, Guard::Done) => {
                (palette::paint(Tone::Success).soft, palette::paint(Tone::Success).solid, palette::paint(Tone::Success).ink)
            }
            (true, _) => {
                (palette::paint(Tone::Danger).soft, palette::paint(Tone::Danger).solid, palette::paint(Tone::Danger).ink)
            }
            _ => (palette::PAPER, palette::paint(Tone::Neutral).solid, palette::INK),
        };
        let dash = if guard == Guard::Planned { " stroke-dasharray=\"5 4\"" } else { "" };
        let selected = !self.selected.is_empty() && node.node.id == self.selected;
        let (stroke, wide) = if selected { (palette::SERIES.first().copied().unwrap_or(stroke), 3.0) } else { (stroke, 1.3) };
        if let Some(links) = self.links {
            let _ = write!(
                out,
                "<a href=\"{}\" data-pick=\"{}\" tabindex=\"-1\">",
                escape(&links(&node.node.id)),
                escape(&node.node.id)
            );
        }
        let _ = write!(out, "<title>{}</title>", escape(&node.title));
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{}\"{dash}/>",
            n(placed.x),
            n(placed.y),
            n(WIDE),
            n(placed.height),
            n(wide)
        );
        let mut baseline = placed.y + 7.0;
        for line in &placed.lines {
            baseline += LINE;
            let weight = if top { " font-weight=\"700\"" } else { "" };
            write_text(out, placed.middle(), baseline - 4.0, SIZE, ink, weight, line);
        }
        if self.tree.is_leaf(at) {
            write_text(
                out,
                placed.middle(),
                baseline + FIGURES - 4.0,
                11.5,
                palette::MUTED,
                "",
                &text::fit(&figures(self.lang, node), WIDE - 12.0, 11.5),
            );
        }
        self.marks(out, placed, at, node);
        if self.links.is_some() {
            out.push_str("</a>");
        }
    }

    /// Small signs at the upper edge: the letter, the two ways, the measure, the registered risk.
    fn marks(&self, out: &mut String, placed: &Placed, at: usize, node: &Listed) {
        let success = palette::paint(Tone::Success);
        let mut right = placed.x + WIDE - 4.0;
        let mut mark = |label: &str, fill: &str, ink: &str| {
            let wide = text::width(label, 10.0) + 10.0;
            right -= wide;
            let _ = write!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"8\" fill=\"{fill}\"/>",
                n(right),
                n(placed.y - 9.0),
                n(wide)
            );
            write_text(out, right + wide / 2.0, placed.y + 2.8, 10.0, ink, " font-weight=\"700\"", label);
            right -= 3.0;
        };
        if !node.scenario.is_empty() {
            mark(&i18n::t(self.lang, "attack-mark-risk"), palette::paint(Tone::Info).ink, palette::PAPER);
        }
        match node.node.guard {
            Guard::Done => mark(&i18n::t(self.lang, "attack-mark-done"), success.ink, palette::PAPER),
            Guard::Planned => mark(&i18n::t(self.lang, "attack-mark-planned"), success.soft, success.ink),
            Guard::None => {}
        }
        if self.likeliest(at) {
            mark("%", likely(), palette::PAPER);
        }
        if self.cheapest(at) {
            mark("¥", cheap(), palette::PAPER);
        }
        if let Some(letter) = node.stride {
            mark(letter.code(), palette::paint(Tone::Neutral).ink, palette::PAPER);
        }
    }

    /// What the lines mean, with its width.
    fn legend(&self) -> (String, f64) {
        let mut out = String::new();
        let mut x = 0.0;
        for (colour, width, dash, sign, key) in
            [(cheap(), 4.0, "", "¥", "attack-cheapest"), (likely(), 2.0, " stroke-dasharray=\"7 5\"", "%", "attack-likeliest")]
        {
            let label = format!("{sign} {}", i18n::t(self.lang, key));
            let _ = write!(
                out,
                "<path d=\"M{} -4 H{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"{dash}/>",
                n(x),
                n(x + INDENT + 8.0),
                n(width)
            );
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"0\" font-size=\"12\" fill=\"{}\">{}</text>",
                n(x + INDENT + 14.0),
                palette::INK,
                escape(&label)
            );
            x += INDENT + 14.0 + text::width(&label, 12.0) + 22.0;
        }
        (out, x)
    }
}

fn write_text(out: &mut String, x: f64, y: f64, size: f64, fill: &str, weight: &str, line: &str) {
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"middle\" fill=\"{fill}\"{weight}>{}</text>",
        n(x),
        n(y),
        n(size),
        escape(line)
    );
}
