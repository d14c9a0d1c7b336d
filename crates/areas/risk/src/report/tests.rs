//! The reports of a company with a register: what they say, in every format, empty and large.

use jiff::civil::{Date, date};
use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Value, Values};
use mamori_report::{Document, RenderOptions, render};
use mamori_store::args;

use super::{Format, Kind, Options, files, issue_of, last_of, make, plan, register, residual};
use crate::tests::house::{House, now};

const MINE: [Kind; 3] = [Kind::Assessment, Kind::Plan, Kind::Residual];

/// Adds a row on an earlier day.
async fn on(house: &House, instant: &str, ledger: &str, values: Values) -> String {
    let mut tx = house.db.tx(house.officer(), instant.parse().unwrap()).await.unwrap();
    let shape = Shape::load(house.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
    let record = ops::create(&house.registry, &mut tx, &shape, values, None, Gate::Program).await.unwrap();
    tx.commit().await.unwrap();
    record.meta.id
}

fn risk(house: &House, title: &str, [asset, threat, weakness, likelihood]: [i64; 4]) -> Values {
    Values::default()
        .with("title", title)
        .with("department", house.personnel.as_str())
        .with("owner", house.kimura.as_str())
        .with("asset_value", asset)
        .with("threat_level", threat)
        .with("weakness_level", weakness)
        .with("likelihood", likelihood)
}

fn list(ids: &[&str]) -> Value {
    Value::List(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn measure(house: &House, title: &str, risk: &str, due: Date) -> Values {
    Values::default()
        .with("title", title)
        .with("risks", list(&[risk]))
        .with("policy", "reduce")
        .with("measure", "手順書のとおりに設定し、全員に知らせる")
        .with("kind", "technical")
        .with("factor", "likelihood")
        .with("lowers_to", 1)
        .with("owner", house.kimura.as_str())
        .with("due", due)
        .with("state", "planned")
}

/// A company with a register in which everything occurs: above and below, treated, accepted, back, not judged.
async fn filled(house: &House) {
    house.seed().await;
    house.answer_all("partial").await;
    let assets = house.samples().await;
    let threats = {
        let mut view = house.view(house.officer()).await;
        crate::threat::queries::by_code(&mut view, "wrong_recipient").await.unwrap()
    };
    // Three months before: one risk above the limits.
    let old = "2026-08-03T03:00:00Z";
    let phishing = risk(house, "偽のログイン画面にだまされ、クラウドのメールを丸ごと盗み見られる", [2, 2, 2, 3])
        .with("assets", list(&[&assets[7], &assets[6]]))
        .with("policy", "reduce")
        .with("weakness_before", 2)
        .with("likelihood_before", 3)
        .with("likelihood_target", 1)
        .with("impact", "heavy")
        .with("frequency", "often")
        .with("persons", 50_000)
        .with("exposure", 1)
        .with("per_person", 30_000)
        .with("occurrences", "1/5");
    let phishing = on(house, old, "scenario", phishing).await;
    let paper = on(
        house,
        old,
        "scenario",
        risk(house, "健康診断の結果を机に置いたまま帰り、来客に読まれる", [2, 1, 2, 2]).with("assets", list(&[&assets[2]])),
    )
    .await;
    // Now: two more above, one of them with nothing decided.
    let mut mail = risk(house, "社員名簿を宛先違いで取引先に送る", [2, 2, 2, 3]).with("assets", list(&[&assets[0]]));
    if let Some(threat) = threats {
        mail = mail.with("threat", threat.as_str());
    }
    house.add("scenario", mail).await;
    let money = risk(house, "給与システムが止まり、支払いが遅れる", [1, 1, 2, 2])
        .with("assets", list(&[&assets[3]]))
        .with("loss_value", 8_000_000)
        .with("exposure", 50)
        .with("occurrences", "1")
        .with("policy", "transfer");
    let money = house.add("scenario", money).await.meta.id;
    house.add("scenario", Values::default().with("title", "退職者のアカウントが残り、外から使われる")).await;
    let rare = house
        .add("scenario", risk(house, "請求書の控えを紛失する", [1, 1, 1, 1]).with("assets", list(&[&assets[4]])))
        .await
        .meta
        .id;

    let cost = |values: Values, class: &str, once: i64, yearly: i64, years: i64| {
        values.with("cost_class", class).with("cost", once).with("yearly_cost", yearly).with("years", years)
    };
    let mfa =
        measure(house, "クラウドのメールに多要素認証を付け、外からのログインを社給端末だけに限る", &phishing, date(2026, 12, 20));
    let mfa = house.add("treatment", cost(mfa, "before", 96_000, 36_000, 3).with("starts", date(2026, 10, 1))).await.meta.id;
    let watch = measure(house, "ログイン通知を有効にする", &phishing, date(2026, 9, 30)).with("already_owned", true);
    house.add("treatment", watch).await;
    let backup = measure(house, "給与データを毎日、別の場所に控える", &money, date(2027, 6, 30));
    house.add("treatment", cost(backup, "run", 240_000, 120_000, 5).with("kind", "physical")).await;
    let done = measure(house, "施錠できる棚を人事部に置く", &paper, date(2026, 10, 31)).with("factor", "weakness");
    let done = done.with("state", "done").with("done_on", date(2026, 10, 28)).with("cost", 48_000);
    house.add("treatment", done).await;
    let standing_in = measure(house, "ログインの記録を毎週二人で見る", &phishing, date(2026, 11, 30))
        .with("compensates", mfa.as_str())
        .with("why_not", "古い複合機が多要素認証に対応していない")
        .with("kind", "organizational");
    house.add("treatment", standing_in).await;
    let everyone = measure(house, "全社員に標的型メールの訓練をする", "", date(2027, 2, 26)).with("risks", list(&[]));
    house.add("treatment", everyone.with("kind", "human")).await;
    house.change("scenario", &paper, Values::default().with("weakness_after", 1).with("likelihood_after", 1)).await.unwrap();
    let insurance = Values::default()
        .with("name", "サイバー保険（標準プラン）")
        .with("kind", "insurance")
        .with("provider", "あけぼの損害保険")
        .with("risks", list(&[&money]))
        .with("covers", list(&["investigation", "call_centre", "damages"]))
        .with("not_covered", "身代金、委託先だけに責任がある損害")
        .with("limit_yen", 50_000_000)
        .with("premium", 180_000)
        .with("ends", date(2027, 3, 31));
    house.add("insurance", insurance).await;

    let accepted = house.draft(house.officer(), &rare).await.unwrap();
    house.accept(&accepted.meta.id).await;
    let grows = house.risk(1).await.meta.id;
    let back = house.draft(house.officer(), &grows).await.unwrap();
    house.accept(&back.meta.id).await;
    house.change("scenario", &grows, Values::default().with("likelihood", 2)).await.unwrap();
    let scope = Values::default()
        .with("scope", "人事・給与")
        .with("approach", "detailed")
        .with("reason", "全社員の個人情報を扱い、止まると支払いができない")
        .with("decided_on", date(2026, 4, 10))
        .with("decided_by", house.hino.as_str());
    house.add("approach", scope).await;
}

async fn document(house: &House, kind: Kind, options: Options, lang: Lang) -> Document {
    let mut view = house.view(house.officer()).await;
    files::set(&mut view, &house.registry, now(), kind, options, lang).await.unwrap()
}

async fn file(house: &House, kind: Kind, format: Format, lang: Lang) -> super::File {
    let mut view = house.view(house.officer()).await;
    make(&mut view, &house.registry, now(), (kind, format), Options::default(), lang).await.unwrap()
}

/// Everything that is printed, one text after the other.
fn text(document: &Document) -> String {
    format!("{document:?}")
}

#[tokio::test]
async fn every_report_comes_in_every_format_and_language() {
    for house in House::each().await {
        filled(&house).await;
        for (kind, lang) in MINE.into_iter().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang))) {
            let printed = document(&house, kind, Options::default(), lang).await;
            let said = text(&printed);
            assert!(!said.contains('⟦'), "a sentence is missing: {}", &said[said.find('⟦').unwrap()..][..60]);
            let made = render(&printed, &RenderOptions { now: now().to_zoned(mamori_kernel::time::zone()) }).unwrap();
            assert!(made.pages >= 4 && made.warnings.is_empty(), "{} {:?}", made.pages, made.warnings);
            for format in Format::ALL {
                let made = file(&house, kind, format, lang).await;
                let begins: &[u8] = if format == Format::Pdf { b"%PDF" } else { b"PK" };
                assert!(made.bytes.starts_with(begins) && made.name.ends_with(format.ending()), "{}", made.name);
                if let Ok(folder) = std::env::var("MAMORI_REPORT_OUT") {
                    std::fs::write(format!("{folder}/{}-{}.{}", kind.code(), lang.code(), format.ending()), &made.bytes).unwrap();
                }
            }
        }
        let mut view = house.view(house.officer()).await;
        let wanted = (Kind::AssetRisk, Format::Docx);
        let refused = make(&mut view, &house.registry, now(), wanted, Options::default(), Lang::Ja).await;
        assert!(matches!(refused, Err(Error::Refused(words)) if words.ja.contains(".pdf、.xlsx")));
    }
}

#[tokio::test]
async fn a_company_without_risks_is_told_so() {
    for house in House::each().await {
        for (kind, lang) in MINE.into_iter().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang))) {
            let empty = document(&house, kind, Options::default(), lang).await;
            assert!(!text(&empty).contains('⟦'));
            for format in Format::ALL {
                let made = file(&house, kind, format, lang).await;
                if let Ok(folder) = std::env::var("MAMORI_REPORT_OUT") {
                    std::fs::write(format!("{folder}/empty-{}-{}.{}", kind.code(), lang.code(), format.ending()), &made.bytes)
                        .unwrap();
                }
            }
        }
        assert!(text(&document(&house, Kind::Assessment, Options::default(), Lang::Ja).await).contains("まだ評価がありません"));
        let residual = text(&document(&house, Kind::Residual, Options::default(), Lang::Ja).await);
        assert!(
            residual.contains("リスク登録簿に、まだリスクがありません") && !residual.contains("すべて対応か受容の決定があります")
        );
    }
}

#[tokio::test]
async fn the_assessment_says_what_the_register_says() {
    for house in House::each().await {
        filled(&house).await;
        let mut view = house.view(house.officer()).await;
        let source = register::collect(&mut view, now(), Options::default()).await.unwrap();
        let totals = &source.totals;
        // 24, 24 and 400万円 a year lie above; 8, 4, 1 and 16 (150万円) below; one is not judged.
        assert_eq!((totals.risks, totals.above, totals.acceptable, totals.unknown()), (7, 3, 3, 1));
        // 50,000人 × 1% × 30,000円 × 1/5 = 300万円 is above the limit as well as its score.
        assert_eq!((totals.priced, totals.ale), (3, 3_000_000 + 4_000_000 + 1_500_000));
        assert_eq!((totals.untreated, totals.accepted), (1, 1));
        let said = text(&register::document(&source, Lang::Ja));
        for words in [
            "登録しているリスク7件のうち、会社の受容基準を超えるものが3件あります",
            "年に合計8,500,000円",
            "資産価値 2 × 脅威 2 × 脆弱性 2 × 発生可能性 3 = 24",
            "24 > 17 点数の上限",
            "3,000,000円 > 2,000,000円 年間予想損失額の上限",
            "詳細リスク分析",
            "2026年8月20日",
            "1件から3件に、2件増えました",
            "退職者のアカウントが残り",
        ] {
            assert!(said.contains(words), "{words}\n{said}");
        }
        assert!(source.threats.iter().any(|group| group.name == "誤送信(宛先)" && group.above == 1), "{:?}", source.threats);
        // Six sample assets are named by risks; two are not.
        assert_eq!(source.uncovered.count, 2);
        assert_eq!(source.departments[0].above, 3);
        let above: i64 = source.cells.iter().map(|cell| cell.above).sum();
        assert_eq!((above, source.cells.iter().map(|cell| cell.risks).sum::<i64>()), (3, 7));
    }
}

#[tokio::test]
async fn the_report_compares_with_the_one_before() {
    for house in House::each().await {
        filled(&house).await;
        let issue = |instant: &'static str, revision: bool| {
            let house = &house;
            async move {
                let mut tx = house.db.tx(house.officer(), instant.parse().unwrap()).await.unwrap();
                let number = issue_of(&mut tx, Kind::Assessment, revision).await.unwrap();
                tx.commit().await.unwrap();
                number
            }
        };
        let first = issue("2026-08-01T03:00:00Z", false).await;
        assert_eq!((first.text().as_str(), first.before), ("HS-RA-2026-001", None));
        let compared = async || {
            let mut view = house.view(house.officer()).await;
            let source = register::collect(&mut view, now(), Options::default()).await.unwrap();
            source.earlier.map(|earlier| earlier.on)
        };
        // On the first of August there was no risk yet: nothing to compare with.
        assert_eq!(compared().await, None);
        issue("2026-09-01T03:00:00Z", true).await;
        assert_eq!(compared().await, Some(date(2026, 9, 1)));
        // The report of today, and its revision an hour later, still compare with September.
        issue("2026-11-20T01:00:00Z", false).await;
        assert_eq!(compared().await, Some(date(2026, 9, 1)));
        let last = issue("2026-11-20T02:00:00Z", true).await;
        assert_eq!((last.text().as_str(), last.version_text().as_str()), ("HS-RA-2026-002", "2.0"));
        assert_eq!(compared().await, Some(date(2026, 9, 1)));
        // Each report counts for itself.
        let mut view = house.view(house.officer()).await;
        // What was replaced today counts once: the map of today is the same from the history.
        let past = register::queries::cells(&mut view, Some(date(2026, 11, 20))).await.unwrap();
        assert_eq!(past.iter().map(|cell| cell.risks).sum::<i64>(), 7);
        assert_eq!(last_of(&mut view, Kind::Plan).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_plan_tells_who_until_when_and_what_it_costs() {
    for house in House::each().await {
        filled(&house).await;
        let mut view = house.view(house.officer()).await;
        let source = plan::collect(&mut view, now(), Options::default()).await.unwrap();
        let totals = source.totals;
        assert_eq!((totals.planned, totals.done, totals.overdue, totals.loose), (5, 1, 1, 1));
        let said = text(&plan::document(&source, Lang::Ja));
        for words in [
            "ログイン通知を有効にする",
            "現在 24 → 目標 8（残留 —）",
            "発生可能性を1に",
            "古い複合機が多要素認証に対応していない",
            "サイバー保険（標準プラン）",
            "事故原因の調査、コールセンター、損害賠償",
            "毎年 36,000",
            "全社員に標的型メールの訓練をする",
            "期限を過ぎた対応が1件あります",
        ] {
            assert!(said.contains(words), "{words}\n{said}");
        }
        // 96,000 + 3 × 36,000, 240,000 + 5 × 120,000, and 48,000 without a class.
        let whole: i64 = source.costs.iter().map(|cost| cost.whole).sum();
        assert_eq!(whole, 204_000 + 840_000 + 48_000);
        let quarters = plan_rows(&said, "26年度Q3");
        assert!(quarters.contains("96,000"), "{quarters}");
        let mut view = house.view(house.officer()).await;
        let book = Options { book: true, ..Options::default() };
        let flat = plan::document(&plan::collect(&mut view, now(), book).await.unwrap(), Lang::Ja);
        let lines = flat.tables().into_iter().find(|(_, table)| table.caption == "リスクごとの対策").unwrap().1.rows.len();
        assert_eq!(lines, 5, "a line for each measure of a risk");
    }
}

/// The text from the last place of a word on, a little.
fn plan_rows(text: &str, word: &str) -> String {
    text.match_indices(word).map(|(at, _)| text[at..].chars().take(400).collect::<String>()).collect()
}

#[tokio::test]
async fn the_record_of_acceptances_shows_who_signed_and_what_came_back() {
    for house in House::each().await {
        filled(&house).await;
        let mut view = house.view(house.officer()).await;
        let source = residual::collect(&mut view, now(), Options::default()).await.unwrap();
        assert_eq!((source.decided.valid, source.decided.back, source.totals.untreated), (1, 1, 1));
        let document = residual::document(&source, Lang::Ja);
        let said = text(&document);
        for words in [
            "1件あります",
            "社員名簿を宛先違いで取引先に送る",
            "承認 灯野\\n2026/11/20",
            "作成 坂本\\n2026/11/20",
            "【発生頻度が低い】",
            "年1回まで（今年度0回）",
            "起きたときの被害が大きいなら",
            "リスクが大きくなった",
        ] {
            assert!(said.contains(words), "{words}\n{said}");
        }
        assert_eq!(
            source.untreated.iter().map(|risk| risk.title.as_str()).collect::<Vec<_>>(),
            ["社員名簿を宛先違いで取引先に送る"]
        );
        assert_eq!(source.treated.len(), 2);
        let red = said.find("基準を超え、対応も受容もないリスク").unwrap();
        assert!(red < said.find("\"要約\"").unwrap(), "what nobody decided comes first");
        // After measures: 2 × 1 × 1 × 1.
        let paper = source.list.iter().find(|risk| risk.title.starts_with("健康診断")).unwrap();
        assert_eq!((paper.values.current, paper.values.residual, paper.value()), (Some(8), Some(2), Some(2)));
    }
}

#[tokio::test]
async fn a_large_register_is_cut_on_paper_and_whole_in_the_workbook() {
    let house = House::each().await.remove(0);
    let mut tx = house.tx().await;
    let insert = "insert into scenario (company_id, id, created_at, updated_at, number, title, assets, state, current_value, standing) \
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200) \
         select $1, '0190a1b2-c3d4-7000-8000-' || cast(100000000000 + i as text), '2026-11-20', '2026-11-20', i, \
         'リスク' || cast(i as text), '[]', case when i > 1100 then 'closed' else 'open' end, i % 25, \
         case when i % 25 > 17 then 'above' else 'acceptable' end from n";
    tx.exec(insert, args![]).await.unwrap();
    tx.technical();
    tx.commit().await.unwrap();
    for (kind, caption) in [(Kind::Assessment, "リスク登録簿"), (Kind::Residual, "残留リスクの一覧")] {
        for (book, rows) in [(false, 1_000), (true, 1_100)] {
            let options = Options { book, ..Options::default() };
            let printed = document(&house, kind, options, Lang::Ja).await;
            let tables = printed.tables();
            let (_, table) = tables.iter().find(|(_, table)| table.caption == caption).unwrap();
            assert_eq!(table.rows.len(), rows);
            assert_eq!(text(&printed).contains("重いものから1000件を載せています。全1100件は"), !book);
            assert!(text(&printed).contains("308件"), "counted by the database: 7 × 44");
        }
    }
}

#[tokio::test]
async fn nobody_reads_the_risks_of_others() {
    for house in House::each().await {
        filled(&house).await;
        let stranger = house.actor(Role::Manager, "別部署", &house.hino, &["elsewhere"]);
        let mut view = house.view(stranger).await;
        let source = register::collect(&mut view, now(), Options::default()).await.unwrap();
        assert_eq!((source.totals.risks, source.cells.len(), source.register.len(), source.departments.len()), (0, 0, 0, 0));
        assert!(source.earlier.is_none());
        let source = plan::collect(&mut view, now(), Options::default()).await.unwrap();
        assert_eq!((source.totals, source.costs.len(), source.transfers.len()), (plan::queries::Totals::default(), 0, 0));
        let source = residual::collect(&mut view, now(), Options::default()).await.unwrap();
        assert_eq!((source.decided, source.valid.len()), (residual::queries::Totals::default(), 0));
        let mut view = house.view(house.actor(Role::Admin, "管理", "", &[])).await;
        assert!(register::collect(&mut view, now(), Options::default()).await.is_ok());
    }
}
