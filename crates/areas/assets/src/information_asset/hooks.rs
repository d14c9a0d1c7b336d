//! The meaning of an information asset around saving, importing and showing.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::t;
use mamori_kernel::time;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values};
use mamori_store::View;

use super::{InformationAsset, Media, panels, queries, rules};

/// The rules of the information-asset ledger.
pub(crate) struct AssetHooks;

async fn judge(saving: &mut Saving<'_>) -> Result<()> {
    let today = time::today(saving.tx.now());
    if saving.new.get("code").is_empty() {
        // A row keeps its number for life; an import without that column must not take it away.
        let code = match saving.old {
            Some(old) if !old.get("code").is_empty() => old.get("code").as_str().to_owned(),
            _ => queries::free_code(saving.tx).await?,
        };
        saving.new.values.set("code", code);
    }
    for (field, default) in [("registered_on", Some(today)), ("review_on", rules::next_review(today))] {
        if saving.new.get(field).is_empty() {
            let known = saving.old.and_then(|old| old.get(field).as_date());
            saving.new.values.set(field, known.or(default).map_or(Value::Null, Value::Date));
        }
    }
    let text = saving.new.get("retention").as_str().to_owned();
    if saving.changed("retention")
        && let Err(message) = rules::retention(&text)
    {
        saving.reject("retention", message);
    }
    if let Some(count) = saving.new.get("pi_count").as_int()
        && count < 0
    {
        let message = mamori_kernel::lang::Words::new(
            "個人情報の件数は0以上の整数にしてください。",
            "The number of persons cannot be below 0.",
        );
        saving.reject("pi_count", message);
    }
    Ok(())
}

impl Hooks for AssetHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(judge(saving))
    }

    fn imported(&self, values: &mut Values) {
        if let Ok(normal) = rules::retention(values.get("retention").as_str())
            && values.has("retention")
        {
            values.set("retention", normal);
        }
        // Layouts A and B say only 媒体分類 and 保管場所: the kind of place follows where the words leave no doubt.
        if values.get("storage").is_empty() {
            let media = Media::parse(values.get("media").as_str());
            if let Some(storage) = rules::storage_of(media, values.get("place").as_str()) {
                values.set("storage", storage.code());
            }
        }
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let asset = InformationAsset::from_record(record);
            let log = queries::log(view, &record.meta.id).await?;
            let _ = registry;
            Ok(panels::all(view.actor().lang, &asset, &log))
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let actor = view.actor();
        let mut buttons = Vec::new();
        if actor.can(InformationAsset::CODE, Action::Create) {
            buttons.push(Button {
                label: t(actor.lang, "information-asset-starter"),
                href: "/assets/starter".to_owned(),
                primary: false,
            });
            buttons.push(Button {
                label: t(actor.lang, "information-asset-guide"),
                href: "/assets/guide".to_owned(),
                primary: false,
            });
        }
        buttons.push(Button {
            label: t(actor.lang, "information-asset-check"),
            href: "/assets/coverage".to_owned(),
            primary: false,
        });
        buttons
    }
}
