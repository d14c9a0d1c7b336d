//! What an unkind visitor tries over HTTP: files that are none, bodies without end, ids that belong to others, forms that are old.

use mamori_ledger::Values;

use crate::harness::{Answer, Client, EMPLOYEE, OFFICER, OTHER_OFFICER, TestApp, on_both};

const ASSETS: &str = "/assets/information_asset";

async fn asset(app: &TestApp, name: &'static str) -> String {
    app.put("aoba", "information_asset", Values::default().with("name", name).with("storage", "office_pc")).await
}

/// The value of the hidden field of a name.
fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let (_, after) =
        text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}: {}", page.words()));
    after.split('"').next().unwrap_or_default().to_owned()
}

/// Where the preview of an uploaded csv is shown.
async fn send(client: &Client, csv: &str) -> String {
    client.upload(&format!("{ASSETS}/import"), &[], "assets.csv", csv.as_bytes()).await.is(303).location()
}

on_both! {
    async fn what_is_no_workbook_is_named_in_the_readers_language(app) {
        let mori = app.person(OFFICER).await;
        let import = format!("{ASSETS}/import");
        let files: [(&[u8], &str, &str); 5] = [
            (b"%PDF-1.7 \x01\x02", "PDF", "PDF"),
            (b"", "0バイト", "0 bytes"),
            (b"PK\x03\x04 cut off", "壊れて", "damaged"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 no container", "壊れて", "damaged"),
            (b"a,b\n", "見出し", "heading"),
        ];
        for (bytes, ja, en) in files {
            mori.cookie("lang", "ja");
            mori.upload(&import, &[], "ledger.xlsx", bytes).await.is(409).says(ja);
            mori.cookie("lang", "en");
            mori.upload(&import, &[], "ledger.xlsx", bytes).await.is(409).says(en);
        }
    }

    async fn too_large_a_file_is_refused_and_not_kept(app) {
        let mori = app.person(OFFICER).await;
        let row = asset(app, "図面").await;
        let large = vec![b'x'; 54 * 1024 * 1024];
        for place in [format!("{ASSETS}/import"), format!("{ASSETS}/{row}/files")] {
            mori.upload(&place, &[], "large.xlsx", &large).await.is(413).says("50MB");
        }
        assert_eq!(std::fs::read_dir(app.app.db.data_dir().join("files")).unwrap().count(), 0);
    }

    async fn a_crafted_id_inherits_nothing(app) {
        let mori = app.person(OFFICER).await;
        let row = asset(app, "役員だけの資料").await;
        let one = format!("{ASSETS}/{row}");
        mori.upload(&format!("{one}/files"), &[], "secret.txt", b"secret").await.is(303);
        mori.post(&format!("{one}/comments"), &[("text", "ここだけの話")]).await.is(303);
        let page = mori.get(&one).await.is(200).text();
        let file = page.split_once(&format!("{one}/files/")).unwrap().1.split('"').next().unwrap().to_owned();
        mori.post(&format!("{one}/retire"), &[]).await.is(303);
        let program = app.program(OFFICER, "write").await;
        let crafted = program.json("POST", "/api/v1/department", &serde_json::json!({ "id": row, "name": "偽の部署" })).await;
        assert_eq!(crafted.status, 409, "{}", crafted.text());
        mori.get(&format!("/organization/department/{row}/files/{file}")).await.is(404);
        // In another company the same id is not even an answer about whether it exists.
        let ito = app.program(OTHER_OFFICER, "write").await;
        let foreign = ito.json("POST", "/api/v1/department", &serde_json::json!({ "id": row, "name": "偽の部署" })).await;
        assert!(matches!(foreign.status, 201 | 409), "{}", foreign.text());
        ito.get(&format!("/api/v1/information_asset/{row}")).await.is(404);
    }

    async fn an_old_form_says_that_the_row_is_out_of_use(app) {
        let mori = app.person(OFFICER).await;
        let one = format!("{ASSETS}/{}", asset(app, "古い図面").await);
        let version = hidden(&mori.get(&format!("{one}/edit")).await.is(200), "version");
        mori.post(&format!("{one}/retire"), &[]).await.is(303);
        mori.post(&format!("{one}/edit"), &[("version", &version), ("name", "新しい図面")]).await.is(409).says("使用終了");
        mori.get(&format!("{one}/edit")).await.is(409).says("使用終了");
    }

    async fn an_import_overtaken_by_a_person_is_shown_again(app) {
        let mori = app.person(OFFICER).await;
        let row = asset(app, "顧客名簿").await;
        let preview = send(&mori, "情報資産名称,媒体・保存先,備考\n顧客名簿,事務所PC,ファイルの備考\n").await;
        let seen = hidden(&mori.get(&preview).await.is(200), "seen");
        mori.post(&format!("{ASSETS}/{row}/edit"), &[("version", "1"), ("note", "人の備考")]).await.is(303);
        let answer = mori.post(&format!("{preview}/accept"), &[("seen", &seen)]).await.is(303);
        assert_eq!(answer.location(), preview);
        let again = mori.get(&preview).await.is(200).says("ほかの人に変更されました").says("人の備考");
        let answer = mori.post(&format!("{preview}/accept"), &[("seen", &hidden(&again, "seen"))]).await.is(303);
        assert_eq!(answer.location(), ASSETS);
        mori.get(&format!("{ASSETS}/{row}")).await.is(200).says("ファイルの備考");
        // A second click finds nothing left to do.
        assert_eq!(mori.post(&format!("{preview}/accept"), &[("seen", &seen)]).await.is(303).location(), preview);
    }

    async fn a_batch_of_another_company_cannot_be_seen_or_accepted(app) {
        let preview = send(&app.person(OFFICER).await, "情報資産名称,媒体・保存先\n見積書,事務所PC\n").await;
        let ito = app.person(OTHER_OFFICER).await;
        ito.get(&preview).await.is(404);
        ito.get(&format!("{preview}/wrong")).await.is(404);
        ito.post(&format!("{preview}/accept"), &[]).await.is(404);
        ito.post(&preview, &[("clear", "true")]).await.is(404);
    }

    async fn addresses_and_filters_from_outside_stay_harmless(app) {
        let suzuki = app.person(EMPLOYEE).await;
        for foreign in ["//evil.example", "https://evil.example/", "/\t/evil.example", "/\\evil.example", "/\n/evil.example"] {
            let answer = suzuki.post("/preferences/theme", &[("theme", "dark"), ("return_to", foreign)]).await.is(303);
            assert_eq!(answer.location(), "/", "{foreign:?}");
        }
        let mori = app.person(OFFICER).await;
        let long = format!("q={}", "a".repeat(3_000));
        mori.post(&format!("{ASSETS}/views"), &[("name", "長い"), ("query", &long)]).await.is(422);
        let answer = mori.post(&format!("{ASSETS}/views"), &[("name", "短い"), ("query", "q=x\"><script>&a b")]).await.is(303);
        assert!(!answer.location().contains(['<', '"', ' ']), "{}", answer.location());
        // NUL, which PostgreSQL cannot hold.
        for page in [format!("{ASSETS}/%00"), format!("{ASSETS}/import/a%00"), "/search?q=%00".to_owned(), format!("{ASSETS}?q=a%00")] {
            let status = mori.get(&page).await.status;
            assert!(matches!(status, 200 | 404), "{page} answered {status}");
        }
        mori.post("/risk/check/no_such_kind", &[("all", "partial")]).await.is(404);
    }
}
