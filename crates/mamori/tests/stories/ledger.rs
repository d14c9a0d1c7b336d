//! What every ledger does, told of departments and information assets.

use mamori_ledger::Values;
use serde_json::json;

use crate::harness::{EXECUTIVE, MANAGER, OFFICER, on_both};
use crate::trial::encode;

const DEPARTMENT: &str = "/organization/department";
const ASSET: &str = "/assets/information_asset";

on_both! {
    async fn a_department_lives_and_keeps_its_history(app) {
        let mori = app.person(OFFICER).await;
        let row = mori.post(&format!("{DEPARTMENT}/new"), &[("name", "品質保証部"), ("code", "QA")]).await.is(303).location();
        mori.post(&format!("{row}/edit"), &[("version", "1"), ("name", "品質保証課"), ("parent", &app.rows["製造部"])]).await.is(303);
        mori.get(&row).await.is(200).says("品質保証課").tells("変更前 品質保証部 → 変更後").says("製造部");
        mori.post(&format!("{row}/retire"), &[("version", "2")]).await.is(303);
        mori.get(DEPARTMENT).await.is(200).hides("品質保証課</a>");
        mori.get(&format!("{DEPARTMENT}?retired=1&limit=100")).await.is(200).says("品質保証課");
        mori.post(&format!("{row}/restore"), &[]).await.is(303);
        let id = row.rsplit('/').next().unwrap();
        let program = app.program(OFFICER, "read").await;
        let stored = program.get(&format!("/api/v1/department/{id}")).await.is(200).json();
        assert_eq!((&stored["version"], &stored["retired_at"]), (&json!(4), &json!(null)));
        assert_eq!(app.number(&format!("select count(*) as n from change_log where row_id = '{id}'")).await, 4);
    }

    async fn what_is_in_use_is_not_retired_and_says_who_uses_it(app) {
        let mori = app.person(OFFICER).await;
        let refused = mori.post(&format!("{DEPARTMENT}/{}/retire", app.rows["人事部"]), &[]).await.is(409);
        refused.says("採用課");
        mori.get(&format!("{DEPARTMENT}/{}", app.rows["人事部"])).await.is(200).says("採用課").says(MANAGER);
    }

    async fn a_tree_of_departments_has_no_ring(app) {
        let mori = app.person(OFFICER).await;
        let ring = mori.post(&format!("{DEPARTMENT}/{}/edit", app.rows["人事部"]), &[("version", "1"), ("name", "人事部"), ("parent", &app.rows["採用課"])]).await;
        ring.is(422);
    }

    async fn two_people_edit_one_row(app) {
        let (mori, aoki) = (app.person(OFFICER).await, app.person(crate::harness::CONSULTANT).await);
        let row = mori.post(&format!("{ASSET}/new"), &[("name", "顧客名簿"), ("storage", "office_pc"), ("confidentiality", "2")]).await.is(303).location();
        aoki.post(&format!("{row}/edit"), &[("version", "1"), ("name", "顧客名簿（営業）")]).await.is(303);
        let clash = mori.post(&format!("{row}/edit"), &[("version", "1"), ("name", "お客様名簿")]).await.is(409);
        clash.says("顧客名簿（営業）").says("お客様名簿").says("name=\"version\" value=\"2\"");
        mori.post(&format!("{row}/edit"), &[("version", "2"), ("name", "お客様名簿")]).await.is(303);
    }

    async fn a_double_click_saves_once(app) {
        let mori = app.person(OFFICER).await;
        let id = mamori_kernel::id::new();
        let fields = [("row_id", id.as_str()), ("name", "見積書"), ("storage", "paper")];
        let first = mori.post(&format!("{ASSET}/new"), &fields).await.is(303).location();
        let second = mori.post(&format!("{ASSET}/new"), &fields).await.is(303).location();
        assert_eq!(first, second);
        assert_eq!(app.number("select count(*) as n from information_asset where name = '見積書'").await, 1);
    }

    async fn importance_is_the_largest_of_the_three(app) {
        let program = app.program(OFFICER, "write").await;
        let made = program.json("POST", "/api/v1/information_asset", &json!({"name": "設計図", "storage": "internal_server", "confidentiality": "1", "integrity": "2", "availability": "0"})).await.is(201).json();
        assert_eq!(made["importance"], 2);
        let mori = app.person(OFFICER).await;
        mori.get(&format!("{ASSET}/{}", made["id"].as_str().unwrap())).await.is(200).says("設計図");
        let refused = program.json("POST", "/api/v1/information_asset", &json!({"name": "x", "importance": 1})).await.is(422);
        refused.says("importance");
    }

    async fn the_ipa_rows_come_out_as_the_seed_prints_them(app) {
        // S2-D4-05: 4 2 2 4 1 1 4 4 with the levels of the sample sheet.
        let mori = app.person(OFFICER).await;
        let sheet = "業務分類,情報資産名称,備考,利用者範囲,管理部署,媒体・保存先,個人情報,要配慮個人情報,特定個人情報,機密性,完全性,可用性,保存期限,登録日\n\
            人事,社員名簿,社員基本情報,人事部,人事部,事務所PC,有,,,2,0,0,,2016/7/1\n\
            人事,社員名簿,社員基本情報,人事部,人事部,書類,有,,,2,2,2,,2016/7/1\n\
            人事,健康診断の結果,雇入時・定期健康診断,人事部,人事部,書類,,有,,2,2,1,5年,2016/7/1\n\
            経理,給与システムデータ,税務署提出用,給与計算担当,人事部,事務所PC,,,有,2,2,1,7年,2016/7/1\n\
            経理,当社宛請求書,過去3年分,総務部,総務部,書類,,,,1,1,1,,2016/7/1\n\
            経理,発行済請求書控,過去3年分,総務部,総務部,書類,,,,1,1,1,,2016/7/1\n\
            共通,電子メールデータ,最高値で評価,担当者,総務部,事務所PC,有,,,2,2,2,,2016/7/1\n\
            共通,電子メールデータ,Gmailに転送,担当者,総務部,社外サーバー,有,,,2,2,2,,2016/7/1\n";
        for round in 0..2 {
            let preview = mori.upload(&format!("{ASSET}/import"), &[], "台帳.csv", sheet.as_bytes()).await.is(303).location();
            mori.get(&preview).await.is(200);
            mori.post(&format!("{preview}/accept"), &[]).await.is(303);
            assert_eq!(app.number("select count(*) as n from information_asset").await, 8, "round {round}");
            assert_eq!(app.number("select max(version) as n from information_asset").await, 1, "round {round}");
        }
        let program = app.program(OFFICER, "read").await;
        let listed = program.get("/api/v1/information_asset?limit=100&sort=created_at").await.is(200).json();
        let importance: Vec<i64> = listed["items"].as_array().unwrap().iter().map(|row| row["importance"].as_i64().unwrap_or(-1)).collect();
        assert_eq!(importance.iter().filter(|n| **n == 2).count(), 6);
        assert_eq!(importance.iter().filter(|n| **n == 1).count(), 2);
    }

    async fn wrong_rows_are_named_and_nothing_is_written(app) {
        let mori = app.person(OFFICER).await;
        let sheet = "情報資産名称,媒体・保存先,登録日,機密性\n名簿,事務所PC,2026-02-30,2\n図面,月の裏側,2026-02-28,9\n";
        let preview = mori.upload(&format!("{ASSET}/import"), &[], "誤り.csv", sheet.as_bytes()).await.is(303).location();
        mori.get(&preview).await.is(200).says("2026-02-30").says("月の裏側").says("事務所PC");
        let file = mori.get(&format!("{preview}/wrong")).await.is(200);
        assert!(file.body.starts_with(b"PK") || file.text().contains("月の裏側"));
        assert_eq!(app.number("select count(*) as n from information_asset").await, 0);
        for (name, bytes) in [("a.xlsx", &b"not a workbook"[..]), ("b.pdf", b"%PDF-1.7 something"), ("c.csv", b"")] {
            let refused = mori.upload(&format!("{ASSET}/import"), &[], name, bytes).await;
            assert!((400..500).contains(&refused.status), "{name} answered {}", refused.status);
            assert!(refused.words().chars().any(|c| c > '\u{3000}'), "{name} is refused without a sentence");
        }
    }

    async fn columns_with_headings_of_their_own_are_named_by_a_person(app) {
        let mori = app.person(OFFICER).await;
        let sheet = "総務の一覧,,\nNo.,なに,どこ\n1,取引先の名簿,事務所PC\n2,製品の図面,書類\n";
        let preview = mori.upload(&format!("{ASSET}/import"), &[], "総務.csv", sheet.as_bytes()).await.is(303).location();
        mori.get(&preview).await.is(200).says("見出しから判断できませんでした").says("取引先の名簿").says("2行目");
        mori.post(&preview, &[("c1", "name"), ("c2", "storage"), ("row", "1")]).await.is(303);
        mori.get(&preview).await.is(200).says("取り込めます").says("製品の図面");
        // The wrong row as the heading, and back again: the columns are asked for anew, nothing is written.
        mori.post(&preview, &[("row", "2")]).await.is(303);
        mori.get(&preview).await.is(200).says("見出しから判断できませんでした");
        mori.post(&preview, &[("row", "1")]).await.is(303);
        mori.post(&preview, &[("row", "1"), ("c1", "name"), ("c2", "storage")]).await.is(303);
        assert_eq!(app.number("select count(*) as n from information_asset").await, 0);
        mori.post(&format!("{preview}/accept"), &[]).await.is(303);
        assert_eq!(app.number("select count(*) as n from information_asset where storage in ('office_pc', 'paper')").await, 2);
    }

    async fn a_field_of_the_company_is_everywhere(app) {
        let mori = app.person(OFFICER).await;
        let settings = format!("{DEPARTMENT}/settings");
        mori.post(&format!("{settings}/field"), &[("ja", "内線番号"), ("en", "Extension"), ("kind", "text"), ("choices", "")]).await.is(303);
        mori.get(&format!("{DEPARTMENT}/new")).await.is(200).says("内線番号");
        let row = mori.post(&format!("{DEPARTMENT}/new"), &[("name", "開発部"), ("x1", "0123")]).await.is(303).location();
        mori.get(&row).await.is(200).says("内線番号").says("0123");
        let program = app.program(OFFICER, "write").await;
        let id = row.rsplit('/').next().unwrap();
        let stored = program.get(&format!("/api/v1/department/{id}")).await.is(200).json();
        assert_eq!(stored["x1"], "0123");
        program.json("PATCH", &format!("/api/v1/department/{id}"), &json!({"version": 1, "x1": "0456"})).await.is(200);
        let file = mori.get(&format!("{DEPARTMENT}/export?format=csv")).await.is(200).text();
        assert!(file.contains("内線番号") && file.contains("0456"), "{file}");
        let sheet = "部署名,内線番号\n開発部,0789\n";
        let preview = mori.upload(&format!("{DEPARTMENT}/import"), &[], "x.csv", sheet.as_bytes()).await.is(303).location();
        mori.post(&format!("{preview}/accept"), &[]).await.is(303);
        mori.get(&row).await.is(200).says("0789").tells("変更前 0456 → 変更後");
        mori.get(&format!("{DEPARTMENT}?f.x1=0789")).await.is(200).says("開発部").hides("採用課</a>");
        // Nobody else gets it.
        let ito = app.person(crate::harness::OTHER_OFFICER).await;
        ito.get(&format!("{DEPARTMENT}/new")).await.is(200).hides("内線番号");
    }

    async fn comments_files_and_saved_views(app) {
        let mori = app.person(OFFICER).await;
        let row = format!("{DEPARTMENT}/{}", app.rows["総務部"]);
        mori.post(&format!("{row}/comments"), &[("text", "来月に統合予定 <b>")]).await.is(303);
        mori.get(&row).await.is(200).says("来月に統合予定 &lt;b&gt;");
        mori.upload(&format!("{row}/files"), &[], "議事録.txt", "記録".as_bytes()).await.is(303);
        let page = mori.get(&row).await.is(200).text();
        let start = page.find(&format!("{row}/files/")).expect("the file is linked");
        let link: String = page[start..].chars().take_while(|c| *c != '"').collect();
        let file = mori.get(link.trim_end_matches("/remove")).await.is(200);
        assert_eq!(file.text(), "記録");
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        mori.post(&format!("{DEPARTMENT}/views"), &[("name", "総務だけ"), ("query", "q=総務"), ("shared", "1")]).await.is(303);
        mori.get(DEPARTMENT).await.is(200).says("総務だけ");
    }

    async fn bulk_edit_changes_many_rows_and_logs_each(app) {
        let mori = app.person(OFFICER).await;
        let mut ids = Vec::new();
        for name in ["請求書A", "請求書B"] {
            ids.push(app.put("aoba", "information_asset", Values::default().with("name", name).with("storage", "paper")).await);
        }
        let page = mori.get(&format!("{ASSET}?q={}", encode("請求書"))).await.is(200);
        page.says("請求書A").says("請求書B");
        let before = app.number("select count(*) as n from change_log").await;
        let rows = [("row", ids[0].as_str()), ("row", ids[1].as_str())];
        // Three steps: which field, which value, done.
        mori.post(&format!("{ASSET}/bulk"), &rows).await.is(200).says("業務分類");
        mori.post(&format!("{ASSET}/bulk"), &[rows[0], rows[1], ("field", "business")]).await.is(200).says("name=\"has.business\"");
        let answer = mori.post(&format!("{ASSET}/bulk"), &[rows[0], rows[1], ("has.business", "1"), ("business", "経理"), ("do", "apply")]).await.is(303);
        let changed = app.number("select count(*) as n from information_asset where business = '経理'").await;
        let logged = app.number("select count(*) as n from change_log").await - before;
        assert_eq!((changed, logged), (2, 2), "{}", answer.words());
    }

    async fn other_sites_cannot_send_forms(app) {
        let mut mori = app.person(OFFICER).await;
        mori.site = "cross-site";
        mori.post(&format!("{DEPARTMENT}/new"), &[("name", "よその部署")]).await.is(403);
        assert_eq!(app.number("select count(*) as n from department where name = 'よその部署'").await, 0);
    }

    async fn every_page_carries_the_headers_of_safety(app) {
        let aoki = app.person(EXECUTIVE).await;
        for path in ["/", DEPARTMENT, "/nowhere"] {
            let page = aoki.get(path).await;
            let policy = page.headers["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(page.headers["x-content-type-options"], "nosniff");
            let text = page.text();
            assert!(!text.contains("<script>") && !text.contains(" style=\"") && !text.contains("onclick="), "{path} has inline code");
        }
    }

    async fn names_of_any_length_and_kind_are_kept_or_refused(app) {
        let program = app.program(OFFICER, "write").await;
        for name in ["髙橋﨑〜①", "=1+1", "改行\nあり", "絵文字🛡", "\"引用\"と,読点", "' or 1=1 --", "<script>alert(1)</script>"] {
            let made = program.json("POST", "/api/v1/information_asset", &json!({"name": name, "storage": "paper"})).await;
            if made.status == 201 {
                let kept = made.json()["name"].as_str().unwrap().to_owned();
                assert_eq!(kept.replace(' ', "\n"), name.replace(' ', "\n"));
            } else {
                assert_eq!(made.status, 422, "{name}: {}", made.text());
            }
        }
        let long = "長".repeat(10_000);
        program.json("POST", "/api/v1/information_asset", &json!({"name": long})).await.is(422);
        let mori = app.person(OFFICER).await;
        mori.get(&format!("{ASSET}?limit=100")).await.is(200).hides("<script>alert(1)");
    }
}
