//! The colours of the style sheet keep WCAG 2.2 AA in both themes: 4.5:1 for text (1.4.3), 3:1 for the edges of controls and focus (1.4.11, 2.4.13).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::HashMap;

/// Token name → (light, dark).
fn tokens() -> HashMap<String, (String, String)> {
    let css = include_str!("../assets/css/00-tokens.css");
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name.to_owned(), (light.to_owned(), dark.to_owned())))
        })
        .collect()
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_and_edges_are_seen_in_both_themes() {
    let tokens = tokens();
    let mut pairs: Vec<(String, String, f64)> = Vec::new();
    let mut pair = |ink: &str, ground: &str, least: f64| pairs.push((ink.into(), ground.into(), least));
    for ground in ["canvas", "surface", "raised", "sunken", "hover"] {
        for ink in ["text", "muted", "link"] {
            pair(ink, ground, 4.5);
        }
        pair("focus", ground, 3.0);
    }
    for ground in ["canvas", "surface", "raised"] {
        pair("line-strong", ground, 3.0);
        pair("danger", ground, 4.5);
    }
    pair("on-primary", "primary", 4.5);
    pair("on-primary", "primary-hover", 4.5);
    for ink in ["primary-hover", "text", "muted"] {
        pair(ink, "primary-soft", 4.5);
    }
    for tone in ["neutral", "info", "success", "warning", "caution", "danger", "accent"] {
        pair(&format!("{tone}-ink"), &format!("{tone}-soft"), 4.5);
        pair(&format!("{tone}-ink"), "surface", 4.5);
        pair("text", &format!("{tone}-soft"), 4.5);
    }
    let mut weak = Vec::new();
    for (ink, ground, least) in pairs {
        let ((light_ink, dark_ink), (light, dark)) = (tokens.get(&ink).expect(&ink), tokens.get(&ground).expect(&ground));
        for (theme, found) in [("light", contrast(light_ink, light)), ("dark", contrast(dark_ink, dark))] {
            if found < least {
                weak.push(format!("{theme}: {ink} on {ground} is {found:.2}, needs {least}"));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn chart_text_is_seen_in_the_dark_theme() {
    let css = include_str!("../assets/css/50-chart.css");
    let dark = |light: &str| {
        let rule = css.lines().find(|line| line.contains(&format!("svg [fill=\"{light}\"]"))).expect(light);
        rule.split_once(", ").unwrap().1[..7].to_owned()
    };
    for tone in mamori_ui::tone::Tone::ALL {
        let paint = mamori_ui::charts::palette::paint(tone);
        let found = contrast(&dark(paint.ink), &dark(paint.soft));
        assert!(found >= 4.5, "{tone:?} {found:.2}");
        assert!(contrast(&dark(paint.solid), "#1a1e25") >= 3.0, "{tone:?}");
    }
}
