//! Every chart.

use mamori_kernel::lang::Lang;
use mamori_ui::{
    charts::{Bar, HeatCell, HeatMap, OrganisationBox, Part, Series, bars, donut, heat_map, line, organisation, ring},
    components::Card,
    html::{Html, el},
    shell::Shell,
    tone::Tone,
};

pub fn page(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let cell = |count: u64, value: u64| HeatCell {
        count,
        tone: match value {
            0..=1 => Tone::Success,
            2..=3 => Tone::Warning,
            _ => Tone::Danger,
        },
        note: format!("{} {value}", t("リスク値", "Risk")),
        href: Some("#".into()),
    };
    let cells = vec![
        vec![cell(0, 2), cell(9, 4), cell(4, 6)],
        vec![cell(12, 1), cell(21, 2), cell(2, 3)],
        vec![cell(20, 0), cell(14, 0), cell(0, 0)],
    ];
    let map = heat_map(&HeatMap {
        title: t("リスクの分布", "Risks by importance and likelihood"),
        vertical: t("重要度", "Importance"),
        row_labels: &[t("2 高い", "2 High"), t("1 中くらい", "1 Medium"), t("0 低い", "0 Low")],
        horizontal: t("被害発生可能性", "Likelihood of harm"),
        column_labels: &[
            t("1 低い", "1 Low"),
            t("2 中くらい", "2 Medium"),
            t("3 高い(通常の状態で発生する)", "3 High (happens as things are)"),
        ],
        cells: &cells,
    });
    let parts = [
        Part::new(t("大", "High"), 15, Tone::Danger),
        Part::new(t("中", "Medium"), 21, Tone::Warning),
        Part::new(t("小", "Low"), 46, Tone::Success),
    ];
    let places = [
        Bar::new(t("個人所有のスマートフォン・タブレット端末", "Privately owned phones and tablets"), 15)
            .tone(Tone::Danger)
            .href("#"),
        Bar::new(t("可搬電子媒体", "Removable media"), 9).tone(Tone::Caution),
        Bar::new(t("クラウドサービス", "Cloud services"), 6).tone(Tone::Warning),
        Bar::new(t("書類", "Paper"), 0),
    ];
    let months = [
        t("4月", "Apr"),
        t("5月", "May"),
        t("6月", "Jun"),
        t("7月", "Jul"),
        t("8月", "Aug"),
        t("9月", "Sep"),
        t("10月", "Oct"),
        t("11月", "Nov"),
    ];
    let lines = line(
        t("リスクの推移", "Risks over time"),
        &months,
        &[
            Series::new(t("大", "High"), vec![Some(22), Some(21), Some(21), Some(18), Some(17), Some(15), Some(12), Some(9)]),
            Series::new(t("対応済み", "Treated"), vec![Some(0), Some(1), None, None, Some(6), Some(9), Some(14), Some(18)]),
        ],
    );
    let none = Vec::<String>::new;
    let leads =
        |ja: &[&str], en: &[&str]| lang.pick(ja.first().copied().unwrap_or(""), en.first().copied().unwrap_or("")).to_owned();
    let team = organisation(
        t("平時の体制図", "Organisation in peace"),
        t("未任命", "Vacant"),
        t("役割", "Role"),
        t("氏名", "Name"),
        &[OrganisationBox::new(
            t("最高情報セキュリティ責任者(CISO)", "Chief information security officer"),
            [t("守山 健一", "Kenichi Moriyama")],
        )
        .note(t("代理: 専務 守山 洋子", "Deputy: Yoko Moriyama"))
        .below(vec![
            OrganisationBox::new(t("情報セキュリティ責任者", "Head of information security"), [t("森 幸子", "Sachiko Mori")])
                .below(
                    [
                        ("製造部門", "Manufacturing", "山田 太郎", "Taro Yamada"),
                        ("営業部門", "Sales", "田中 健太郎", "Kentaro Tanaka"),
                        ("総務部門", "General affairs", "森 幸子", "Sachiko Mori"),
                        ("品質保証部門", "Quality", "", ""),
                    ]
                    .map(|(ja, en, who_ja, who_en)| {
                        let who = leads(&[who_ja], &[who_en]);
                        OrganisationBox::new(
                            format!("{} {}", lang.pick(ja, en), t("責任者", "lead")),
                            if who.is_empty() { none() } else { vec![who] },
                        )
                    })
                    .to_vec(),
                ),
            OrganisationBox::new(
                t("システム管理者", "System administrator"),
                [t("鈴木 一郎", "Ichiro Suzuki"), t("株式会社ネットサポート(委託)", "Net Support Inc. (contractor)")],
            ),
            OrganisationBox::new(t("監査責任者", "Head of audit"), none()),
        ])],
    );
    let rings = el("div").class("cluster").each([
        ring(t("製造部", "Manufacturing"), 38, 38, Tone::Success).picture(),
        ring(t("営業部", "Sales"), 11, 23, Tone::Warning).picture(),
        ring(t("総務部", "General affairs"), 0, 0, Tone::Neutral).picture(),
    ]);
    let card = |title: &str, body: Html| Html::from(Card::new(title, body));
    let main = el("div")
        .class("stack")
        .add(
            el("div")
                .class("grid")
                .add(card(t("リスクの分布", "Where the risks are"), map.figure(lang)))
                .add(card(
                    t("リスクの大きさ", "How large"),
                    Html::join([donut(t("リスクの大きさ", "Risk"), t("件", "risks"), &parts).figure(lang), rings.html()]),
                ))
                .add(card(
                    t("保管場所ごとの件数", "By place"),
                    bars(t("リスクの件数", "Risks"), t("保管場所", "Place"), t("件", ""), &places).figure(lang),
                ))
                .add(card(t("推移", "Over time"), lines.figure(lang))),
        )
        .add(card(
            t("平時の体制図", "Organisation in peace"),
            el("div").class("chart-wide").attr("tabindex", "0").add(team.figure(lang)).html(),
        ));
    Shell::new(lang, t("リスク一覧", "Risks"), main)
}
