//! The part of a check's own page: where it stands and what to do next.

use mamori_kernel::error::Result;
use mamori_kernel::i18n::t;
use mamori_ledger::hooks::Panel;
use mamori_ledger::{Record, Registry};
use mamori_store::View;
use mamori_ui::components::Button;
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::parts;
use crate::answer::queries as answers;
use crate::check::ops;
use crate::contract::installed;
use crate::score::Score;

/// The panel; nothing for a check whose questions are not part of the program.
pub(crate) async fn panels(view: &mut View, registry: &Registry, record: &Record) -> Result<Vec<Panel>> {
    let lang = view.actor().lang;
    let Some(catalogue) = installed()?.find(record.get("catalogue").as_str(), record.get("edition").as_str()) else {
        return Ok(Vec::new());
    };
    let Some(def) = registry.ledger("check") else { return Ok(Vec::new()) };
    let kept = answers::of_sheet(view, &record.meta.id).await?;
    let score = Score::whole(catalogue, &answers::answers(&kept));
    let path = format!("{}/{}", def.path(), record.meta.id);
    let takes = ops::state_of(record).takes_answers();
    let first = Button::link(t(lang, if takes { "check-answer" } else { "check-answers" }), format!("{path}/answer"));
    let first = if takes { first.primary().icon(Icon::Edit) } else { first.secondary() };
    let result = Button::link(t(lang, "check-to-result"), format!("{path}/result")).icon(Icon::Chart);
    let result = if takes { result.secondary() } else { result.primary() };
    let body = Html::join([
        parts::progress(lang, &score),
        el("p").text(parts::score_text(lang, catalogue, &score)).html(),
        el("p").class("cluster").add(Html::from(first)).add(Html::from(result)).html(),
    ]);
    Ok(vec![Panel { title: t(lang, "check-panel"), body: el("div").class("stack").add(body).html(), first: true }])
}
