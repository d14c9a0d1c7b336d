//! The cost of an incident, line by line, into the loss of a risk.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use mamori_kernel::lang::Lang;

use super::house::House;

#[tokio::test]
async fn the_table_of_costs_becomes_the_loss_of_its_risk() {
    for house in House::each().await {
        let risk = house.risk(3).await;
        let path = format!("/risk/scenario/{}/costs", risk.meta.id);
        let page = house.get(&path, Lang::Ja).await;
        let field = |page: &str, name: &str| {
            let (_, after) = page.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}"));
            after.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
        };
        let names: Vec<String> =
            page.match_indices("name=\"").map(|(at, _)| page[at + 6..].split('"').next().unwrap().to_owned()).collect();
        let typed = |changed: &[(&str, &str)], step: &str| {
            let fields = names.iter().filter(|name| *name != "step").map(|name| {
                let value = changed
                    .iter()
                    .find(|(known, _)| known == name)
                    .map_or_else(|| field(&page, name), |(_, value)| (*value).to_owned());
                (name.clone(), value)
            });
            let all: Vec<(String, String)> = fields.chain([("step".to_owned(), step.to_owned())]).collect();
            Body::from(mamori_ledger::web::Form(all).encode())
        };
        let send = async |body: Body| {
            let request = Request::post(&path).header("content-type", "application/x-www-form-urlencoded").body(body).unwrap();
            house.ask(request, house.officer(), Lang::Ja).await
        };
        let (status, wrong) = send(typed(&[("persons", "20000"), ("price:lawyer", "-5")], "save")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.contains("0円以上の整数") && wrong.contains("-5"), "what was typed stays: {wrong}");
        let (status, worked) = send(typed(&[("persons", "20000")], "work")).await;
        assert!(status == StatusCode::OK && worked.contains("27,860,000円"), "T4: {worked}");
        assert!(house.find("scenario", &risk.meta.id).await.get("other_loss").is_empty(), "working out saves nothing");
        let (status, _) = send(typed(&[("persons", "20000")], "save")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let saved = house.find("scenario", &risk.meta.id).await;
        assert_eq!(saved.get("other_loss").as_int(), Some(27_860_000));
        let others = risk.get("sle").as_int().unwrap_or(0);
        assert_eq!(saved.get("sle").as_int(), Some(others + 27_860_000), "beside what else the risk would cost");
        assert_eq!(field(&house.get(&path, Lang::En).await, "persons"), "20000", "the table is there again");
        let (status, _) = send(typed(&[("persons", "1")], "save")).await;
        assert_eq!(status, StatusCode::CONFLICT, "the page was older than the risk");
        let request = Request::get(&path).body(Body::empty()).unwrap();
        let (status, _) = house.ask(request, house.executive(), Lang::Ja).await;
        assert!(status == StatusCode::NOT_FOUND || status == StatusCode::FORBIDDEN, "{status}");
    }
}
