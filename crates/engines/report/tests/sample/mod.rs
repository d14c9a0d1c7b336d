//! The worked document of the tests: an asset risk report of a made-up company with every block.

#![allow(dead_code)]

use jiff::civil::date;
use mamori_kernel::lang::Lang;
use mamori_report::doc::*;
use mamori_report::tone::{Colour, Tone};

/// A heat map as the chart crate draws it: Japanese labels, no font named.
pub const CHART: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" width="480" height="240">
<g font-size="13" text-anchor="middle">
<rect x="110" y="20" width="110" height="60" fill="#fbf5e0"/><rect x="222" y="20" width="110" height="60" fill="#fdeeee"/><rect x="334" y="20" width="110" height="60" fill="#ffbbbb"/>
<rect x="110" y="82" width="110" height="60" fill="#e6f5ec"/><rect x="222" y="82" width="110" height="60" fill="#fbf5e0"/><rect x="334" y="82" width="110" height="60" fill="#fdeeee"/>
<rect x="110" y="144" width="110" height="60" fill="#e6f5ec"/><rect x="222" y="144" width="110" height="60" fill="#e6f5ec"/><rect x="334" y="144" width="110" height="60" fill="#fbf5e0"/>
<text x="165" y="55">2</text><text x="277" y="55">5</text><text x="389" y="55" font-weight="bold">3</text>
<text x="165" y="117">8</text><text x="277" y="117">6</text><text x="389" y="117">4</text>
<text x="165" y="179">14</text><text x="277" y="179">5</text><text x="389" y="179">1</text>
<text x="165" y="222">低い</text><text x="277" y="222">ふつう</text><text x="389" y="222">高い</text>
<text x="100" y="55" text-anchor="end">重要度 大</text><text x="100" y="117" text-anchor="end">中</text><text x="100" y="179" text-anchor="end">小</text>
</g></svg>"##;

pub fn meta() -> Meta {
    let stamp = |label: &str, name: &str, day| StampBox { label: label.into(), name: name.into(), date: day };
    Meta {
        lang: Lang::Ja,
        title: "情報資産リスク報告書".into(),
        subtitle: "2026年度 上期（4月～9月）".into(),
        company: "株式会社 大和精機".into(),
        doc_number: "ISMS-R-2026-003".into(),
        version: "1.1".into(),
        date: Some(date(2026, 11, 20)),
        author: "情報システム課　髙﨑 美咲".into(),
        classification: "社外秘".into(),
        approvals: vec![
            stamp("承認", "大和 一郎", None),
            stamp("審査", "小笠原 健太郎", Some(date(2026, 11, 19))),
            stamp("作成", "髙﨑 美咲", Some(date(2026, 11, 18))),
        ],
        history: vec![
            Revision {
                version: "1.0".into(),
                date: Some(date(2026, 10, 30)),
                summary: "初版作成".into(),
                author: "髙﨑 美咲".into(),
                approver: "大和 一郎".into(),
            },
            Revision {
                version: "1.1".into(),
                date: Some(date(2026, 11, 18)),
                summary: "製造部の棚卸結果を反映し、図面データの評価を見直した。".into(),
                author: "髙﨑 美咲".into(),
                approver: String::new(),
            },
        ],
    }
}

pub fn level(text: &str) -> Cell {
    let tone = match text {
        "大" => Tone::Danger,
        "中" => Tone::Warning,
        _ => Tone::Success,
    };
    Cell::new(text).tone(tone).bold()
}

fn risks() -> Table {
    let mut table = Table::new([
        ("情報資産", Width::Weight(3.0), Align::Left),
        ("管理部署", Width::Weight(1.6), Align::Left),
        ("重要度", Width::Millimetres(15.0), Align::Centre),
        ("発生可能性", Width::Millimetres(20.0), Align::Centre),
        ("リスク値", Width::Millimetres(17.0), Align::Right),
        ("判定", Width::Millimetres(13.0), Align::Centre),
    ])
    .captioned("対応を急ぐリスク");
    for (name, department, importance, likelihood, value, verdict) in [
        ("顧客名簿（営業部ファイルサーバー）", "営業部", "2", "3", "6", "大"),
        ("図面データ（CAD）", "設計課", "2", "2", "4", "中"),
        ("従業員名簿・給与データ", "総務部", "2", "2", "4", "中"),
        ("取引先との契約書（紙）", "総務部", "1", "1", "1", "小"),
    ] {
        table.row([
            Cell::new(name),
            Cell::new(department),
            Cell::new(importance),
            Cell::new(likelihood),
            Cell::new(value).bold(),
            level(verdict),
        ]);
    }
    table
}

/// A ledger of the given number of rows with a grouped heading.
pub fn ledger(rows: usize) -> Table {
    let mut table = Table::new([
        ("No.", Width::Millimetres(10.0), Align::Right),
        ("業務分類", Width::Weight(1.2), Align::Left),
        ("情報資産名称", Width::Weight(2.6), Align::Left),
        ("管理部署", Width::Weight(1.3), Align::Left),
        ("媒体・保存先", Width::Weight(1.7), Align::Left),
        ("機密性", Width::Millimetres(11.0), Align::Centre),
        ("完全性", Width::Millimetres(11.0), Align::Centre),
        ("可用性", Width::Millimetres(11.0), Align::Centre),
        ("重要度", Width::Millimetres(11.0), Align::Centre),
        ("登録日", Width::Millimetres(17.0), Align::Centre),
        ("備考", Width::Weight(2.4), Align::Left),
    ])
    .captioned("情報資産管理台帳")
    .small();
    table.header = vec![
        vec![
            HeaderCell::tall("No.", 2),
            HeaderCell::tall("業務分類", 2),
            HeaderCell::tall("情報資産名称", 2),
            HeaderCell::tall("管理部署", 2),
            HeaderCell::tall("媒体・保存先", 2),
            HeaderCell::group("評価値", 3),
            HeaderCell::tall("重要度", 2),
            HeaderCell::tall("登録日", 2),
            HeaderCell::tall("備考", 2),
        ],
        vec![HeaderCell::new("機密性"), HeaderCell::new("完全性"), HeaderCell::new("可用性")],
    ];
    for number in 1..=rows {
        table.row([
            Cell::new(number.to_string()),
            Cell::new(["人事", "経理", "営業", "製造"][number % 4]),
            Cell::new(["社員名簿", "給与システムデータ", "顧客名簿（㈱・㈲を含む）", "加工プログラム Ⅳ①"][number % 4]),
            Cell::new(["総務部", "経理課", "営業部", "製造部 第一工場"][number % 4]),
            Cell::new(
                ["書類", "社内サーバー", "可搬電子媒体", "https://files.yamato-seiki.example.co.jp/share/nc_program"][number % 4],
            ),
            Cell::new("2"),
            Cell::new((number % 3).to_string()),
            Cell::new("1"),
            Cell::new("2").fill(Colour(if number % 5 == 0 { 0xce_0000 } else { 0xff_e380 })),
            Cell::new("2026/04/01"),
            Cell::new(if number % 7 == 0 {
                "退職者の分は3年後に廃棄します。\n保管は施錠書庫。"
            } else {
                ""
            }),
        ]);
    }
    table.rows.push(vec![Cell::new("合計").bold().span(5), Cell::new(format!("{rows}件")).span(6).align(Align::Right)]);
    table
}

/// Every block once.
pub fn document() -> Document {
    let mut document = Document::new(meta());
    document
        .push(Block::heading(1, "要約"))
        .push(Block::Paragraph(vec![
            Inline::plain("当社が扱う情報資産"),
            Inline::strong("48件"),
            Inline::plain("を点検した結果、すぐに手を打つべきリスクが"),
            Inline { text: "3件".into(), strong: true, tone: Some(Tone::Danger) },
            Inline::plain("見つかりました。いずれも、外部からの攻撃で顧客や取引先の情報が漏れるおそれがあるものです。対策の費用は合計120万円で、12月末までに終えられる見込みです。"),
        ]))
        .push(Block::Stats(vec![
            Stat { label: "情報資産".into(), value: "48件".into(), note: "前期より +6件".into(), tone: Tone::Neutral },
            Stat { label: "リスク大".into(), value: "3件".into(), note: "前期 5件".into(), tone: Tone::Danger },
            Stat { label: "対策の完了率".into(), value: "72.5%".into(), note: "目標 80%".into(), tone: Tone::Warning },
            Stat { label: "棚卸の回答".into(), value: "12/12部署".into(), note: "11月14日に完了".into(), tone: Tone::Success },
        ]))
        .push(Block::callout(
            Tone::Danger,
            "ご判断いただきたいこと",
            "顧客名簿を置いているファイルサーバーの更新（80万円）を、今期の予備費で行うことの承認をお願いします。更新しない場合、保守が2027年1月に切れ、弱点が見つかっても直せなくなります。",
        ))
        .push(Block::heading(1, "リスクの全体像"))
        .push(Block::heading(2, "どこにリスクが集まっているか"))
        .push(Block::Figure(Figure {
            svg: CHART.into(),
            width: 78,
            caption: "重要度と被害発生可能性の分布".into(),
            alt: "重要度が大きく発生可能性も高い資産が3件ある。".into(),
            data_table: None,
        }))
        .push(Block::heading(2, "急いで対応するもの"))
        .push(Block::Table(risks()))
        .push(Block::heading(3, "評価の方法"))
        .push(Block::Columns(vec![
            Panel {
                weight: 1.0,
                blocks: vec![
                    Block::text("リスク値は、重要度と被害発生可能性を掛けて求めます。"),
                    Block::bullets(["重要度：機密性・完全性・可用性の最大値", "被害発生可能性：脅威と脆弱性から換算", "リスク値：0から6まで"]),
                ],
            },
            Panel {
                weight: 1.0,
                blocks: vec![Block::key_values([("評価方式", "IPA方式（0～2）"), ("対象", "全部署"), ("評価日", "2026年11月14日")])],
            },
        ]))
        .push(Block::heading(1, "対策の計画"))
        .push(Block::numbered([
            "ファイルサーバーを更新し、閲覧できる人を営業部に絞ります（12月12日、情報システム課）。",
            "設計課の持ち出し用USBメモリを暗号化された製品に替えます。これまで使っていたものは回収し、データを消去したことを記録します（11月28日、設計課）。",
            "給与データの控えを別の建物に置きます（12月26日、総務部）。",
        ]))
        .push(Block::callout(Tone::Info, "", "この報告書の数字は、すべて台帳から計算しています。根拠は各資産の画面で確認できます。"))
        .push(Block::callout(Tone::Success, "前期の宿題", "多要素認証は全員の設定が終わりました。"))
        .push(Block::callout(Tone::Warning, "期限が近いもの", "委託先2社の契約更新が12月にあります。"))
        .push(Block::callout(Tone::Neutral, "参考", "ISO/IEC 27001:2022 の箇条 6.1.2 に対応します。"))
        .push(Block::PageBreak)
        .push(Block::Landscape(vec![Block::heading(1, "情報資産管理台帳"), Block::Table(ledger(40))]));
    document
}
