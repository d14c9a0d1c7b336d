//! Made-up rows.

use rust_xlsxwriter::{Workbook, XlsxError};

const NAMES: [&str; 10] = [
    "見積書一式",
    "顧客名簿",
    "設計図面",
    "給与明細",
    "検査成績書",
    "契約書",
    "会議の議事録",
    "作業手順書",
    "発注書の控え",
    "問合せの記録",
];
const BUSINESSES: [&str; 6] = ["営業", "人事", "経理", "製造", "総務", "購買"];
const DEPARTMENTS: [&str; 8] = ["営業部", "総務課", "経理課", "加工課", "検査課", "技術部", "品質保証部", "購買課"];
/// The six storage places: as a person writes them, and by code.
const PLACES: [(&str, &str); 6] = [
    ("書類", "paper"),
    ("可搬電子媒体", "removable_media"),
    ("事務所PC", "office_pc"),
    ("モバイル機器", "mobile_device"),
    ("社内サーバー", "internal_server"),
    ("社外サーバー", "external_server"),
];

fn of<T: Copy>(list: &[T], at: usize) -> Option<T> {
    list.get(at.checked_rem(list.len())?).copied()
}

/// The body of an API request that makes an asset.
pub fn json(at: usize) -> String {
    let place = of(&PLACES, at).map_or("paper", |(_, code)| code);
    serde_json::json!({
        "code": format!("J-{at:05}"),
        "business": of(&BUSINESSES, at).unwrap_or_default(),
        "name": format!("{} {at}", of(&NAMES, at / 3).unwrap_or_default()),
        "note": "計測のための行です",
        "users": "部内",
        "storage": place,
        "confidentiality": (at % 3).to_string(),
        "integrity": (at / 3 % 3).to_string(),
        "availability": (at / 9 % 3).to_string(),
        "retention": "5年",
    })
    .to_string()
}

/// A workbook of so many assets in the layout of the IPA sheet.
///
/// # Errors
/// The workbook cannot be written.
pub fn workbook(rows: usize) -> Result<Vec<u8>, XlsxError> {
    let headings = [
        "資産番号",
        "業務分類",
        "情報資産名称",
        "備考",
        "利用者範囲",
        "管理部署",
        "媒体・保存先",
        "個人情報",
        "機密性",
        "完全性",
        "可用性",
        "保存期限",
        "登録日",
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string(0, column, heading)?;
    }
    for at in 0..rows {
        let row = u32::try_from(at).unwrap_or(u32::MAX - 1).saturating_add(1);
        let level = |n: usize| (n % 3).to_string();
        let cells = [
            format!("B{at:06}"),
            of(&BUSINESSES, at).unwrap_or_default().to_owned(),
            format!("{} {at}", of(&NAMES, at / 5).unwrap_or_default()),
            "計測のための行です。髙・①・〜も残ります".to_owned(),
            "部内".to_owned(),
            of(&DEPARTMENTS, at / 7).unwrap_or_default().to_owned(),
            of(&PLACES, at).map_or("書類", |(name, _)| name).to_owned(),
            if at % 4 == 0 { "有" } else { "" }.to_owned(),
            level(at),
            level(at / 3),
            level(at / 9),
            "5年".to_owned(),
            "2026/04/01".to_owned(),
        ];
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    book.save_to_buffer()
}
