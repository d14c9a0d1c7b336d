use axum::http::StatusCode;
use mamori_kernel::access::Role;
use mamori_ledger::Values;

use super::house::House;

/// A tree with its top, as the engine's form makes it; row id of tree and top.
async fn tree(house: &House) -> (String, String) {
    let values = Values::default()
        .with("goal", "社員名簿が社外に出る")
        .with("worst_case", "退職者が名簿を売り、社員に詐欺の電話が来る")
        .with("assets", mamori_ledger::Value::List(vec![house.roster.clone()]))
        .with("department", house.personnel.as_str())
        .with("owner", house.kimura.as_str());
    let id = house.add("attack_tree", values).await.meta.id;
    let top = house.rows("attack_node").await.into_iter().find(|node| node.get("tree").as_str() == id).unwrap();
    assert_eq!(top.get("title").as_str(), "社員名簿が社外に出る", "the worst case is the root");
    (id, top.meta.id)
}

async fn version(house: &House, id: &str) -> i64 {
    house.find("attack_tree", id).await.meta.version
}

/// Does something at a node with the version of the moment; gives the selected node.
async fn act(house: &House, id: &str, node: &str, what: &str) -> String {
    let body = format!("version={}&node={node}&{what}", version(house, id).await);
    let answer = house.post(&format!("/threats/attack_tree/{id}/act"), &body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}: {}", answer.body);
    answer.to.split("node=").nth(1).unwrap().split(['&', '#']).next().unwrap().to_owned()
}

async fn save(house: &House, id: &str, node: &str, fields: &str) -> super::house::Answer {
    let body = format!("version={}&node={node}&{fields}", version(house, id).await);
    house.post(&format!("/threats/attack_tree/{id}/node"), &body).await
}

#[tokio::test]
async fn a_tree_is_drawn_and_says_its_ways() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        let steal = act(&house, &id, &top, "do=child").await;
        let answer = save(
            &house,
            &id,
            &steal,
            "title=%E7%9B%97%E3%82%80&cost=50000&likelihood=20&stride=I&has.stride=1&note=&then=sibling",
        )
        .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(answer.to.contains("&new=1"), "{}", answer.to);
        let ask = answer.to.split("node=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        save(&house, &id, &ask, "title=%E9%A8%99%E3%81%99").await;
        act(&house, &id, &ask, "do=outline&outline=%E9%9B%BB%E8%A9%B1%E3%81%99%E3%82%8B%0A%E5%90%8D%E4%B9%97%E3%82%8B%0A++%E5%90%8D%E5%88%BA%E3%82%92%E4%BD%9C%E3%82%8B").await;
        save(&house, &id, &ask, "gate=and").await;
        let page = house.get(&format!("/threats/attack_tree/{id}/editor?node={ask}")).await;
        assert!(page.contains("role=\"tree\"") && page.contains("<svg") && page.contains("50,000"), "{page}");
        assert!(page.contains("電話する") && page.contains("名刺を作る") && page.contains("aria-level=\"4\""));
        assert!(page.contains("手間がわからないもの 2 個"), "what is not known is said");
        house.get(&format!("/threats/attack_tree/{id}/editor?node={steal}")).await;
        house.get(&format!("/threats/attack_tree/{id}")).await;
        let file = house.get_as(&format!("/threats/attack_tree/{id}/tree.svg"), house.officer()).await;
        assert!(
            file.body.starts_with("<svg xmlns") && !file.body.contains("href") && !file.body.contains("class="),
            "{}",
            file.body
        );
    }
}

#[tokio::test]
async fn nodes_move_and_a_deleted_branch_comes_back() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        let mut made = Vec::new();
        for _ in 0..3 {
            made.push(act(&house, &id, &top, "do=child").await);
        }
        let order = async |house: &House| {
            let mut rows: Vec<_> =
                house.rows("attack_node").await.into_iter().filter(|row| row.get("parent").as_str() == top).collect();
            rows.sort_by_key(|row| row.get("position").as_int());
            rows.into_iter().map(|row| made.iter().position(|id| *id == row.meta.id).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(order(&house).await, [0, 1, 2]);
        act(&house, &id, &made[2], "do=up").await;
        assert_eq!(order(&house).await, [0, 2, 1]);
        let before = version(&house, &id).await;
        act(&house, &id, &made[0], "do=up").await;
        assert_eq!(version(&house, &id).await, before, "the first cannot go further up: nothing is written");
        act(&house, &id, &made[1], "do=in").await;
        assert_eq!(house.find("attack_node", &made[1]).await.get("parent").as_str(), made[2]);
        act(&house, &id, &made[1], "do=out").await;
        assert_eq!(order(&house).await, [0, 2, 1]);
        act(&house, &id, &made[1], &format!("do=below&target={}", made[0])).await;
        assert_eq!(order(&house).await, [0, 2]);
        let version_now = version(&house, &id).await;
        let circle = house
            .post(
                &format!("/threats/attack_tree/{id}/act"),
                &format!("version={version_now}&node={}&do=below&target={}", made[0], made[1]),
            )
            .await;
        assert_eq!(circle.status, StatusCode::CONFLICT);
        assert!(circle.body.contains("輪になり"), "{}", circle.body);
        let gone = house
            .swap(&format!("/threats/attack_tree/{id}/act"), &format!("version={version_now}&node={}&do=delete", made[0]))
            .await;
        assert_eq!(gone.status, StatusCode::OK);
        assert!(gone.body.contains("2個の項目を消しました") && gone.body.contains("/undo/"), "{}", gone.body);
        assert_eq!(house.rows("attack_node").await.len(), 2);
        let undo =
            gone.body.split("action=\"").find(|part| part.contains("/undo/")).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(house.post(&undo, "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(order(&house).await, [0, 2]);
        assert_eq!(house.rows("attack_node").await.len(), 4);
        assert_eq!(house.post(&undo, "").await.status, StatusCode::CONFLICT, "a second time there is nothing to undo");
    }
}

#[tokio::test]
async fn the_top_stays_where_it_is_and_carries_the_goal() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        for what in ["delete", "sibling", "up", "out"] {
            let body = format!("version={}&node={top}&do={what}", version(&house, &id).await);
            let answer = house.post(&format!("/threats/attack_tree/{id}/act"), &body).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{what}");
            assert!(answer.body.contains("頂点は一つだけ"), "{what}");
        }
        let answer = save(&house, &id, &top, "title=%E5%90%8D%E7%B0%BF%E3%81%8C%E6%B6%88%E3%81%88%E3%82%8B").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let row = house.find("attack_tree", &id).await;
        assert_eq!((row.get("goal").as_str(), row.get("title").as_str()), ("名簿が消える", "名簿が消える"));
        house.change("attack_tree", &id, Values::default().with("goal", "名簿が読まれる")).await;
        assert_eq!(house.find("attack_node", &top).await.get("title").as_str(), "名簿が読まれる");
    }
}

#[tokio::test]
async fn whoever_is_slower_is_told_and_sees_the_tree_as_it_is() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        let seen = version(&house, &id).await;
        let mine = act(&house, &id, &top, "do=child").await;
        save(&house, &id, &mine, "title=%E7%9B%97%E3%82%80").await;
        let late = house.swap(&format!("/threats/attack_tree/{id}/act"), &format!("version={seen}&node={top}&do=child")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("ほかの人が先に") && late.body.contains("盗む"), "{}", late.body);
        assert!(late.body.contains(&format!("value=\"{}\"", version(&house, &id).await)), "the next try carries the new version");
        let late = house.post(&format!("/threats/attack_tree/{id}/node"), &format!("version={seen}&node={mine}&title=X")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("あなたの入力：X"), "what was typed is not lost");
        assert_eq!(house.rows("attack_node").await.len(), 2, "nothing of it was written");
        let without = house.post(&format!("/threats/attack_tree/{id}/act"), &format!("node={top}&do=child")).await;
        assert_eq!(without.status, StatusCode::CONFLICT, "a form without a version is no way around");
    }
}

#[tokio::test]
async fn numbers_that_make_no_sense_are_refused_with_what_was_typed() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        let node = act(&house, &id, &top, "do=child").await;
        for (fields, said) in [
            ("title=a&likelihood=101", "0から100まで"),
            ("title=a&likelihood=-1", "0から100まで"),
            ("title=a&cost=-5", "0円から1兆円まで"),
            ("title=&cost=1", "項目"),
            ("title=a&likelihood=%E9%AB%98%E3%81%84", "高い"),
        ] {
            let answer = save(&house, &id, &node, fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
            assert!(answer.body.contains(said), "{fields}: {}", answer.body);
        }
        assert!(save(&house, &id, &node, "title=a&likelihood=101").await.body.contains("value=\"101\""));
        let empty = format!("version={}&node={node}&do=outline&outline=+%0A", version(&house, &id).await);
        assert_eq!(house.post(&format!("/threats/attack_tree/{id}/act"), &empty).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let many = "x%0A".repeat(300);
        let body = format!("version={}&node={node}&do=outline&outline={many}", version(&house, &id).await);
        let answer = house.post(&format!("/threats/attack_tree/{id}/act"), &body).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("300個まで"));
    }
}

#[tokio::test]
async fn a_leaf_becomes_a_risk_once_and_a_finished_measure_closes_the_way() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        let node = act(&house, &id, &top, "do=suggest&threat=takeout").await;
        assert_eq!(node, top, "one goes on where one was");
        let leaf = house.rows("attack_node").await.into_iter().find(|row| row.get("parent").as_str() == top).unwrap();
        assert_eq!((leaf.get("title").as_str(), leaf.get("stride").as_str()), ("無断の持ち出し", "I"));
        let leaf = leaf.meta.id;
        for _ in 0..2 {
            let body = format!("version={}&node={leaf}", version(&house, &id).await);
            let answer = house.post(&format!("/threats/attack_tree/{id}/risk"), &body).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        }
        let risks = house.rows("scenario").await;
        assert_eq!(risks.len(), 1, "twice is once");
        assert_eq!(risks[0].get("source").as_str(), "attack_tree");
        assert_eq!(risks[0].get("assets").as_list(), std::slice::from_ref(&house.roster));
        assert_eq!(house.find("attack_node", &leaf).await.get("scenario").as_str(), risks[0].meta.id);
        let key = risks[0].get("source_key").as_str().to_owned();
        assert!(house.get(&key).await.contains("リスク登録済み"));
        let treatment = Values::default()
            .with("title", "USBを止める")
            .with("policy", "reduce")
            .with("measure", "私物のUSBを使えなくする")
            .with("owner", house.kimura.as_str())
            .with("due", jiff::civil::date(2026, 12, 20))
            .with("state", "planned");
        let treatment = house.add("treatment", treatment).await.meta.id;
        save(&house, &id, &leaf, &format!("measures={treatment}&has.measures=1&likelihood=40&cost=0")).await;
        let page = house.get(&format!("/threats/attack_tree/{id}/editor")).await;
        assert!(page.contains("対策予定") && page.contains("40%"), "{page}");
        assert_eq!(
            page.matches("通れる道がありません").count(),
            2,
            "closed only when the planned measure is done, for both ways"
        );
        let done = Values::default().with("state", "done").with("done_on", jiff::civil::date(2026, 11, 20));
        house.change("treatment", &treatment, done).await;
        let page = house.get(&format!("/threats/attack_tree/{id}/editor")).await;
        assert_eq!(page.matches("通れる道がありません").count(), 4);
    }
}

#[tokio::test]
async fn a_manager_draws_his_departments_trees_and_no_others() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        let body = format!("version={}&node={top}&do=child", version(&house, &id).await);
        let answer = house.post_as(&format!("/threats/attack_tree/{id}/act"), &body, house.manager()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let risk = format!("version={}&node={top}", version(&house, &id).await);
        let answer = house.post_as(&format!("/threats/attack_tree/{id}/risk"), &risk, house.manager()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "a risk of his own department: {}", answer.body);
        assert_eq!(house.rows("scenario").await[0].get("department").as_str(), house.personnel);
        house.change("attack_tree", &id, Values::default().with("department", house.sales.as_str())).await;
        let body = format!("version={}&node={top}&do=child", version(&house, &id).await);
        assert_eq!(
            house.post_as(&format!("/threats/attack_tree/{id}/act"), &body, house.manager()).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            house.get_as(&format!("/threats/attack_tree/{id}/editor"), house.manager()).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(house.get_as(&format!("/threats/attack_node/{top}"), house.manager()).await.status, StatusCode::NOT_FOUND);
        let auditor = house.actor(Role::Auditor, "監", "", &[]);
        let page = house.get_as(&format!("/threats/attack_tree/{id}/editor"), auditor.clone()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("/act\""), "an auditor changes nothing");
        assert_eq!(house.post_as(&format!("/threats/attack_tree/{id}/act"), &body, auditor).await.status, StatusCode::FORBIDDEN);
        let employee = house.actor(Role::Employee, "林", "", &[&house.personnel]);
        assert_eq!(house.get_as("/threats/attack_tree", employee).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_tree_goes_out_of_use_with_its_nodes_and_comes_back_with_them() {
    for house in House::each().await {
        let (id, top) = tree(&house).await;
        act(&house, &id, &top, "do=child").await;
        let gone =
            house.post(&format!("/threats/attack_tree/{id}/retire"), &format!("version={}", version(&house, &id).await)).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
        assert!(house.rows("attack_node").await.is_empty());
        let page = house.get(&format!("/threats/attack_tree/{id}/editor")).await;
        assert!(!page.contains("/act\""));
        assert_eq!(house.post(&format!("/threats/attack_tree/{id}/restore"), "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.rows("attack_node").await.len(), 2);
    }
}
