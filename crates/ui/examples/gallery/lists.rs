//! Pages made of lists.

use mamori_kernel::lang::Lang;
use mamori_ui::{
    charts::{Bar, StackedRow, bars, sparkline, stacked},
    components::{
        Alert, Align, Avatar, Badge, BulkBar, Button, Card, Column, DataTable, EmptyState, FilterBar, Row, Sorted, Stat, Tab,
        Tabs, pages,
    },
    html::{Html, el},
    icon::Icon,
    shell::Shell,
    tone::Tone,
};

use crate::saved;

pub fn home(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let stats = el("div").class("grid-stats").each([
        Stat::new(t("対応が必要なリスク(大)", "High risks without treatment"), "4")
            .unit(t("件", ""))
            .tone(Tone::Danger)
            .trend(t("先月より 3件 減", "3 fewer than last month"), Tone::Success)
            .href("#")
            .picture(sparkline(t("推移", "Trend"), &[9, 9, 8, 7, 7, 4]).picture()),
        Stat::new(t("期限を過ぎた対応", "Overdue treatments"), "1")
            .unit(t("件", ""))
            .tone(Tone::Warning)
            .note(t("ノートPCのディスク暗号化", "Laptop disk encryption"))
            .href("#"),
        Stat::new(t("棚卸の回答", "Stocktake answers"), "86")
            .unit("%")
            .note(t("あと 12件・期限 11月28日", "12 left, due 28 Nov"))
            .href("#"),
        Stat::new(t("承認待ち", "Waiting for approval"), "2")
            .unit(t("件", ""))
            .note(t("残留リスクの受容", "Acceptance of residual risk"))
            .href("#"),
    ]);
    let due = DataTable::new(
        lang,
        t("今日の仕事", "Today's work"),
        vec![Column::new(t("やること", "Task")), Column::new(t("期限", "Due")), Column::new(t("状態", "State"))],
    )
    .compact()
    .rows([
        Row::new("1", "a")
            .href("#")
            .text(t("ノートPCのディスク暗号化を完了する", "Finish laptop disk encryption"))
            .text(t("11月18日", "18 Nov"))
            .cell(Badge::new(t("2日超過", "2 days late"), Tone::Danger)),
        Row::new("2", "b")
            .href("#")
            .text(t("営業部の棚卸 12件を催促する", "Remind Sales of 12 stocktake rows"))
            .text(t("11月28日", "28 Nov"))
            .cell(Badge::new(t("進行中", "In progress"), Tone::Info)),
        Row::new("3", "c")
            .href("#")
            .text(t("残留リスク 2件の受容を社長に依頼する", "Ask the president to accept 2 residual risks"))
            .text(t("12月5日", "5 Dec"))
            .cell(Badge::new(t("未着手", "Not started"), Tone::Neutral)),
    ]);
    let next = el("div")
        .class("stack")
        .add(el("p").text(t(
            "営業部の回答がそろうと、リスクの一覧が会社全体のものになります。残りは 12件です。",
            "Once Sales has answered, the list of risks covers the whole company. 12 rows are left.",
        )))
        .add(
            el("div")
                .class("cluster")
                .add(Button::link(t("営業部に催促を送る", "Send a reminder to Sales"), "#").primary().icon(Icon::Mail))
                .add(Button::link(t("一覧を見る", "See the rows"), "#").quiet()),
        );
    let progress = stacked(
        t("棚卸の進み", "Stocktake progress"),
        t("部署", "Department"),
        &[
            (t("確認済み", "Confirmed"), Tone::Success),
            (t("修正あり", "Corrected"), Tone::Warning),
            (t("未回答", "Open"), Tone::Neutral),
        ],
        &[
            StackedRow::new(t("製造部", "Manufacturing"), vec![34, 4, 0]),
            StackedRow::new(t("営業部", "Sales"), vec![9, 2, 12]),
            StackedRow::new(t("総務部", "General affairs"), vec![18, 1, 0]),
            StackedRow::new(t("品質保証・技術管理部", "Quality and engineering"), vec![21, 0, 0]),
        ],
    );
    let by_department = bars(
        t("重要度2の資産", "Assets of importance 2"),
        t("部署", "Department"),
        t("件", ""),
        &[
            Bar::new(t("製造部", "Manufacturing"), 12),
            Bar::new(t("営業部", "Sales"), 8),
            Bar::new(t("総務部", "General affairs"), 5),
            Bar::new(t("品質保証・技術管理部", "Quality and engineering"), 2),
        ],
    );
    let main = el("div")
        .class("stack")
        .add(stats)
        .add(
            el("div")
                .class("grid")
                .add(
                    Card::new(t("期限の近い仕事", "Due soon"), due)
                        .action(el("a").attr("href", "#").text(t("すべて見る", "See all")))
                        .flush(),
                )
                .add(
                    Card::new(t("次の一歩", "Next step"), next)
                        .lead(t("棚卸を終える(10日間の4日目)", "Finish the stocktake (day 4 of 10)")),
                ),
        )
        .add(
            el("div")
                .class("grid")
                .add(Card::new(t("棚卸の進み", "Stocktake progress"), progress.figure(lang)))
                .add(Card::new(t("重要な資産の多い部署", "Where important assets are"), by_department.figure(lang))),
        );
    Shell {
        lead: Some(t("11月20日(金) 今日やることが 3件あります。", "Friday, 20 November. Three things to do today.").into()),
        flashes: vec![saved(lang)],
        ..Shell::new(lang, t("今日の仕事", "Today"), main)
    }
}

pub fn list(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let columns = vec![
        Column::new(t("情報資産名称", "Name")).sort("#", Sorted::Ascending),
        Column::new(t("管理部署", "Department")).sort("#", Sorted::No),
        Column::new(t("保管場所", "Stored in")),
        Column::new(t("個人情報", "Personal data")).align(Align::Center),
        Column::new(t("重要度", "Importance"))
            .align(Align::End)
            .sort("#", Sorted::No)
            .help(t("機密性・完全性・可用性のうち最大の値", "The largest of C, I and A")),
        Column::new(t("リスク", "Risk")).align(Align::Center).sort("#", Sorted::No),
        Column::new(t("見直し日", "Review")).align(Align::End),
        Column::new(t("管理者", "Owner")),
    ];
    #[allow(clippy::type_complexity, reason = "sample data, read once")]
    let rows: [(&str, &str, &str, &str, &str, bool, u8, Tone, &str, &str, &str); 8] = [
        (
            "社員名簿",
            "Employee list",
            "人事部",
            "HR",
            "事務所のパソコン",
            true,
            2,
            Tone::Danger,
            "2027-03-31",
            "佐藤 直美",
            "Naomi Sato",
        ),
        (
            "社員名簿(紙)",
            "Employee list (paper)",
            "人事部",
            "HR",
            "書類",
            true,
            2,
            Tone::Success,
            "2027-03-31",
            "佐藤 直美",
            "Naomi Sato",
        ),
        (
            "健康診断の結果",
            "Health check results",
            "人事部",
            "HR",
            "書類",
            true,
            2,
            Tone::Success,
            "2027-03-31",
            "佐藤 直美",
            "Naomi Sato",
        ),
        (
            "給与システムのデータ",
            "Payroll data",
            "給与計算担当",
            "Payroll",
            "クラウドサービス",
            true,
            2,
            Tone::Danger,
            "2026-12-31",
            "鈴木 一郎",
            "Ichiro Suzuki",
        ),
        (
            "当社宛請求書",
            "Invoices received",
            "総務部",
            "General affairs",
            "書類",
            false,
            1,
            Tone::Success,
            "2027-03-31",
            "森 幸子",
            "Sachiko Mori",
        ),
        (
            "発行済請求書の控え",
            "Copies of invoices sent",
            "総務部",
            "General affairs",
            "社内サーバー",
            false,
            1,
            Tone::Warning,
            "2027-03-31",
            "森 幸子",
            "Sachiko Mori",
        ),
        (
            "共用メールアドレスで受信した問い合わせと対応の記録",
            "Enquiries received at shared mail addresses",
            "営業部",
            "Sales",
            "可搬電子媒体",
            true,
            2,
            Tone::Danger,
            "2026-12-31",
            "田中 健太郎",
            "Kentaro Tanaka",
        ),
        (
            "旧基幹システムのバックアップ",
            "Backup of the former core system",
            "製造部",
            "Manufacturing",
            "可搬電子媒体",
            false,
            0,
            Tone::Success,
            "",
            "",
            "",
        ),
    ];
    let table = DataTable::new(lang, t("情報資産台帳", "Information assets"), columns).selectable().rows(
        rows.into_iter().enumerate().map(|(index, row)| {
            let (ja, en, dept_ja, dept_en, place, personal, importance, tone, review, owner_ja, owner_en) = row;
            let risk = match tone {
                Tone::Danger => t("大", "High"),
                Tone::Warning => t("中", "Medium"),
                _ => t("小", "Low"),
            };
            Row::new(index.to_string(), lang.pick(ja, en))
                .href("#")
                .text(lang.pick(ja, en))
                .text(lang.pick(dept_ja, dept_en))
                .text(place)
                .cell(if personal { Html::from(Badge::new(t("あり", "Yes"), Tone::Accent)) } else { Html::empty() })
                .text(importance.to_string())
                .cell(Badge::new(risk, tone))
                .text(review)
                .cell(if owner_ja.is_empty() { Html::empty() } else { Html::from(Avatar::new(lang.pick(owner_ja, owner_en))) })
                .retired(index == 7)
        }),
    );
    let bulk = BulkBar::new(lang)
        .action(Button::submit(t("管理部署を変更", "Change department")).secondary().small())
        .action(Button::submit(t("廃止にする", "Retire")).danger().small());
    let filter = FilterBar::new(lang, "#")
        .target("#content")
        .search("q", "", t("名称・備考を検索", "Search name and notes"))
        .select("department", t("管理部署", "Department"), [("hr", t("人事部", "HR")), ("sales", t("営業部", "Sales"))], "hr")
        .select("place", t("保管場所", "Stored in"), [("pc", "PC")], "")
        .select("risk", t("リスク", "Risk"), [("3", t("大", "High"))], "")
        .chip(t("管理部署: 人事部", "Department: HR"), "#")
        .clear("#")
        .end(Button::plain(t("表示する列", "Columns")).icon(Icon::Grid));
    let tabs = Tabs::new(
        t("表示", "Views"),
        vec![
            Tab::new(t("すべて", "All"), "#").active(true).count(86),
            Tab::new(t("重要度2", "Importance 2"), "#").count(27),
            Tab::new(t("1か所にしかない", "In one place only"), "#").count(9),
            Tab::new(t("見直し期限切れ", "Review overdue"), "#").count(3),
        ],
    );
    let main = Html::join([
        Html::from(tabs),
        Html::from(filter),
        el("form")
            .attr("id", "list")
            .attr("method", "post")
            .attr("action", "#")
            .add(table)
            .add(bulk)
            .add(pages(lang, 2, 20, 86, |page| format!("?page={page}")))
            .html(),
    ]);
    Shell {
        lead: Some(
            t(
                "会社が持つ情報と、その置き場所・大切さの一覧です。リスクの計算はここから始まります。",
                "What information the company holds, where it is, and how much it matters. Risk starts here.",
            )
            .into(),
        ),
        actions: Html::join([
            Html::from(Button::link(t("取り込む", "Import"), "#").icon(Icon::Upload)),
            Html::from(Button::link(t("書き出す", "Export"), "#").icon(Icon::Download)),
            Html::from(Button::link(t("資産を登録", "Add an asset"), "#").primary().icon(Icon::Plus)),
        ]),
        crumbs: crate::crumbs(lang, t("情報資産台帳", "Information assets")),
        ..Shell::new(lang, t("情報資産台帳", "Information assets"), main)
    }
}

pub fn empty(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let main = EmptyState::new(t("まだ機器が登録されていません", "No devices yet"))
        .icon(Icon::Device)
        .why(t(
            "機器を登録すると、新しい脆弱性が自社に関係するかどうかを自動で確かめられます。",
            "With your devices here, new vulnerabilities are checked against them for you.",
        ))
        .next([
            t("購入記録や資産管理ソフトの一覧を Excel のまま取り込みます。", "Import the list you already keep in Excel."),
            t("使っている人と置き場所を部署に確認してもらいます。", "Let each department confirm user and place."),
            t("サポート期限のある機器から順に埋めます。", "Start with devices whose support ends."),
        ])
        .actions(Html::join([
            Html::from(Button::link(t("Excel から取り込む", "Import from Excel"), "#").primary().icon(Icon::Upload)),
            Html::from(Button::link(t("1台だけ登録する", "Add one device"), "#")),
        ]));
    let alert = Alert::new(Tone::Info, t("取り込みの途中でした。", "An import was left unfinished."))
        .text(t(
            "11月19日に「pc-list.xlsx」を読み込み、120行のうち3行に直しが必要です。",
            "“pc-list.xlsx” was read on 19 November; 3 of 120 rows need correction.",
        ))
        .actions(Button::link(t("続きから直す", "Continue"), "#").small());
    Shell::new(lang, t("機器台帳", "Devices"), Html::join([Html::from(alert), Html::from(main)]))
}
