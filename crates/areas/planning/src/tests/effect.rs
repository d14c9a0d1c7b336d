//! Metrics chosen at planning, measured once a day, judged by the rules, asked for when due.

use jiff::civil::date;
use mamori_kernel::lang::Lang;
use mamori_ledger::Values;
use mamori_ledger::ops::Gate;
use mamori_schedule::TodaySource as _;

use super::house::{House, message, now};
use crate::metric::queries;
use crate::metric::rules::judge;
use crate::metric::today::Due;

impl House {
    async fn metric(&self, treatment: &str) -> String {
        let values = Values::default()
            .with("name", "ヒヤリハットの件数")
            .with("treatment", treatment)
            .with("unit", "件")
            .with("direction", "down")
            .with("target", mamori_ledger::Value::Real(4.0))
            .with("before_value", mamori_ledger::Value::Real(6.0))
            .with("cadence", "monthly")
            .with("owner", self.kimura.as_str());
        self.add_as(self.officer(), "metric", values, Gate::Program).await.unwrap().meta.id
    }

    async fn measured(&self, metric: &str, on: &str, value: &str) -> mamori_kernel::error::Result<()> {
        let values = Values::default().with("metric", metric).with("measured_on", on.parse::<jiff::civil::Date>().unwrap());
        let values = values.with("value", mamori_ledger::Value::Real(value.parse().unwrap()));
        self.add_as(self.officer(), "measurement", values, Gate::Program).await.map(|_| ())
    }
}

#[tokio::test]
async fn t13_two_of_six_triggers_are_gone_after_the_measure() {
    for house in House::each().await {
        let treatment = house.measure("手順の見直し").await;
        let metric = house.metric(&treatment).await;
        let says = async || {
            let known = queries::of_metric(&mut house.view(house.officer()).await, &metric).await.unwrap().unwrap();
            judge(&known.facts).says.ja.into_owned()
        };
        assert!(says().await.contains("まだ終わっていません"));
        let done = Values::default().with("state", "done").with("done_on", date(2026, 11, 1)).with("starts", date(2026, 10, 1));
        house.change("treatment", &treatment, done).await.unwrap();
        house.measured(&metric, "2026-11-15", "4").await.unwrap();
        assert_eq!(says().await, "6件のうち2件がなくなり、33%減りました。");
        for lang in Lang::ALL {
            let page = house.get(&format!("/planning/metric/{metric}"), lang).await;
            assert!(page.contains("<svg") && page.contains("33%"), "{page}");
            assert!(house.get("/planning/effect", lang).await.contains("33%"));
            let measure = house.get(&format!("/risk/treatment/{treatment}"), lang).await;
            assert!(measure.contains(&format!("/planning/metric/{metric}")) && measure.contains("33%"));
        }
    }
}

#[tokio::test]
async fn a_day_has_one_value_and_tomorrow_has_none() {
    for house in House::each().await {
        let treatment = house.measure("手順の見直し").await;
        let metric = house.metric(&treatment).await;
        house.measured(&metric, "2026-11-15", "4").await.unwrap();
        assert!(message(house.measured(&metric, "2026-11-15", "5").await).contains("すでにあります"));
        assert!(message(house.measured(&metric, "2026-11-21", "5").await).contains("先の日付"));
        assert!(message(house.measured(&metric, "2026-11-16", "-1").await).contains("0以上"));
    }
}

#[tokio::test]
async fn who_measures_is_asked_when_a_period_is_over() {
    for house in House::each().await {
        let treatment = house.measure("手順の見直し").await;
        let metric = house.metric(&treatment).await;
        let asked = async |actor, on: jiff::civil::Date| {
            let mut view = house.view(actor).await;
            let services = mamori_schedule::Services(std::sync::Arc::new(()));
            Due.items(&mut view, &services, on).await.unwrap()
        };
        // Made today: nothing is due for a month, less the week ahead.
        assert!(asked(house.officer(), mamori_kernel::time::today(now())).await.is_empty());
        let items = asked(house.manager(), date(2026, 12, 14)).await;
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].link, format!("/planning/measurement/new?metric={metric}"));
        assert_eq!(items[0].due, Some(date(2026, 12, 20)));
        assert!(asked(house.executive(), date(2026, 12, 14)).await.is_empty(), "who only reads is not asked");
        house.change("treatment", &treatment, Values::default().with("state", "cancelled")).await.unwrap();
        assert!(asked(house.manager(), date(2026, 12, 14)).await.is_empty(), "a measure that was given up is not measured");
    }
}

#[tokio::test]
async fn who_counts_writes_down_the_own_counts_only() {
    for house in House::each().await {
        let treatment = house.measure("手順の見直し").await;
        let metric = house.metric(&treatment).await;
        let values = || {
            Values::default()
                .with("metric", metric.as_str())
                .with("measured_on", date(2026, 11, 15))
                .with("value", mamori_ledger::Value::Real(4.0))
        };
        let person = |id: &str| house.actor(mamori_kernel::access::Role::Employee, "社員", id, &[]);
        assert!(house.add_as(person(&house.hino), "measurement", values(), Gate::Person).await.is_err());
        let made = house.add_as(person(&house.kimura), "measurement", values(), Gate::Person).await.unwrap();
        assert_eq!(made.get("name").as_str(), "ヒヤリハットの件数 2026-11-15");
        assert!(queries::of_metric(&mut house.view(person(&house.hino)).await, &metric).await.unwrap().is_none());
    }
}
