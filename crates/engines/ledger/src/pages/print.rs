//! The register as a page for printing (A4 landscape through the print style).

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ui::components::{Button, Column, DataTable, Row};
use mamori_ui::html::{Html, el};

use super::{cell, list::Request, open};
use crate::def::{FieldDef, LedgerDef};
use crate::query::{self, COUNT_CAP};
use crate::web::{Ctx, Layout, Page, WebResult};

pub(super) async fn page(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let mut request = Request::read(ctx.query_form(), &shape);
    request.query.limit = COUNT_CAP;
    request.query.offset = 0;
    let listed = query::list(&ctx.app.registry, &mut view, &shape, &request.query, Action::View).await?;
    let fields: Vec<FieldDef> = request.fields(&shape).into_iter().cloned().collect();
    let labels = query::labels(&ctx.app.registry, &mut view, &fields, &listed.records).await?;
    let columns =
        std::iter::once(Column::new("No.")).chain(fields.iter().map(|field| Column::new(ctx.w(&field.words)))).collect();
    let rows = listed.records.iter().enumerate().map(|(n, record)| {
        let row = Row::new(&record.meta.id, "").text((n + 1).to_string());
        fields.iter().fold(row, |row, field| row.cell(cell(field, record.get(&field.code), ctx.lang, &labels)))
    });
    let company =
        ctx.identity.as_ref().and_then(|identity| identity.company.as_ref()).map_or("", |company| company.name.as_str());
    let note = ctx.t2(
        "ledger-print-note",
        ("date", &time::long_date(ctx.lang, ctx.today())),
        ("count", &listed.records.len().to_string()),
    );
    let head = el("p").class("print-head").text(format!("{company}　{note}"));
    let print = el("p").class("no-print").add(Html::from(Button::plain(ctx.t("ledger-print")).attr("data-print", "")));
    let table = DataTable::new(ctx.lang, ctx.w(&def.words), columns).rows(rows).compact();
    Ok(Page::new(ctx.w(&def.words), Html::join([head.html(), print.html(), table.into()])).layout(Layout::Print))
}
