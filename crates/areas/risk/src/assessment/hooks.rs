//! The asset ledger learns its risk in the same save: this area wraps the hooks of the area below.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use mamori_kernel::error::Result;
use mamori_ledger::Ledger as _;
use mamori_ledger::area::{Area, Registry};
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::record::{Record, Value, Values};
use mamori_store::{Tx, View};
use mamori_ui::html::Html;

use super::model::{Model, RowValues};
use super::{explain, ops, panel};
use crate::acceptance::queries::Which;
use crate::method::queries::{keep_setting, setting};
use crate::neighbours::{InformationAsset, explain_risk_with};
use crate::threat_level::ThreatLevelRow;
use crate::weakness_check::WeaknessCheck;

/// Wraps the hooks of 情報資産: the risk columns are filled before every save, and the detail page shows the reckoning.
/// Called by the composition of the program on the assets area.
#[must_use]
pub fn attach(mut area: Area) -> Area {
    for def in &mut area.ledgers {
        if def.code == InformationAsset::CODE {
            def.hooks = Some(Arc::new(RiskHooks { inner: def.hooks.take(), models: Mutex::default() }));
            // The IPA workbook has the two small sheets beside the ledger.
            def.companions = vec![ThreatLevelRow::CODE, WeaknessCheck::CODE];
        }
    }
    explain_risk_with(explain::explain_asset);
    area
}

/// The asset ledger's own hooks with the risk around them.
struct RiskHooks {
    inner: Option<Arc<dyn Hooks>>,
    /// The last model of each company with the stamp of the sheets it was made from: an import of 10,000 rows reads the sheets once.
    models: Mutex<HashMap<String, (String, Arc<Model>)>>,
}

impl RiskHooks {
    async fn model(&self, tx: &mut Tx) -> Result<Arc<Model>> {
        let company = tx.actor().company_id.clone();
        let noted = tx.memo(ops::STAMP).map(str::to_owned);
        let mut stamp = match noted {
            Some(stamp) => stamp,
            None => setting(tx, ops::STAMP).await?,
        };
        if stamp.is_empty() {
            // Nobody has touched the sheets yet; with a stamp of its own even that state is read only once.
            stamp = mamori_kernel::id::new();
            keep_setting(tx, ops::STAMP, &stamp).await?;
        }
        tx.set_memo(ops::STAMP, stamp.as_str());
        let known = self.models.lock().unwrap_or_else(PoisonError::into_inner).get(&company).cloned();
        if let Some((of, model)) = known
            && of == stamp
        {
            return Ok(model);
        }
        let model = Arc::new(Model::load(tx).await?);
        self.models.lock().unwrap_or_else(PoisonError::into_inner).insert(company, (stamp, model.clone()));
        Ok(model)
    }

    async fn fill(&self, saving: &mut Saving<'_>) -> Result<()> {
        let model = self.model(saving.tx).await?;
        let values = RowValues::of(&model.inputs(saving.new), &model.assess(saving.new));
        let number = |n: Option<i64>| n.map_or(Value::Null, Value::Int);
        saving.new.values.set("threat_level", number(values.threat));
        saving.new.values.set("weakness_level", number(values.weakness));
        saving.new.values.set("likelihood", number(values.likelihood));
        saving.new.values.set("risk_value", number(values.value));
        saving.new.values.set("risk_band", values.band);
        Ok(())
    }
}

impl Hooks for RiskHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            if let Some(inner) = &self.inner {
                inner.before_save(saving).await?;
            }
            self.fill(saving).await
        })
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move {
            if let Some(inner) = &self.inner {
                inner.after_save(tx, registry, old, new).await?;
            }
            if old.is_some_and(|old| old.get("risk_value") != new.get("risk_value")) {
                let ids = [new.meta.id.clone()];
                crate::scenario::ops::follow_assets(tx, &ids).await?;
                crate::acceptance::ops::reconsider(tx, registry, Which::Assets(&ids), "").await?;
            }
            Ok(())
        })
    }

    fn before_retire<'a>(&'a self, tx: &'a mut Tx, record: &'a Record) -> Hooked<'a, ()> {
        match &self.inner {
            Some(inner) => inner.before_retire(tx, record),
            None => Box::pin(async { Ok(()) }),
        }
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        match &self.inner {
            Some(inner) => inner.prefill(view, values),
            None => Box::pin(async { Ok(()) }),
        }
    }

    fn imported(&self, values: &mut Values) {
        if let Some(inner) = &self.inner {
            inner.imported(values);
        }
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let mut panels = vec![panel::of_asset(view, registry, record).await?];
            if let Some(inner) = &self.inner {
                panels.extend(inner.panels(view, registry, record).await?);
            }
            Ok(panels)
        })
    }

    fn list_head<'a>(&'a self, view: &'a mut View, registry: &'a Registry) -> Hooked<'a, Option<Html>> {
        match &self.inner {
            Some(inner) => inner.list_head(view, registry),
            None => Box::pin(async { Ok(None) }),
        }
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        self.inner.as_ref().map(|inner| inner.list_buttons(view)).unwrap_or_default()
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        self.inner.as_ref().map(|inner| inner.detail_buttons(view, record)).unwrap_or_default()
    }
}
