//! Progress of people's work and of the machine's.

use mamori_kernel::lang::Lang;

use crate::{
    html::{Html, component, el},
    tone::Tone,
};

/// A bar: how much of a whole is done.
#[derive(Clone, Debug)]
pub struct Progress {
    label: String,
    done: u64,
    total: u64,
    tone: Tone,
}

impl Progress {
    /// `done` of `total`; a total of 0 shows an empty bar and "—".
    pub fn new(label: impl Into<String>, done: u64, total: u64) -> Self {
        Self { label: label.into(), done, total, tone: Tone::Info }
    }

    /// Colour of the bar.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// Whole percent, rounded down so that 100 % means finished.
    pub fn percent(&self) -> Option<u64> {
        (self.done.min(self.total) * 100).checked_div(self.total)
    }

    fn render(&self) -> Html {
        let figures = match self.percent() {
            Some(percent) => format!("{} / {} ({percent}%)", self.done, self.total),
            None => "—".to_owned(),
        };
        el("div")
            .class(format!("progress progress-{}", self.tone.name()))
            .add(el("span").class("progress-label").text(&self.label))
            .add(el("span").class("progress-figures num").text(figures))
            .add(
                el("progress")
                    .attr("max", self.total.max(1).to_string())
                    .attr("value", self.done.min(self.total).to_string())
                    .attr("aria-label", &self.label),
            )
            .html()
    }
}

/// A job that runs in the background. It asks `href` for itself every second until the server answers with a finished one;
/// without scripts a link renews the page.
#[derive(Clone, Debug)]
pub struct JobProgress {
    lang: Lang,
    href: String,
    label: String,
    done: u64,
    total: u64,
    finished: Option<Html>,
}

impl JobProgress {
    /// A running job whose state is served at `href`.
    pub fn running(lang: Lang, href: impl Into<String>, label: impl Into<String>, done: u64, total: u64) -> Self {
        Self { lang, href: href.into(), label: label.into(), done, total, finished: None }
    }

    /// A finished job with its outcome.
    #[must_use]
    pub fn finished(self, outcome: impl Into<Html>) -> Self {
        Self { finished: Some(outcome.into()), ..self }
    }

    fn render(&self) -> Html {
        let renew = match self.lang {
            Lang::Ja => "最新の状況に更新",
            Lang::En => "Show the latest state",
        };
        match &self.finished {
            Some(outcome) => el("div").class("job").attr("role", "status").add(outcome.clone()).html(),
            None => el("div")
                .class("job")
                .attr("aria-busy", "true")
                .attr("hx-get", &self.href)
                .attr("hx-trigger", "every 1s")
                .attr("hx-swap", "outerHTML")
                .add(Progress::new(&self.label, self.done, self.total))
                .add(el("a").class("no-js-only").attr("href", &self.href).text(renew))
                .html(),
        }
    }
}

component!(Progress, JobProgress);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_is_rounded_down_and_never_divides_by_zero() {
        assert_eq!(Progress::new("棚卸", 199, 200).percent(), Some(99));
        assert_eq!(Progress::new("棚卸", 5, 3).percent(), Some(100));
        assert_eq!(Progress::new("棚卸", 0, 0).percent(), None);
    }

    #[test]
    fn a_finished_job_stops_asking() {
        let job = JobProgress::running(Lang::Ja, "/jobs/1", "取り込み中", 3, 10);
        assert!(job.to_string().contains("hx-trigger=\"every 1s\""));
        assert!(!job.finished(Html::text("完了")).to_string().contains("hx-"));
    }
}
