//! Leafing through long lists.

use mamori_kernel::lang::Lang;

use crate::{
    html::{El, Html, el},
    icon::Icon,
};

/// Pages by number. `page` counts from 1; `href` gives the address of a page. Prints the count even when there is one page only.
pub fn pages(lang: Lang, page: u64, per_page: u64, total: u64, href: impl Fn(u64) -> String) -> Html {
    let per_page = per_page.max(1);
    let last = total.div_ceil(per_page).max(1);
    let page = page.clamp(1, last);
    let from = if total == 0 { 0 } else { (page - 1) * per_page + 1 };
    let to = (page * per_page).min(total);
    let range = match lang {
        Lang::Ja => format!("{}件中 {}–{}件", thousands(total), thousands(from), thousands(to)),
        Lang::En => format!("{}–{} of {}", thousands(from), thousands(to), thousands(total)),
    };
    let mut items: Vec<El> = vec![turn(lang, true, (page > 1).then(|| href(page - 1)))];
    let mut before = 0;
    for number in numbers(page, last) {
        if number > before + 1 {
            items.push(el("li").class("page-gap").attr("aria-hidden", "true").text("…"));
        }
        let link =
            el("a").attr("href", href(number)).opt("aria-current", (number == page).then_some("page")).text(thousands(number));
        items.push(el("li").class("page-number").add(link));
        before = number;
    }
    items.push(turn(lang, false, (page < last).then(|| href(page + 1))));
    frame(lang, &range, items, last > 1)
}

/// Pages by position, for lists too long to count. `total` is printed when known ("約 100万件" is the caller's word).
pub fn cursor_pages(lang: Lang, previous: Option<String>, next: Option<String>, summary: &str) -> Html {
    let any = previous.is_some() || next.is_some();
    frame(lang, summary, vec![turn(lang, true, previous), turn(lang, false, next)], any)
}

fn frame(lang: Lang, summary: &str, items: Vec<El>, any: bool) -> Html {
    let label = match lang {
        Lang::Ja => "ページ送り",
        Lang::En => "Pages",
    };
    el("nav")
        .class("pages")
        .attr("aria-label", label)
        .add(el("p").class("muted num").text(summary))
        .maybe(any.then(|| el("ul").each(items)))
        .html()
}

fn turn(lang: Lang, back: bool, href: Option<String>) -> El {
    let word = match (lang, back) {
        (Lang::Ja, true) => "前へ",
        (Lang::Ja, false) => "次へ",
        (Lang::En, true) => "Previous",
        (Lang::En, false) => "Next",
    };
    let content = if back {
        Html::join([Html::from(Icon::ArrowLeft), el("span").text(word).html()])
    } else {
        Html::join([el("span").text(word).html(), Html::from(Icon::ArrowRight)])
    };
    match href {
        Some(href) => el("li").add(el("a").attr("href", href).attr("rel", if back { "prev" } else { "next" }).add(content)),
        None => el("li").add(el("span").class("page-off").attr("aria-hidden", "true").add(content)),
    }
}

/// First, last and the neighbours of the current page.
fn numbers(page: u64, last: u64) -> Vec<u64> {
    let mut shown: Vec<u64> =
        [1, page.saturating_sub(1), page, page + 1, last].into_iter().filter(|n| (1..=last).contains(n)).collect();
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// 12345 → "12,345".
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_keep_both_ends_and_the_neighbours() {
        assert_eq!(numbers(1, 1), [1]);
        assert_eq!(numbers(1, 9), [1, 2, 9]);
        assert_eq!(numbers(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(numbers(9, 9), [1, 8, 9]);
    }

    #[test]
    fn counts_are_said_in_both_languages() {
        let ja = pages(Lang::Ja, 2, 20, 12_345, |page| format!("?page={page}"));
        assert!(ja.as_str().contains("12,345件中 21–40件"), "{ja}");
        let en = pages(Lang::En, 618, 20, 12_345, |page| format!("?page={page}"));
        assert!(en.as_str().contains("12,341–12,345 of 12,345"), "{en}");
        assert!(pages(Lang::Ja, 7, 20, 0, |_| String::new()).as_str().contains("0件中 0–0件"));
    }
}
