//! How an area describes itself to the program, and the registry of all areas.

use std::collections::BTreeMap;
use std::sync::Arc;

use mamori_kernel::access::{Policy, Rule};
use mamori_kernel::i18n::Source;
use mamori_kernel::lang::Words;
use mamori_schedule::{JobKind, TodaySource};
use mamori_store::Tx;
use mamori_store::migrate::Step;

use crate::def::LedgerDef;
use crate::hooks::{Hooked, Panels};
use crate::web::Routes;

/// An entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// What it says.
    pub words: Words,
    /// Where it leads.
    pub href: String,
    /// Shown to those who may view this resource.
    pub resource: &'static str,
    /// Icon name.
    pub icon: &'static str,
}

/// What an area writes for a company that has just been founded: catalogues, sheets with their questions. Nothing that guesses.
pub trait Beginning: Send + Sync {
    /// Writes what is missing and returns how many rows; run again it changes nothing.
    fn begin<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry) -> Hooked<'a, usize>;
}

/// One area of the house.
#[derive(Default)]
pub struct Area {
    /// Code name, also the first part of its addresses.
    pub code: &'static str,
    /// Name.
    pub words: Words,
    /// Its ledgers, in the order of the navigation.
    pub ledgers: Vec<LedgerDef>,
    /// Its own pages.
    pub routes: Routes,
    /// Who may do what.
    pub permissions: Vec<Rule>,
    /// Navigation besides the ledgers.
    pub nav: Vec<NavItem>,
    /// Its migrations, in order.
    pub migrations: Vec<Step>,
    /// Its sentences.
    pub texts: Vec<Source>,
    /// Its jobs.
    pub jobs: Vec<Arc<dyn JobKind>>,
    /// What it contributes to "today".
    pub today: Vec<Arc<dyn TodaySource>>,
    /// What it writes for a new company.
    pub beginnings: Vec<Arc<dyn Beginning>>,
    /// What it adds to the detail pages of ledgers below it, by the ledger's code.
    pub panels: Vec<(&'static str, Arc<dyn Panels>)>,
}

impl Area {
    /// An empty area.
    pub fn new(code: &'static str, words: Words) -> Area {
        Area { code, words, ..Area::default() }
    }

    /// Adds a ledger.
    pub fn ledger(mut self, def: LedgerDef) -> Area {
        self.ledgers.push(def);
        self
    }

    /// Adds the area's own pages.
    pub fn routes(mut self, routes: Routes) -> Area {
        self.routes = self.routes.merge(routes);
        self
    }

    /// Adds rules of access.
    pub fn permissions(mut self, rules: Vec<Rule>) -> Area {
        self.permissions.extend(rules);
        self
    }

    /// Adds an entry of the navigation.
    pub fn nav(mut self, words: Words, href: &str, resource: &'static str, icon: &'static str) -> Area {
        self.nav.push(NavItem { words, href: href.to_owned(), resource, icon });
        self
    }

    /// Adds a migration; numbers follow the order.
    pub fn migration(mut self, name: &'static str, sql: &'static str) -> Area {
        let number = i64::try_from(self.migrations.len()).unwrap_or(i64::MAX).saturating_add(1);
        self.migrations.push(Step { owner: self.code, number, name, sql });
        self
    }

    /// Adds the sentences of a noun.
    pub fn texts(mut self, name: &'static str, ja: &'static str, en: &'static str) -> Area {
        self.texts.push(Source { name, ja, en });
        self
    }

    /// Adds a job.
    pub fn job(mut self, kind: impl JobKind + 'static) -> Area {
        self.jobs.push(Arc::new(kind));
        self
    }

    /// Adds a source of "today".
    pub fn today(mut self, source: impl TodaySource + 'static) -> Area {
        self.today.push(Arc::new(source));
        self
    }

    /// Adds parts to the detail page of a ledger of an area below; the ledger itself knows nothing of them.
    pub fn panel_on(mut self, ledger: &'static str, panels: impl Panels + 'static) -> Area {
        self.panels.push((ledger, Arc::new(panels)));
        self
    }

    /// Adds what the area writes for a new company.
    pub fn beginning(mut self, beginning: impl Beginning + 'static) -> Area {
        self.beginnings.push(Arc::new(beginning));
        self
    }
}

/// What a menu shows of an area.
#[derive(Clone, Debug)]
pub struct AreaInfo {
    /// Code name.
    pub code: &'static str,
    /// Name.
    pub words: Words,
    /// Codes of its ledgers.
    pub ledgers: Vec<&'static str>,
    /// Other entries.
    pub nav: Vec<NavItem>,
}

/// Everything that the areas declared, for the engines.
#[derive(Clone, Default)]
pub struct Registry {
    /// Areas in reading order.
    pub areas: Vec<AreaInfo>,
    ledgers: BTreeMap<&'static str, Arc<LedgerDef>>,
    /// The table of permissions.
    pub policy: Arc<Policy>,
    /// Migrations of all areas in order.
    pub migrations: Vec<Step>,
    /// Sentences of all areas.
    pub texts: Vec<Source>,
    /// Jobs of all areas.
    pub jobs: Vec<Arc<dyn JobKind>>,
    /// Sources of "today".
    pub today: Vec<Arc<dyn TodaySource>>,
    beginnings: Vec<Arc<dyn Beginning>>,
    panels: BTreeMap<&'static str, Vec<Arc<dyn Panels>>>,
}

impl Registry {
    /// Takes in the areas; gives back the registry and the pages of the areas and of the engine for every ledger.
    ///
    /// # Errors
    /// A message when two ledgers share a code, or when a reference or a panel points to a ledger that does not exist.
    pub fn build(areas: Vec<Area>) -> Result<(Registry, Routes), String> {
        let mut registry = Registry::default();
        let mut policy = Policy::default();
        let mut routes = Routes::default();
        registry.texts.push(crate::pages::texts());
        for area in areas {
            let mut codes = Vec::with_capacity(area.ledgers.len());
            for def in area.ledgers {
                let def = Arc::new(def);
                codes.push(def.code);
                routes = routes.merge(crate::pages::routes(&def));
                if registry.ledgers.insert(def.code, def.clone()).is_some() {
                    return Err(format!("two ledgers are called {}", def.code));
                }
            }
            routes = routes.merge(area.routes);
            policy.rules.extend(area.permissions);
            registry.migrations.extend(area.migrations);
            registry.texts.extend(area.texts);
            registry.jobs.extend(area.jobs);
            registry.today.extend(area.today);
            registry.beginnings.extend(area.beginnings);
            for (ledger, panels) in area.panels {
                registry.panels.entry(ledger).or_default().push(panels);
            }
            registry.areas.push(AreaInfo { code: area.code, words: area.words, ledgers: codes, nav: area.nav });
        }
        for def in registry.ledgers.values() {
            for field in &def.fields {
                if let Some(target) = field.target
                    && !registry.ledgers.contains_key(target)
                {
                    return Err(format!("{}.{} points to the unknown ledger {target}", def.code, field.code));
                }
            }
        }
        if let Some(code) = registry.panels.keys().find(|code| !registry.ledgers.contains_key(*code)) {
            return Err(format!("panels are added to the unknown ledger {code}"));
        }
        registry.policy = Arc::new(policy);
        Ok((registry, routes))
    }

    /// Lets every area write what a new company begins with, in reading order; returns how many rows.
    ///
    /// # Errors
    /// Database faults.
    pub async fn begin(&self, tx: &mut Tx) -> mamori_kernel::error::Result<usize> {
        let mut made = 0;
        for beginning in &self.beginnings {
            made += beginning.begin(tx, self).await?;
        }
        Ok(made)
    }

    /// What areas above add to the detail page of a ledger, in reading order of the areas.
    pub fn panels_on(&self, ledger: &str) -> &[Arc<dyn Panels>] {
        self.panels.get(ledger).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ledger of a code.
    pub fn ledger(&self, code: &str) -> Option<&Arc<LedgerDef>> {
        self.ledgers.get(code)
    }

    /// All ledgers by code.
    pub fn ledgers(&self) -> impl Iterator<Item = &Arc<LedgerDef>> {
        self.ledgers.values()
    }
}
