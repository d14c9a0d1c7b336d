//! Pages made of one record, and everything else.

use mamori_kernel::{
    lang::{Lang, Words},
    reckoning,
};
use mamori_ui::{
    components::{
        Alert, Badge, Button, Card, Change, Choice, Comment, Comments, Control, Definitions, Dialog, Event, Field, FileItem,
        FileList, JobProgress, Progress, Reckoning, Steps, Tab, Tabs, Timeline, Toolbar, error_summary, form_actions, kbd,
    },
    html::{Html, el},
    icon::Icon,
    shell::{Frame, Shell},
    tone::Tone,
};

fn steps() -> reckoning::Reckoning {
    reckoning::Reckoning::default()
        .step(
            Words::new("重要度", "Importance"),
            Words::new("max(機密性 2, 完全性 0, 可用性 0)", "max(confidentiality 2, integrity 0, availability 0)"),
            Words::new("2", "2"),
            Words::new("IPA 中小企業ガイドライン 付録7", "IPA SME guideline, appendix 7"),
        )
        .step(
            Words::new("被害発生可能性", "Likelihood of harm"),
            Words::new("脅威 3 × 脆弱性 2 の換算表", "table of threat 3 × weakness 2"),
            Words::new("2", "2"),
            Words::new("換算表 第2版(2026年4月)", "Conversion table, version 2 (April 2026)"),
        )
        .step(
            Words::new("リスク値", "Risk value"),
            Words::new("重要度 2 × 被害発生可能性 2", "importance 2 × likelihood 2"),
            Words::new("4(大)", "4 (high)"),
            Words::new("会社の基準: 4以上は大", "Company rule: 4 or more is high"),
        )
}

pub fn detail(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let facts = Definitions::new(lang)
        .columns()
        .text(t("業務分類", "Business"), t("人事", "HR"))
        .text(t("管理部署", "Department"), t("人事部", "HR"))
        .text(t("媒体・保存先", "Stored in"), t("事務所のパソコン", "Office PC"))
        .html(t("個人情報", "Personal data"), crate::tags(&[t("個人情報", "Personal"), t("要配慮個人情報", "Special care")]))
        .text(t("保存期限", "Kept for"), t("退職後5年", "5 years after leaving"))
        .text(t("備考", "Notes"), "");
    let risk = Reckoning::new(lang, Badge::new(t("大 4", "High 4"), Tone::Danger), &steps()).open();
    let event = |who: &str, what: &str, when: &str, tone, changes, note: Option<&str>| Event {
        who: who.into(),
        what: what.into(),
        when: when.into(),
        when_iso: "2026-11-19T15:02:00+09:00".into(),
        changes,
        note: note.map(Into::into),
        tone,
    };
    let history = Timeline::new(
        lang,
        vec![
            event(
                t("森 幸子", "Sachiko Mori"),
                t("重要度を見直し", "reviewed importance"),
                t("昨日 15:02", "yesterday 15:02"),
                Tone::Info,
                vec![Change { field: t("機密性", "Confidentiality").into(), before: "1".into(), after: "2".into() }],
                Some(t("マイナンバーを含むため。", "It holds My Number.")),
            ),
            event(
                t("佐藤 直美", "Naomi Sato"),
                t("棚卸で確認", "confirmed in stocktake"),
                t("11月12日", "12 Nov"),
                Tone::Success,
                vec![],
                None,
            ),
            event("", t("取り込みで登録", "created by import"), t("4月3日", "3 Apr"), Tone::Neutral, vec![], None),
        ],
    );
    let comments = Comments::new(
        lang,
        vec![Comment {
            who: t("佐藤 直美", "Naomi Sato").into(),
            when: t("11月12日", "12 Nov").into(),
            when_iso: "2026-11-12".into(),
            text: t(
                "紙の名簿は来月シュレッダーにかけます。\n立ち会いをお願いします。",
                "The paper list goes to the shredder next month.\nPlease attend.",
            )
            .into(),
            actions: Html::empty(),
        }],
    )
    .writable("#");
    let files = FileList::new(
        lang,
        vec![FileItem {
            name: t("アクセス権一覧.xlsx", "access-rights.xlsx").into(),
            bytes: 48_213,
            href: "#".into(),
            added: t("森 幸子・11月19日", "Sachiko Mori, 19 Nov").into(),
            actions: Html::empty(),
        }],
    );
    let main = Html::join([
        Html::from(Tabs::new(
            t("表示", "Views"),
            vec![
                Tab::new(t("内容", "Details"), "#").active(true),
                Tab::new(t("リスク", "Risks"), "#").count(2),
                Tab::new(t("関連", "Links"), "#").count(5),
                Tab::new(t("履歴", "History"), "#"),
            ],
        )),
        el("div")
            .class("stack")
            .add(Card::new(t("内容", "Details"), facts))
            .add(Card::new(t("リスク値", "Risk value"), risk))
            .add(Card::new(t("添付ファイル", "Files"), files))
            .html(),
    ]);
    Shell {
        crumbs: crate::crumbs(lang, t("社員名簿", "Employee list")),
        marks: Html::join([
            Html::from(Badge::new(t("重要度 2", "Importance 2"), Tone::Caution)),
            Html::from(Badge::new(t("要対応", "Needs treatment"), Tone::Danger).icon(Icon::Warning)),
        ]),
        actions: Html::join([
            Html::from(Button::link(t("編集", "Edit"), "#").icon(Icon::Edit)),
            Html::from(Button::link(t("対応を決める", "Decide treatment"), "#").primary().icon(Icon::Shield)),
        ]),
        aside: Html::join([
            Html::from(Card::new(t("履歴", "History"), history)),
            Html::from(Card::new(t("コメント", "Comments"), comments)),
        ]),
        ..Shell::new(lang, t("社員名簿", "Employee list"), main)
    }
}

pub fn form(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let levels = vec![
        Choice::new("2", t("2 高い", "2 High"))
            .meaning(t("漏れると取引の停止や賠償につながる", "A leak stops business or leads to damages"))
            .tone(Tone::Danger),
        Choice::new("1", t("1 中くらい", "1 Medium"))
            .meaning(t("漏れると業務に大きく影響する", "A leak hurts the work seriously"))
            .tone(Tone::Warning),
        Choice::new("0", t("0 低い", "0 Low"))
            .meaning(t("漏れても業務にほとんど影響しない", "A leak hardly matters"))
            .tone(Tone::Success),
    ];
    let errors = [(
        "review".to_owned(),
        t("見直し日", "Review date").to_owned(),
        t("2026-02-30 は存在しない日付です。", "2026-02-30 does not exist.").to_owned(),
    )];
    let departments = vec![Choice::new("hr", t("人事部", "HR")), Choice::new("sales", t("営業部", "Sales"))];
    let fields = Html::join([
        Html::from(
            Field::text(lang, "name", t("情報資産名称", "Name"), t("社員名簿", "Employee list"))
                .required(true)
                .help(t("社内でふだん使っている呼び名を書きます。", "The name that people in the company use.")),
        ),
        el("div")
            .class("form-columns")
            .add(
                Field::new(
                    lang,
                    "dept",
                    t("管理部署", "Department"),
                    Control::Select {
                        value: "hr".into(),
                        choices: departments.clone(),
                        blank: Some(t("選んでください", "Choose").into()),
                    },
                )
                .required(true),
            )
            .add(
                Field::new(
                    lang,
                    "owner",
                    t("管理者", "Owner"),
                    Control::Combobox {
                        value: String::new(), choices: vec![Choice::new(t("佐藤 直美", "Naomi Sato"), "HR")]
                    },
                )
                .help(t("名前かふりがなを入力します。", "Type a name or its reading.")),
            )
            .html(),
        Html::from(
            Field::new(lang, "c", t("機密性", "Confidentiality"), Control::Radios { value: "2".into(), choices: levels })
                .required(true)
                .help(t(
                    "外に漏れたとき、会社や本人にどんな影響がありますか。",
                    "What happens to the company or the person if it leaks?",
                )),
        ),
        el("div")
            .class("form-columns")
            .add(
                Field::new(
                    lang,
                    "review",
                    t("見直し日", "Review date"),
                    Control::Text { value: "2026-02-30".into(), kind: "text" },
                )
                .error(Some(t(
                    "2026-02-30 は存在しない日付です。2026-02-28 のように入力してください。",
                    "2026-02-30 does not exist. Enter a day such as 2026-02-28.",
                ))),
            )
            .add(Field::new(lang, "from", t("作成日", "Created on"), Control::Date { value: "2026-04-01".into() }))
            .add(Field::new(
                lang,
                "people",
                t("対象の人数", "People concerned"),
                Control::Number { value: "48".into(), unit: Some(t("人", "people").into()), min: Some(0), max: None },
            ))
            .add(Field::new(lang, "cost", t("対策の費用", "Cost"), Control::Yen { value: "120,000".into() }))
            .html(),
        Html::from(Field::new(
            lang,
            "kinds",
            t("個人情報の種類", "Kinds of personal data"),
            Control::Checks {
                values: vec!["p".into()],
                choices: vec![Choice::new("p", t("個人情報", "Personal data")), Choice::new("m", t("マイナンバー", "My Number"))],
            },
        )),
        Html::from(Field::new(lang, "note", t("備考", "Notes"), Control::Area { value: String::new(), rows: 3 })),
        Html::from(
            Field::new(lang, "file", t("添付ファイル", "Files"), Control::File { accept: ".xlsx,.pdf".into(), multiple: true })
                .help(t("20 MB まで。", "Up to 20 MB.")),
        ),
        Html::from(Field::new(
            lang,
            "one",
            t("写しはなく、ここにしかない", "Exists here only, no copy"),
            Control::Check { checked: true },
        )),
        Html::from(Field::new(
            lang,
            "imp",
            t("重要度", "Importance"),
            Control::Shown(Html::from(Reckoning::new(lang, Badge::new("2", Tone::Caution), &steps()))),
        )),
        form_actions([Button::submit(t("保存する", "Save")), Button::link(t("取り消す", "Cancel"), "#").quiet()]),
    ]);
    let main = Html::join([
        Html::from(Steps::at(lang, [t("会社", "Company"), t("資産の内容", "Asset"), t("確認", "Check")], 1)),
        error_summary(lang, &errors),
        el("hr").html(),
        el("form").class("form").attr("method", "post").attr("data-dirty", "").flag("novalidate", true).add(fields).html(),
    ]);
    Shell {
        crumbs: crate::crumbs(lang, t("編集", "Edit")), ..Shell::new(lang, t("情報資産を編集", "Edit an asset"), main)
    }
}

pub fn kit(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let buttons = el("div")
        .class("stack")
        .add(el("div").class("cluster").each([
            Button::submit(t("保存する", "Save")),
            Button::plain(t("取り消す", "Cancel")),
            Button::plain(t("あとで", "Later")).quiet(),
            Button::plain(t("廃止にする", "Retire")).danger().icon(Icon::Trash),
            Button::plain(t("承認", "Approve")).refused(t("作成者は承認できません", "The author cannot approve")),
        ]))
        .add(el("div").class("cluster").each([
            Button::plain(t("小さい", "Small")).small(),
            Button::plain(t("小さい", "Small")).small().primary().icon(Icon::Check),
            Button::plain(t("もっと", "More")).icon_only(Icon::More),
            Button::plain(t("編集", "Edit")).quiet().icon_only(Icon::Edit),
        ]))
        .add(el("div").class("cluster").each(Tone::ALL.map(|tone| Badge::new(tone.name(), tone))))
        .add(el("p").add(kbd(&["Ctrl", "K"])));
    let alerts = Html::join(
        [Tone::Info, Tone::Success, Tone::Warning, Tone::Caution, Tone::Danger, Tone::Accent, Tone::Neutral].map(|tone| {
            Html::from(
                Alert::new(
                    tone,
                    t("100人を超える会社に監査の責任者がいません。", "No head of audit in a company of more than 100."),
                )
                .text(t(
                    "監査の責任者を任命するか、兼務の理由を記録してください。",
                    "Appoint one, or record why the role is shared.",
                )),
            )
        }),
    );
    let dialog = Dialog::new(
        lang,
        "demo",
        t("棚卸を始めますか", "Start the stocktake?"),
        el("p").text(t(
            "6部署・86件に確認を依頼します。メールは明日の朝に送られます。",
            "86 rows in 6 departments will be sent for confirmation tomorrow morning.",
        )),
    )
    .actions(Html::join([
        Html::from(Button::plain(t("取り消す", "Cancel")).attr("data-dialog-close", "")),
        Html::from(Button::submit(t("始める", "Start"))),
    ]));
    let progress = Html::join([
        Html::from(Progress::new(t("製造部", "Manufacturing"), 34, 38).tone(Tone::Success)),
        Html::from(Progress::new(t("営業部", "Sales"), 11, 23).tone(Tone::Warning)),
        Html::from(JobProgress::running(lang, "job.html", t("取り込み中", "Importing"), 4_200, 10_000)),
    ]);
    let main = el("div")
        .class("stack")
        .add(Html::from(
            Toolbar::new()
                .start(Html::from(dialog.opener(t("棚卸を始める", "Start a stocktake"), "#").primary()))
                .end(Html::from(Button::plain(t("印刷", "Print")).icon(Icon::Print).attr("data-print", ""))),
        ))
        .add(Card::new(t("ボタンと印", "Buttons and badges"), buttons))
        .add(Card::new(t("お知らせ", "Messages"), alerts))
        .add(Card::new(t("進み具合", "Progress"), progress))
        .add(Html::from(dialog));
    Shell { flashes: vec![crate::saved(lang)], ..Shell::new(lang, t("部品の見本", "Component kit"), main) }
}

pub fn login(lang: Lang) -> Shell {
    let t = |ja: &'static str, en: &'static str| lang.pick(ja, en);
    let main = el("form")
        .attr("method", "post")
        .add(Field::text(lang, "name", t("ユーザー名", "User name"), "").attr("autocomplete", "username"))
        .add(
            Field::new(lang, "password", t("パスワード", "Password"), Control::Text { value: String::new(), kind: "password" })
                .attr("autocomplete", "current-password")
                .help_html(el("a").attr("href", "#").text(t("パスワードを忘れたとき", "Forgot it?"))),
        )
        .add(form_actions([Button::submit(t("ログイン", "Sign in"))]));
    Shell {
        frame: Frame::Bare,
        lead: Some(t("株式会社守山精機", "Moriyama Seiki Co., Ltd.").into()),
        ..Shell::new(lang, t("ログイン", "Sign in"), main)
    }
}
