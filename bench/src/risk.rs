//! The risk register at the size of the design: 10,000 assets, 100,000 risks.

use std::io;
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::measure::{Bench, at, expect, ms};
use crate::queries;
use crate::result::{Line, Times};
use crate::server::Server;

/// Number before, number after, name.
type Level = (&'static str, &'static str, &'static str);

/// The levels of the textbook scale with every weakness moved up by one: all risks must be worked out again.
const MOVED: [(&str, &[Level]); 4] = [
    ("asset_value", &[("0", "0", "低い"), ("1", "1", "中くらい"), ("2", "2", "高い")]),
    ("threat", &[("1", "1", "ほとんどない"), ("2", "2", "ある")]),
    ("weakness", &[("1", "2", "ほとんどない"), ("2", "3", "ある")]),
    ("likelihood", &[("1", "1", "低い"), ("2", "2", "中くらい"), ("3", "3", "高い")]),
];

impl Bench {
    /// Fills the register while the server is stopped, then measures it.
    pub(crate) async fn register(&mut self, browser: &Client, program: &Client) -> io::Result<()> {
        let data = self.folder.join("data");
        let failed = |error: mamori_kernel::error::Error| io::Error::other(error.to_string());
        let day = queries::fill_register(&data, self.counts.risks).await.map_err(failed)?;
        let server = Server::start(&self.binary, &data).await?;
        let (browser, program) = at(&server, browser, program);
        let risks = self.counts.risks;
        for (work, budget, path) in [
            (format!("register page, 20 of {risks} risks"), 15.0, "/risk/scenario".to_owned()),
            (format!("heat map of {risks} risks"), 30.0, "/risk/register/map".to_owned()),
            (format!("heat map of {risks} risks on an earlier day"), 30.0, format!("/risk/register/map?on={day}")),
        ] {
            let mut connection = browser.connection();
            let mut times = Vec::new();
            for _ in 0..self.counts.lists.min(50) {
                let begun = Instant::now();
                let answer = connection.send("GET", &path, "", b"").await?;
                times.push(ms(begun));
                expect(answer, 200, &path)?;
            }
            let times = Times::new(times);
            let note = format!("whole page, wall time of the client, {}; rows copied by SQL", times.told());
            self.say(Line::at_most(work, budget, "ms", times.median(), note));
        }
        self.simulation(&program).await?;
        self.rescale(&browser, &data).await?;
        server.stop().await
    }

    /// A risk with a range of losses: saving it runs 10,000 trials.
    async fn simulation(&mut self, program: &Client) -> io::Result<()> {
        let mut connection = program.connection();
        let mut times = Vec::new();
        for number in 0..20 {
            let body = format!(
                "{{\"title\":\"幅のあるリスク{number}\",\"occurrences\":\"1/5\",\"loss_least\":100000,\"loss_likely\":900000,\"loss_most\":12000000}}"
            );
            let begun = Instant::now();
            let answer = connection.send("POST", "/api/v1/scenario", "application/json", body.as_bytes()).await?;
            times.push(ms(begun));
            let answer = expect(answer, 201, "a risk with a range")?;
            let saved: serde_json::Value = serde_json::from_slice(&answer.body).map_err(io::Error::other)?;
            if saved.get("ale_p95").and_then(serde_json::Value::as_i64).is_none() {
                return Err(io::Error::other("the risk was saved without its 95 % figure"));
            }
        }
        let times = Times::new(times);
        let note = format!("the risk saved with it (durable), {}", times.told());
        self.say(Line::at_most("simulation of 10000 trials for one risk", 50.0, "ms", times.median(), note));
        Ok(())
    }

    /// Changes the scale and waits for the job.
    async fn rescale(&mut self, browser: &Client, data: &std::path::Path) -> io::Result<()> {
        let mut fields: Vec<(String, String)> = vec![("reason".to_owned(), "計測のため".to_owned())];
        for (factor, levels) in MOVED {
            for (at, (old, number, name)) in levels.iter().enumerate() {
                for (part, value) in [("old", old), ("number", number), ("ja", name), ("en", name), ("means-ja", name)] {
                    fields.push((format!("{part}:{factor}:{at}"), (*value).to_owned()));
                }
            }
        }
        for (group, codes) in [("impact", ["heavy", "middle", "light"]), ("frequency", ["often", "sometimes", "rare"])] {
            for code in codes {
                for lang in ["ja", "en"] {
                    fields.push((format!("{lang}:{group}:{code}"), code.to_owned()));
                }
            }
        }
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let begun = Instant::now();
        expect(browser.form("/risk/scale", &pairs).await?, 303, "changing the scale")?;
        let asked = ms(begun);
        let failed = |error: mamori_kernel::error::Error| io::Error::other(error.to_string());
        let took = loop {
            if queries::rescaled(data).await.map_err(failed)? {
                break ms(begun);
            }
            if begun.elapsed() > Duration::from_secs(120) {
                return Err(io::Error::other("the recalculation did not end within two minutes"));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let work = format!("recalculating {} risks after a scale change", self.counts.risks);
        let note = format!(
            "a job with progress, from the click to its end, up to a second of waiting for the worker included; the page answered after {asked:.0} ms; every value changes"
        );
        self.say(Line::at_most(work, 3000.0, "ms", took, note));
        Ok(())
    }
}
