//! Budget requests before the approval engine: content, time and cost are what the meeting decides on (S2-D6-12).

use mamori_approval::{Approvable, Decision, Fact, Source, Subject};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::yen::Yen;
use mamori_ledger::hooks::Hooked;
use mamori_ledger::record::{Record, Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Registry, ops, query};
use mamori_store::Tx;

use super::{BudgetRequest, State, rules};
use crate::budget::queries::named;
use crate::budget::rules::{CLASSES, Item, year_sheet};
use crate::budget::sheet::class_word;
use crate::budget_item::{BudgetItem, State as ItemState};

/// The kind of the engine.
pub const KIND: &str = "budget_request";

/// Budget requests as the approval engine knows them; given to it by the composition of the program.
pub fn approvable() -> impl Approvable {
    Requests
}

struct Requests;

fn shape(registry: &Registry, ledger: &str) -> Result<Shape> {
    Ok(Shape::plain(registry.ledger(ledger).ok_or(Error::NotFound)?))
}

/// Two words of one form.
fn both(make: impl Fn(Lang) -> String) -> Words {
    Words::owned(make(Lang::Ja), make(Lang::En))
}

fn subject(row: &Record, items: &[Item]) -> Subject {
    let request = BudgetRequest::from_record(row);
    let year = request.fiscal_year.unwrap_or_default();
    let sheet = year_sheet(items, i16::try_from(year).unwrap_or_default());
    let mut facts = vec![
        Fact { label: Words::new("年度", "Fiscal year"), value: both(|_| year.to_string()) },
        Fact { label: Words::new("申請額", "Amount"), value: both(|lang| sheet.total.planned.format(lang)) },
    ];
    for (class, sums) in CLASSES.iter().zip(&sheet.classes).filter(|(_, sums)| sums.planned > Yen::ZERO) {
        facts.push(Fact { label: both(|lang| class_word(*class, lang)), value: both(|lang| sums.planned.format(lang)) });
    }
    if sheet.spot.planned > Yen::ZERO {
        facts.push(Fact {
            label: Words::new("うちスポット", "Of which spot"),
            value: both(|lang| sheet.spot.planned.format(lang)),
        });
    }
    if !request.wanted_by.is_empty() {
        facts.push(Fact { label: Words::new("実施の時期", "When"), value: both(|_| request.wanted_by.clone()) });
    }
    // Every item by name and amount: an amount that changes meanwhile makes the approval ask again.
    let list = |lang: Lang| {
        items
            .iter()
            .map(|item| format!("{} {}", item.title, item.amount.format(lang)))
            .collect::<Vec<_>>()
            .join(lang.pick("、", "; "))
    };
    facts.push(Fact { label: Words::new("内容", "Content"), value: both(list) });
    for (label, text) in [
        (Words::new("何が変わり、何が足りないか", "What changed and what is lacking"), &request.change_text),
        (Words::new("期待する効果", "Expected effect"), &request.effect_text),
    ] {
        if !text.0.is_empty() {
            facts.push(Fact { label, value: both(|_| text.0.clone()) });
        }
    }
    Subject {
        title: request.title,
        amount: Some(sheet.total.planned),
        link: format!("/planning/budget_request/{}", row.meta.id),
        department: String::new(),
        route: "",
        facts,
    }
}

async fn move_items(tx: &mut Tx, registry: &Registry, row: &Record, state: ItemState) -> Result<()> {
    let def = shape(registry, BudgetItem::CODE)?;
    for item in named(tx, row.get("items").as_list()).await? {
        // What was spent meanwhile stays spent; it is granted all the same.
        let granted = if state == ItemState::Approved { Value::Int(item.amount.0) } else { Value::Null };
        let mut values = Values::default().with("approved", granted);
        if item.state != ItemState::Spent {
            values.set("state", state.code());
        }
        ops::consequence(registry, tx, &def, &item.id, values).await?;
    }
    Ok(())
}

impl Approvable for Requests {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn words(&self) -> Words {
        Words::new("予算申請", "Budget request")
    }

    fn ledger(&self) -> &'static str {
        BudgetRequest::CODE
    }

    fn may_propose<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(async move {
            let row = query::find(db, &shape(registry, BudgetRequest::CODE)?, row_id, Action::Edit).await?;
            ops::in_use(&row)?;
            let ids = row.get("items").as_list().to_vec();
            let items = named(db, &ids).await?;
            rules::may_propose(State::parse(row.get("state").as_str()).unwrap_or(State::Draft), ids.len(), &items)
        })
    }

    fn describe<'a>(&'a self, db: &'a mut Source<'_>, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, Subject> {
        Box::pin(async move {
            let row = query::any(db, &shape(registry, BudgetRequest::CODE)?, row_id).await?;
            let items = named(db, row.get("items").as_list()).await?;
            Ok(subject(&row, &items))
        })
    }

    fn proposed<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str) -> Hooked<'a, ()> {
        Box::pin(async move {
            let values = Values::default().with("state", State::Waiting.code()).with("decided_on", Value::Null);
            let row = ops::consequence(registry, tx, &shape(registry, BudgetRequest::CODE)?, row_id, values).await?;
            move_items(tx, registry, &row, ItemState::Requested).await
        })
    }

    fn decided<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str, decision: &'a Decision) -> Hooked<'a, ()> {
        Box::pin(async move {
            let state = rules::after(decision.outcome);
            let values = Values::default().with("state", state.code()).with("decided_on", decision.on);
            let row = ops::consequence(registry, tx, &shape(registry, BudgetRequest::CODE)?, row_id, values).await?;
            let items = if state == State::Approved { ItemState::Approved } else { ItemState::Planned };
            move_items(tx, registry, &row, items).await
        })
    }
}
