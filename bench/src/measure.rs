//! The measurements. Each gives lines of the table; what they need stands in [`Bench`].

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::http::{Answer, Client};
use crate::result::{Line, Times};
use crate::server::{Server, command};
use crate::{queries, sample};

/// How much of everything.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// Starts of each kind.
    pub starts: usize,
    /// Records created one by one.
    pub creates: usize,
    /// Rows of the imported workbook.
    pub import: usize,
    /// Risks in the register.
    pub risks: i64,
    /// Rows of the large ledger.
    pub large: i64,
    /// Requests per list.
    pub lists: usize,
    /// Seconds of load.
    pub load: u64,
    /// Pages looked at on a working day.
    pub day: usize,
}

/// The counts of the design.
pub const FULL: Counts =
    Counts { starts: 5, creates: 500, import: 10_000, risks: 100_000, large: 1_000_000, lists: 200, load: 5, day: 3_000 };
/// A look without large counts; says nothing about the budgets.
pub const QUICK: Counts =
    Counts { starts: 1, creates: 50, import: 300, risks: 2_000, large: 20_000, lists: 20, load: 1, day: 100 };

/// Rows of the report that is printed: as many as an applicability statement has controls.
const REPORT_ROWS: usize = 93;
const LIST: &str = "/assets/information_asset?limit=20";
const PDF: &str = "/risk/report/asset-risk.pdf";
const KINDS: [&str; 11] = [
    "organization",
    "people",
    "asset_management",
    "access_control",
    "physical",
    "device_use",
    "it_operation",
    "development",
    "supplier",
    "incident",
    "my_number",
];

/// Everything that a measurement needs.
pub struct Bench {
    pub binary: PathBuf,
    pub counts: Counts,
    /// Parent of the data folders.
    pub folder: PathBuf,
    /// The lines so far.
    pub lines: Vec<Line>,
}

pub(crate) fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

pub(crate) fn expect(answer: Answer, status: u16, what: &str) -> io::Result<Answer> {
    if answer.status == status {
        return Ok(answer);
    }
    let text: String = answer.text().chars().take(600).collect();
    Err(io::Error::other(format!("{what}: status {} instead of {status}\n{text}", answer.status)))
}

impl Bench {
    pub(crate) fn say(&mut self, line: Line) {
        println!("{:<58} {:>10.2} {:<3} {}", line.work, line.measured, line.unit, if line.holds() { "ok" } else { "missed" });
        self.lines.push(line);
    }

    /// All of it.
    ///
    /// # Errors
    /// Something could not be run; a missed budget is no error.
    pub async fn run(&mut self) -> io::Result<()> {
        let data = self.folder.join("data");
        let mut first = Vec::new();
        for number in 0..self.counts.starts {
            let server = Server::start(&self.binary, &self.folder.join(format!("first-{number}"))).await?;
            first.push(server.started_in.as_secs_f64() * 1000.0);
            server.stop().await?;
        }
        let first = Times::new(first);
        self.say(Line::at_most("first start, empty folder to ready", 2000.0, "ms", first.median(), first.told()));

        let server = Server::start(&self.binary, &data).await?;
        let (browser, program) = self.set_up(&server).await?;
        server.stop().await?;
        let mut warm = Vec::new();
        for _ in 0..self.counts.starts {
            let server = Server::start(&self.binary, &data).await?;
            warm.push(server.started_in.as_secs_f64() * 1000.0);
            server.stop().await?;
        }
        let warm = Times::new(warm);
        self.say(Line::at_most("warm start to first answer", 200.0, "ms", warm.median(), warm.told()));

        let server = Server::start(&self.binary, &data).await?;
        let (browser, program) = at(&server, &browser, &program);
        tokio::time::sleep(Duration::from_secs(2)).await;
        let idle = server.memory_mb("VmRSS").unwrap_or_default();
        self.say(Line::at_most("memory, idle", 60.0, "MB", idle, "resident, 2 s after the start, before the first page"));
        self.report(&browser, &program).await?;
        self.create(&program).await?;
        self.weights(&browser, &program).await?;
        self.import(&browser).await?;
        self.list(&browser, self.counts.import + REPORT_ROWS + self.counts.creates, 5.0).await?;
        self.load(&browser).await?;
        self.day(&browser, &program, &server).await?;
        server.stop().await?;
        self.register(&browser, &program).await?;

        let begun = Instant::now();
        let rows =
            queries::multiply_assets(&data, self.counts.large).await.map_err(|error| io::Error::other(error.to_string()))?;
        println!("{rows} rows after {:.0} s of copying", begun.elapsed().as_secs_f64());
        let server = Server::start(&self.binary, &data).await?;
        let (browser, _) = at(&server, &browser, &program);
        self.list(&browser, usize::try_from(rows).unwrap_or(0), 15.0).await?;
        server.stop().await
    }

    /// The first visit in the browser; gives somebody who is signed in, and a program with a token.
    async fn set_up(&self, server: &Server) -> io::Result<(Client, Client)> {
        let mut browser = Client { address: server.address.clone(), gzip: true, ..Client::default() };
        let fields = [
            ("name", "計測株式会社"),
            ("industry", "manufacturing"),
            ("headcount", "93"),
            ("fiscal_start_month", "4"),
            ("lang", "ja"),
            ("admin_name", "測本 定"),
            ("admin_login", "sokumoto"),
            ("admin_email", ""),
            ("admin_password", "komorebi-hotaru-2718"),
            ("admin_again", "komorebi-hotaru-2718"),
        ];
        let answer = expect(browser.form("/setup/administrator", &fields).await?, 303, "set-up")?;
        browser.cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        expect(browser.form("/risk/start", &[]).await?, 303, "beginning the risk assessment")?;
        for kind in KINDS {
            expect(browser.form(&format!("/risk/check/{kind}"), &[("all", "partial")]).await?, 303, "measure check")?;
        }
        let token =
            command(&self.binary, &self.folder.join("data"), &["token", "--user", "sokumoto", "--scope", "write"]).await?;
        let token =
            token.lines().flat_map(str::split_whitespace).find(|word| word.starts_with("mamori_")).unwrap_or_default().to_owned();
        let program = Client { address: server.address.clone(), token, ..Client::default() };
        Ok((browser, program))
    }

    /// The report is printed while the ledger holds as many rows as the budget speaks of.
    async fn report(&mut self, browser: &Client, program: &Client) -> io::Result<()> {
        self.add(program, 0..REPORT_ROWS).await?;
        let (mut times, mut size) = (Vec::new(), 0);
        for _ in 0..6 {
            let begun = Instant::now();
            let answer = expect(browser.get(PDF).await?, 200, "PDF")?;
            times.push(ms(begun));
            size = answer.bytes;
            if answer.header("content-type") != "application/pdf" {
                return Err(io::Error::other(format!("the report is {} instead of a PDF", answer.header("content-type"))));
            }
        }
        let first = times.first().copied().unwrap_or_default();
        let times = Times::new(times);
        let note =
            format!("cover, summary, heat map and the full ledger; first {first:.0} ms; {}; {} kB", times.told(), size / 1000);
        self.say(Line::at_most(format!("PDF of the asset-risk report, {REPORT_ROWS} rows"), 500.0, "ms", times.median(), note));
        Ok(())
    }

    /// Creates records one by one; gives the times at the client and, where it tells them, at the server.
    async fn add(&self, program: &Client, numbers: std::ops::Range<usize>) -> io::Result<(Times, Times)> {
        let mut connection = program.connection();
        let (mut wall, mut server) = (Vec::new(), Vec::new());
        for number in numbers {
            let body = sample::json(number);
            let begun = Instant::now();
            let answer = connection.send("POST", "/api/v1/information_asset", "application/json", body.as_bytes()).await?;
            wall.push(ms(begun));
            server.extend(answer.server_ms());
            expect(answer, 201, "creating a record")?;
        }
        Ok((Times::new(wall), Times::new(server)))
    }

    async fn create(&mut self, program: &Client) -> io::Result<()> {
        let (wall, server) = self.add(program, REPORT_ROWS..REPORT_ROWS + self.counts.creates).await?;
        let (time, how) =
            if server.median() > 0.0 { (&server, "at the server (Server-Timing)") } else { (&wall, "wall time of the client") };
        let note =
            format!("{}; {how}; durable (SQLite, synchronous = FULL), with risk, log entry, links and search", time.told());
        self.say(Line::at_most("one record created", 3.0, "ms", time.median(), note));
        Ok(())
    }

    async fn weights(&mut self, browser: &Client, program: &Client) -> io::Result<()> {
        let listed = expect(program.get("/api/v1/information_asset?limit=1").await?, 200, "listing")?;
        let json: serde_json::Value = serde_json::from_slice(&listed.body).map_err(io::Error::other)?;
        let id = json.pointer("/items/0/id").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let pages = [
            "/".to_owned(),
            LIST.to_owned(),
            format!("/assets/information_asset/{id}"),
            format!("/assets/information_asset/{id}/edit"),
            "/assets/information_asset/new".to_owned(),
            "/risk".to_owned(),
            "/risk/check".to_owned(),
            "/risk/report".to_owned(),
            "/organization/department".to_owned(),
            "/assets/coverage".to_owned(),
        ];
        let (mut whole, mut after) = ((0_usize, String::new()), (0_usize, String::new()));
        for page in &pages {
            let zipped = expect(browser.get(page).await?, 200, page)?;
            let plain = expect(Client { gzip: false, ..browser.clone() }.get(page).await?, 200, page)?;
            let (mut all, mut again) = (zipped.bytes, zipped.bytes);
            for asset in assets(&plain.text()) {
                let asset = expect(browser.get(&asset).await?, 200, &asset)?;
                all += asset.bytes;
                if !asset.header("cache-control").contains("immutable") {
                    again += asset.bytes;
                }
            }
            let name = page.replace(&id, "{id}");
            whole = whole.max((all, name.clone()));
            after = after.max((again, name));
        }
        let note =
            |heaviest: &(usize, String)| format!("heaviest of {} pages: `{}`; gzip, heads included", pages.len(), heaviest.1);
        self.say(Line::at_most("any page with all assets", 150.0, "kB", whole.0 as f64 / 1000.0, note(&whole)));
        self.say(Line::at_most("any page after the first", 30.0, "kB", after.0 as f64 / 1000.0, note(&after)));
        Ok(())
    }

    async fn import(&mut self, browser: &Client) -> io::Result<()> {
        let rows = self.counts.import;
        let book = sample::workbook(rows).map_err(io::Error::other)?;
        let begun = Instant::now();
        let answer = expect(browser.upload("/assets/information_asset/import", "bench.xlsx", &book).await?, 303, "upload")?;
        let uploaded = ms(begun);
        let batch = answer.header("location").to_owned();
        let begun = Instant::now();
        expect(browser.get(&batch).await?, 200, "preview")?;
        let shown = ms(begun);
        let note = format!("{rows} rows, {} kB; upload and reading {uploaded:.0} ms, page {shown:.0} ms", book.len() / 1000);
        self.say(Line::at_most(format!("import of {rows} rows: preview"), 2000.0, "ms", uploaded + shown, note));
        let begun = Instant::now();
        expect(browser.form(&format!("{batch}/accept"), &[]).await?, 303, "accepting the import")?;
        let written = ms(begun);
        self.say(Line::at_most(
            format!("import of {rows} rows: write"),
            2000.0,
            "ms",
            written,
            "one transaction, each row with its log entry and search",
        ));
        Ok(())
    }

    async fn list(&mut self, browser: &Client, rows: usize, budget: f64) -> io::Result<()> {
        let plain = Client { gzip: false, ..browser.clone() };
        let mut told = Vec::new();
        let mut main = Times::default();
        for (name, query) in [
            ("by number", ""),
            ("page 40", "&page=40"),
            ("by name, descending", "&sort=-name"),
            ("one storage place", "&f.storage=paper"),
        ] {
            let mut connection = plain.connection();
            let path = format!("{LIST}{query}");
            let mut times = Vec::new();
            for _ in 0..self.counts.lists {
                let begun = Instant::now();
                let answer = connection.send("GET", &path, "", b"").await?;
                times.push(ms(begun));
                expect(answer, 200, &path)?;
            }
            let times = Times::new(times);
            if query.is_empty() {
                told.push(times.told());
                main = times;
            } else {
                told.push(format!("{name} {:.1} ms", times.median()));
            }
        }
        let how = if rows > 100_000 { "; rows copied by SQL while the server was stopped" } else { "" };
        let note = format!("whole HTML page, wall time of the client, {}{how}", told.join("; "));
        self.say(Line::at_most(format!("list page, 20 of {rows} rows"), budget, "ms", main.median(), note));
        Ok(())
    }

    async fn load(&mut self, browser: &Client) -> io::Result<()> {
        const CLIENTS: usize = 4;
        let until = Instant::now() + Duration::from_secs(self.counts.load);
        let plain = Client { gzip: false, ..browser.clone() };
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let mut connection = plain.connection();
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    while Instant::now() < until {
                        let begun = Instant::now();
                        let answer = connection.send("GET", LIST, "", b"").await?;
                        times.push(ms(begun));
                        expect(answer, 200, LIST)?;
                    }
                    Ok::<Vec<f64>, io::Error>(times)
                })
            })
            .collect();
        let mut times = Vec::new();
        for client in clients {
            times.extend(client.await.map_err(io::Error::other)??);
        }
        let rate = times.len() as f64 / self.counts.load as f64;
        let note = format!(
            "{CLIENTS} kept-alive connections for {} s, signed in, whole HTML page; ms: {}",
            self.counts.load,
            Times::new(times).told()
        );
        self.say(Line::at_least("requests per second of that list, 4 clients", 2000.0, "/s", rate, note));
        Ok(())
    }

    /// What a company of fifty does in a day, after the imports, prints and load above in the same process.
    async fn day(&mut self, browser: &Client, program: &Client, server: &Server) -> io::Result<()> {
        let pages = [
            "/",
            LIST,
            "/risk",
            "/risk/treatment",
            "/organization/person",
            "/search?q=%E9%A1%A7%E5%AE%A2",
            "/assets/coverage",
            "/risk/check",
        ];
        let mut connection = browser.connection();
        for path in pages.iter().cycle().take(self.counts.day) {
            expect(connection.send("GET", path, "", b"").await?, 200, path)?;
        }
        self.add(program, 90_000..90_000 + self.counts.day / 30).await?;
        for _ in 0..5 {
            expect(browser.get("/assets/information_asset/export?format=xlsx").await?, 200, "export")?;
        }
        let (now, most) = (server.memory_mb("VmRSS").unwrap_or_default(), server.memory_mb("VmHWM").unwrap_or_default());
        let note = format!(
            "resident after everything above and {} pages, {} records, 5 exports of the whole ledger; at most {most:.0} MB",
            self.counts.day,
            self.counts.day / 30
        );
        self.say(Line::at_most("memory after a day's use", 150.0, "MB", now, note));
        Ok(())
    }
}

/// The same people at a server that was started again.
pub(crate) fn at(server: &Server, browser: &Client, program: &Client) -> (Client, Client) {
    let moved = |client: &Client| Client { address: server.address.clone(), ..client.clone() };
    (moved(browser), moved(program))
}

/// What a page loads from its own server: style sheets, scripts, images.
fn assets(html: &str) -> Vec<String> {
    let mut found: Vec<String> = html
        .split('"')
        .filter(|part| part.starts_with("/static/"))
        .map(|part| part.split('#').next().unwrap_or(part).to_owned())
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_assets_once() {
        let html = r##"<link href="/static/app-1.css"><script src="/static/app-2.js"></script><use href="/static/icons.svg#x"><use href="/static/icons.svg#y"><a href="/risk">"##;
        assert_eq!(assets(html), ["/static/app-1.css", "/static/app-2.js", "/static/icons.svg"]);
    }
}
