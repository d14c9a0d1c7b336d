//! Small parts that the pages of this area share.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::ops;
use mamori_ledger::record::{Record, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::Ctx;
use mamori_ledger::{Choice as _, Ledger as _, Registry};
use mamori_risk::catalogs_risk::{self, Threat};
use mamori_store::{Reader, Tx, View};
use mamori_ui::html::{El, Html, el};

use crate::neighbours::{Scenario, Stride};
use crate::queries;

/// The six letters in their order.
pub(crate) const LETTERS: [Stride; 6] =
    [Stride::Spoofing, Stride::Tampering, Stride::Repudiation, Stride::Disclosure, Stride::Denial, Stride::Elevation];

/// A ledger as the company at hand sees it.
pub(crate) async fn shape(registry: &Registry, db: &mut impl Reader, code: &str) -> Result<Shape> {
    let def = registry.ledger(code).ok_or_else(|| Error::Internal(format!("the ledger {code} is not registered")))?;
    Shape::load(def, db).await
}

/// What the catalogue says of a letter: name, broken property, question.
pub(crate) fn letter_words(letter: Stride) -> (Words, Words, Words) {
    let found = catalogs_risk::get().stride.iter().find(|stride| stride.letter == letter.code());
    found.map_or_else(Default::default, |stride| (stride.name.clone(), stride.breaks.clone(), stride.ask.clone()))
}

/// "S なりすまし".
pub(crate) fn letter_label(lang: Lang, letter: Stride) -> String {
    format!("{} {}", letter.code(), letter_words(letter).0.get(lang))
}

/// Threats of the catalogue that show in a letter, in its order.
pub(crate) fn threats_of(letter: Stride) -> impl Iterator<Item = &'static Threat> {
    catalogs_risk::get().threats.iter().filter(move |threat| threat.stride.iter().any(|code| code == letter.code()))
}

/// A form that posts; with scripts only the content of the element `target` is replaced.
pub(crate) fn post(action: &str, target: &str) -> El {
    el("form")
        .attr("method", "post")
        .attr("action", action)
        .attr("hx-post", action)
        .attr("hx-target", format!("#{target}"))
        .attr("hx-swap", "innerHTML")
}

/// A link; with scripts only the content of the element `target` is replaced.
pub(crate) fn link(href: &str, target: &str) -> El {
    el("a").attr("href", href).attr("hx-get", href).attr("hx-target", format!("#{target}")).attr("hx-swap", "innerHTML")
}

/// What is replaced, in its place on a whole page; alone where only the part was asked for.
pub(crate) fn replaceable(ctx: &Ctx, target: &str, inner: El) -> Html {
    if ctx.partial { inner.html() } else { el("div").attr("id", target).add(inner).html() }
}

/// A value that a form carries along.
pub(crate) fn hidden(name: &str, value: impl AsRef<str>) -> Html {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value).html()
}

/// A new row of a manager begins in his own department, the only one where he may save it.
pub(crate) fn own_department(view: &View, code: &str, values: &mut Values) {
    let actor = view.actor();
    let everywhere = actor.reach(code, Action::Create).is_everything();
    if values.get("department").is_empty()
        && !everywhere
        && let Some(first) = actor.department_ids.first()
    {
        values.set("department", first.as_str());
    }
}

/// A refusal in both languages.
pub(crate) fn refuse<T>(ja: &'static str, en: &'static str) -> Result<T> {
    Err(Error::refused(ja, en))
}

/// Refuses to register a risk for those who may not, with the way out.
pub(crate) fn may_register(tx: &Tx, department: &str) -> Result<()> {
    let actor = tx.actor();
    let own = !department.is_empty() && actor.department_ids.iter().any(|id| id == department);
    if actor.reach(Scenario::CODE, Action::Create).covers(own, false, 0) {
        return Ok(());
    }
    Err(Error::Forbidden(Words::new(
        "リスク登録簿に登録する権限がありません。セキュリティ担当に、この画面を見せて登録を依頼してください。",
        "You may not add to the risk register. Please show this page to the security officer.",
    )))
}

/// What belongs to a row goes out of use with it and comes back with it.
pub(crate) async fn follow(
    registry: &Registry,
    tx: &mut Tx,
    code: &'static str,
    field: &str,
    old: Option<&Record>,
    new: &Record,
) -> Result<()> {
    let Some(old) = old.filter(|old| old.is_retired() != new.is_retired()) else { return Ok(()) };
    let shape = shape(registry, tx, code).await?;
    for id in queries::children(tx, shape.def.table, field, &new.meta.id, &old.meta.retired_at).await? {
        if new.is_retired() {
            ops::retire(registry, tx, &shape, &id, None).await?;
        } else {
            ops::restore(registry, tx, &shape, &id).await?;
        }
    }
    Ok(())
}
