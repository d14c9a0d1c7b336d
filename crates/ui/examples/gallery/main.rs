//! Writes every component and chart as pages to look at: `cargo run -p mamori-ui --example gallery -- DIR`.
//!
//! Serve DIR with any file server (`python3 -m http.server -d DIR`) and open it in a browser. Each page exists in Japanese and
//! English, light and dark; the journeys of the product itself are tested elsewhere.

mod charts;
mod lists;
mod records;

use std::{env, fs, io, path::Path};

use mamori_kernel::lang::Lang;
use mamori_ui::{
    assets::{asset, asset_url},
    components::{Crumb, JobProgress, Tag, Toast, Undo},
    html::{Html, el},
    icon::Icon,
    shell::{CompanyLink, Frame, NavGroup, NavItem, Shell, Theme, UserMenu},
    tone::Tone,
};

/// A page: file name, then the shell for a language.
type Page = (&'static str, fn(Lang) -> Shell);

const PAGES: [Page; 8] = [
    ("home", lists::home),
    ("list", lists::list),
    ("empty", lists::empty),
    ("detail", records::detail),
    ("form", records::form),
    ("kit", records::kit),
    ("charts", charts::page),
    ("login", records::login),
];

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("usage: gallery DIR"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("static"))?;
    for name in ["app.css", "app.js", "htmx.js", "favicon.svg"] {
        if let Some(found) = asset(name) {
            fs::write(folder.join(asset_url(name).trim_start_matches('/')), &found.bytes)?;
        }
    }
    let mut links = Vec::new();
    for lang in Lang::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            for (name, page) in PAGES {
                let file = format!("{name}-{}-{}.html", lang.code(), theme.name());
                let shell = Shell { theme, ..framed(lang, name, page(lang)) };
                fs::write(folder.join(&file), shell.render().map_err(io::Error::other)?)?;
                links.push(el("li").add(el("a").attr("href", &file).text(&file)));
            }
        }
    }
    let job = JobProgress::running(Lang::Ja, "job.html", "取り込み中", 4_200, 10_000);
    fs::write(folder.join("job.html"), job.to_string())?;
    let index = Shell { frame: Frame::Print, ..Shell::new(Lang::En, "mamori-ui", el("ul").each(links)) };
    fs::write(folder.join("index.html"), index.render().map_err(io::Error::other)?)
}

/// Puts the frame of a real company around a page.
fn framed(lang: Lang, name: &str, shell: Shell) -> Shell {
    let item = |page: &str, ja: &str, en: &str, icon: Icon| {
        NavItem::new(lang.pick(ja, en), format!("{page}-{}-light.html", lang.code()), icon).active(page == name)
    };
    let waiting = lang.pick("確認待ち 12件", "12 waiting");
    let nav = vec![
        NavGroup::new(
            "",
            vec![
                item("home", "今日の仕事", "Today", Icon::Home).badge(5, lang.pick("5件", "5 items")),
                item("guide", "十日間で学ぶ", "Ten-day guide", Icon::Book),
            ],
        ),
        NavGroup::new(
            lang.pick("知る", "Know"),
            vec![
                item("org", "組織と人", "Organisation", Icon::Building),
                item("chart", "体制図", "Organisation chart", Icon::People),
                item("list", "情報資産台帳", "Information assets", Icon::Table),
                item("empty", "機器台帳", "Devices", Icon::Device),
                item("detail", "棚卸", "Stocktake", Icon::CheckCircle).badge(12, waiting),
            ],
        ),
        NavGroup::new(
            lang.pick("判断する", "Judge"),
            vec![
                item("charts", "リスク一覧", "Risks", Icon::Warning),
                item("form", "対応計画", "Treatment plan", Icon::Shield),
                item("kit", "報告書", "Reports", Icon::Document),
            ],
        ),
        NavGroup::new(
            lang.pick("管理", "Administration"),
            vec![item("u", "利用者と権限", "Users and roles", Icon::Lock), item("s", "設定", "Settings", Icon::Settings)],
        ),
    ];
    Shell {
        nav,
        here: format!("/{name}"),
        company: lang.pick("株式会社守山精機", "Moriyama Seiki Co., Ltd.").into(),
        companies: vec![
            CompanyLink {
                name: lang.pick("株式会社守山精機", "Moriyama Seiki Co., Ltd.").into(),
                code: "moriyama".into(),
                current: true,
            },
            CompanyLink {
                name: lang.pick("守山エンジニアリング株式会社", "Moriyama Engineering Inc.").into(),
                code: "eng".into(),
                current: false,
            },
        ],
        user: (shell.frame == Frame::Full).then(|| UserMenu {
            name: lang.pick("森 幸子", "Sachiko Mori").into(),
            detail: lang.pick("総務部・情報セキュリティ担当", "Security officer, General Affairs").into(),
        }),
        version: "0.1.0".into(),
        ..shell
    }
}

/// The way to a page of the asset area.
fn crumbs(lang: Lang, here: &str) -> Vec<Crumb> {
    vec![
        Crumb::link(lang.pick("今日の仕事", "Today"), "home-ja-light.html"),
        Crumb::link(lang.pick("情報資産台帳", "Information assets"), "list-ja-light.html"),
        Crumb::here(here),
    ]
}

/// A message with a way back.
fn saved(lang: Lang) -> Toast {
    Toast::new(
        lang,
        Tone::Success,
        lang.pick("「顧客名簿」の重要度を 2 に変更しました。", "Importance of “Customer list” is now 2."),
    )
    .undo(Undo { action: "/undo".into(), fields: vec![("change".into(), "1".into())] })
}

/// Tags side by side.
fn tags(words: &[&str]) -> Html {
    el("span").class("cluster").each(words.iter().map(|word| Html::from(Tag::new(*word)))).html()
}
