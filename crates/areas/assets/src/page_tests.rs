//! Every page of the area, in both languages, as three people see it: it answers, and no sentence is missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{App, AppParts, Clock, Failure, Identity, Membership, Page};
use mamori_schedule::TodaySource as _;
use mamori_store::secrets::Vault;
use mamori_store::{Actor, args};
use tower::ServiceExt as _;

use crate::information_asset::InformationAsset;
use crate::testing::{Company, today};
use mamori_ledger::{Ledger as _, Registry, Values};

struct House {
    company: Company,
    app: App,
    router: Router,
}

impl House {
    async fn new() -> House {
        let company = Company::new().await;
        let (registry, routes) = Registry::build(vec![mamori_organization::area(), crate::area()]).unwrap();
        let (router, routes) = routes.into_parts();
        let app = App::new(AppParts {
            db: company.db.clone(),
            registry,
            vault: Vault::open(company.db.data_dir()).unwrap(),
            clock: Clock::Fixed(today()),
            base_url: "http://127.0.0.1:7780".to_owned(),
            secure_cookies: false,
            routes,
        });
        let router = router.with_state(app.clone());
        House { company, app, router }
    }

    async fn ask(&self, actor: &Arc<Actor>, lang: &str, method: &str, path: &str, form: &str) -> axum::response::Response {
        let membership = Membership { id: self.company.id.clone(), code: "test".to_owned(), name: "試験精機".to_owned() };
        let identity = Identity {
            actor: actor.clone(),
            login: actor.name.clone(),
            session_id: "s".to_owned(),
            company: Some(membership.clone()),
            companies: vec![membership],
            installation_admin: false,
            lang: Lang::Ja,
            fiscal_start_month: 4,
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, format!("lang={lang}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap();
        request.extensions_mut().insert(identity);
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// The page's title, lead, buttons and body.
    async fn page(&self, actor: &Arc<Actor>, lang: &str, path: &str) -> String {
        let response = self.ask(actor, lang, "GET", path, "").await;
        assert_eq!(response.status(), StatusCode::OK, "{path}: {:?}", response.extensions().get::<Failure>());
        let page = response.extensions().get::<Page>().unwrap();
        let text = format!("{}\n{}\n{}\n{}", page.title, page.lead, page.actions, page.body);
        assert!(
            !text.contains('⟦'),
            "{path} ({lang}) lacks a sentence: {}",
            &text[text.find('⟦').unwrap()..].chars().take(60).collect::<String>()
        );
        text
    }

    async fn post(&self, actor: &Arc<Actor>, path: &str, form: &str) -> String {
        let response = self.ask(actor, "ja", "POST", path, form).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}: {:?}", response.extensions().get::<Failure>());
        response.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn every_page_answers_in_both_languages() {
    let house = House::new().await;
    let officer = house.company.officer();
    let empty = ["/assets/coverage", "/assets/impact", "/assets/single-copy", "/assets/hints"];
    for path in empty {
        assert!(house.page(&officer, "ja", path).await.contains("まだ情報資産がありません"), "{path}: an empty page teaches");
    }
    let form = "row=staff_information&row=my_number&storage.staff_information=office_pc&storage.my_number=paper";
    assert_eq!(house.post(&officer, "/assets/starter", form).await, "/assets/information_asset");
    let asset = house.company.asset("見積書", &house.company.sales, &house.company.ito).await;
    let mut paths: Vec<String> = empty.iter().map(|path| (*path).to_owned()).collect();
    paths.extend(
        ["/assets/starter", "/assets/guide", "/assets/stocktake/start", "/assets/information_asset", "/assets/stocktake"]
            .map(str::to_owned),
    );
    paths.extend(
        ["/assets/impact?storage=paper", "/assets/impact?place=NAS", "/assets/information_asset?view=ipa"].map(str::to_owned),
    );
    for guide in crate::catalog::guides() {
        paths.extend(guide.step.iter().map(|step| format!("/assets/guide/{}/{}", guide.code, step.code)));
    }
    paths.push(format!("/assets/information_asset/{}", asset.meta.id));
    for path in &paths {
        for lang in ["ja", "en"] {
            house.page(&officer, lang, path).await;
        }
    }
}

#[tokio::test]
async fn a_stocktake_from_start_to_end_on_its_pages() {
    let house = House::new().await;
    let company = &house.company;
    let (officer, ito) = (company.officer(), company.employee());
    company.asset("名刺", &company.sales, &company.ito).await;
    company.asset("給与データ", &company.office, "").await;
    let wrong = house.ask(&officer, "ja", "POST", "/assets/stocktake/start", "name=x&starts=2026-11-20&due=2026-02-30").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let campaign =
        house.post(&officer, "/assets/stocktake/start", "name=秋の棚卸&starts=2026-11-20&due=2026-11-29&note=よろしく").await;
    for lang in ["ja", "en"] {
        assert!(house.page(&officer, lang, &campaign).await.contains("営業部"));
    }
    let mine = house.page(&ito, "ja", &format!("{campaign}/mine")).await;
    assert!(mine.contains("名刺") && !mine.contains("給与データ") && mine.contains("残り1件"), "{mine}");
    house.page(&ito, "en", &format!("{campaign}/mine")).await;

    let mut view = company.view(officer.clone()).await;
    let row = view.rows("select id from stocktake_item where company_id = $1 and asset_name = '名刺'", args![]).await.unwrap();
    let item: String = row[0].get("id").unwrap();
    drop(view);
    house.page(&ito, "en", &format!("/assets/stocktake_item/{item}/correct")).await;
    let wrong = house
        .ask(&ito, "ja", "POST", &format!("/assets/stocktake_item/{item}/correct"), "version=1&name=&retention=2026/2/30まで")
        .await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let typed = wrong.extensions().get::<Page>().unwrap().body.to_string();
    assert!(typed.contains("2026/2/30まで"), "what was typed comes back");
    house
        .post(&ito, &format!("/assets/stocktake_item/{item}/correct"), "version=1&name=名刺&place=袖机&answer_note=移した")
        .await;
    let clash =
        house.ask(&ito, "ja", "POST", &format!("/assets/stocktake_item/{item}/correct"), "version=1&name=名刺&place=棚").await;
    assert_eq!(clash.status(), StatusCode::CONFLICT);
    assert!(house.page(&ito, "ja", &format!("{campaign}/mine")).await.contains("ご協力ありがとうございました"));
    house.post(&ito, &format!("/assets/stocktake_item/{item}/reopen"), "").await;
    house.post(&ito, &format!("/assets/stocktake_item/{item}/confirm"), "").await;
    assert_eq!(house.post(&officer, &format!("{campaign}/due"), "due=2026-12-10").await, campaign);
    house.post(&officer, &format!("{campaign}/close"), "note=次回は早めに").await;
    assert!(house.page(&ito, "ja", &format!("{campaign}/mine")).await.contains("この棚卸は完了しています"));
    let late = house.ask(&ito, "ja", "POST", &format!("/assets/stocktake_item/{item}/confirm"), "").await;
    assert!(matches!(late.extensions().get::<Failure>(), Some(Failure(Error::Refused(_)))));
}

#[tokio::test]
async fn today_tells_each_person_what_waits_for_him() {
    let house = House::new().await;
    let company = &house.company;
    company.asset("名刺", &company.sales, &company.ito).await;
    let mut tx = company.tx(company.officer()).await;
    let due: jiff::civil::Date = "2026-11-01".parse().unwrap();
    company.row(&mut tx, InformationAsset::CODE, Values::default().with("name", "図面").with("review_on", due)).await;
    tx.commit().await.unwrap();
    house.post(&company.officer(), "/assets/stocktake/start", "name=秋の棚卸&starts=2026-11-20&due=2026-11-29").await;
    let services = house.app.services();
    let mut titles = Vec::new();
    for (actor, day) in [(company.officer(), "2026-11-30"), (company.employee(), "2026-11-20")] {
        let mut view = company.view(actor).await;
        let items = crate::today::AssetsToday.items(&mut view, &services, day.parse().unwrap()).await.unwrap();
        titles.push(items.into_iter().map(|item| item.title).collect::<Vec<_>>());
    }
    assert_eq!(
        titles[0],
        [
            "棚卸「秋の棚卸」に答える",
            "棚卸「秋の棚卸」の締切が過ぎています",
            "見直し日を過ぎた情報資産：1件",
            "重要度が決まっていない情報資産：2件",
        ]
    );
    assert_eq!(titles[1], ["棚卸「秋の棚卸」に答える"]);
}

async fn imported(house: &House, name: &str, bytes: &[u8]) -> [usize; 4] {
    let def = house.app.registry.ledger(InformationAsset::CODE).unwrap();
    let outcome = mamori_ledger::import::run(&house.app, house.company.officer(), def, bytes, name, false).await.unwrap();
    assert!(
        outcome.problems.is_empty(),
        "{name}: {}",
        outcome.problems.iter().map(|p| p.line(Lang::Ja)).collect::<Vec<_>>().join("\n")
    );
    [outcome.summary.created, outcome.summary.changed, outcome.summary.unchanged, outcome.summary.wrong]
}

/// The three layouts of the textbook come in, and a second time nothing changes (S2-D3-04, S2-D4-02, S2-D4-04).
#[tokio::test]
async fn the_three_layouts_come_in_and_the_second_time_changes_nothing() {
    let house = House::new().await;
    let layout_a = "NO,資産分類,情報資産名,情報管理区分,許容範囲,媒体分類,保管場所\n\
                    1,名刺,取引先の名刺,秘密,個人,紙,袖机\n\
                    2,見積,見積書,社外秘,部門,紙,鍵付きキャビネット\n\
                    3,見積,見積書,社外秘,部門,電磁記録媒体,クラウド Office365\n";
    let layout_b =
        "保有部門,資産名,管理区分,利用範囲,媒体分類,保管場所,保管期間\n経理部,決算書類,機密,部門内,紙,キャビネット,１年\n";
    let ipa = "業務分類,情報資産名称,備考,利用者範囲,管理部署,媒体・保存先,個人情報,要配慮個人情報,特定個人情報,機密性,完全性,可用性,重要度,保存期限,登録日,脅威の発生頻度,リスク値\n\
               人事,社員名簿,社員基本情報,人事部,人事部,事務所PC,有,,,2,0,0,2,,2016/7/1,3:通常の状態で脅威が発生する,4\n\
               人事,社員名簿,社員基本情報,人事部,人事部,書類,有,,,2,2,2,2,５年,H28.7.1,2:特定の状況で脅威が発生する,2\n";
    for (name, text, rows) in [("a.csv", layout_a, 3), ("b.csv", layout_b, 1), ("ipa.csv", ipa, 2)] {
        assert_eq!(imported(&house, name, text.as_bytes()).await, [rows, 0, 0, 0], "{name}");
        assert_eq!(imported(&house, name, text.as_bytes()).await, [0, 0, rows, 0], "{name} again");
    }
    let mut view = house.company.view(house.company.officer()).await;
    let all = crate::information_asset::queries::in_use(
        &house.app.registry,
        &mut view,
        &mamori_ledger::query::ListQuery::default(),
        &[],
    )
    .await
    .unwrap();
    let list = all.iter().find(|listed| listed.asset.name == "社員名簿" && listed.asset.retention == "5年").unwrap();
    assert_eq!(
        (list.department.as_str(), list.asset.importance, list.asset.pi_personal, list.asset.risk_value),
        ("人事部", Some(2), true, None)
    );
    assert_eq!(list.asset.registered_on, "2016-07-01".parse().ok(), "era dates are read");
    assert_eq!(all.iter().filter(|listed| listed.asset.name == "見積書").count(), 2, "paper and data are two rows");
}

/// The sample workbook of the trial data, where it is at hand.
#[tokio::test]
async fn the_sample_workbook_comes_in() {
    let Some(folder) = std::env::var_os("MAMORI_FIELD_DATA") else { return };
    let house = House::new().await;
    let bytes = std::fs::read(std::path::Path::new(&folder).join("ipa-risk-sheet/risk-sheet-sample.xlsx")).unwrap();
    assert_eq!(imported(&house, "risk-sheet-sample.xlsx", &bytes).await, [8, 0, 0, 0]);
    assert_eq!(imported(&house, "risk-sheet-sample.xlsx", &bytes).await, [0, 0, 8, 0]);
}
