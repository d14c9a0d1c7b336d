//! The declaration of a ledger as data.

use std::borrow::Cow;
use std::sync::Arc;

use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;

use crate::hooks::Hooks;
use crate::record::Record;

/// What a field holds and how it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Several lines of text.
    Long,
    /// An e-mail address.
    Email,
    /// A web address (http or https).
    Url,
    /// A whole number.
    Int,
    /// A number with decimals.
    Decimal,
    /// An amount in whole yen.
    Yen,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// One of a set of choices, kept by code.
    Choice,
    /// Several of a set of choices.
    Flags,
    /// A row of another ledger.
    Ref,
    /// Several rows of another ledger.
    Refs,
}

impl Kind {
    /// The column type on both databases (see docs/decisions/0003); the schema test compares it with the migrations.
    pub fn column_type(self) -> &'static str {
        match self {
            Kind::Int | Kind::Yen | Kind::Bool => "bigint",
            Kind::Decimal => "double precision",
            _ => "text",
        }
    }

    /// Kinds that are kept as text, where empty means "not given".
    pub fn is_text(self) -> bool {
        matches!(self, Kind::Text | Kind::Long | Kind::Email | Kind::Url)
    }
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceDef {
    /// Kept in the database; never changes.
    pub code: Cow<'static, str>,
    /// What the reader sees; a company may rename it.
    pub words: Words,
    /// What choosing it means, shown where it is chosen.
    pub meaning: Words,
    /// Colour: `danger`, `warning`, `success`, `info`, `neutral` or empty.
    pub tone: Cow<'static, str>,
    /// Other spellings that an import understands.
    pub aliases: Vec<Cow<'static, str>>,
    /// No longer offered, still readable on old rows.
    pub hidden: bool,
}

/// A named set of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceSet {
    /// The set's code, for the company's own labels.
    pub code: Cow<'static, str>,
    /// In order.
    pub choices: Vec<ChoiceDef>,
}

impl ChoiceSet {
    /// The choice of a code.
    pub fn find(&self, code: &str) -> Option<&ChoiceDef> {
        self.choices.iter().find(|choice| choice.code == code)
    }

    /// The label of a code; the code itself where it is unknown.
    pub fn label<'a>(&'a self, code: &'a str, lang: Lang) -> &'a str {
        self.find(code).map_or(code, |choice| choice.words.get(lang))
    }
}

/// One field.
#[derive(Clone, Debug)]
pub struct FieldDef {
    /// Column name (for a company's own field: the key in `extra`).
    pub code: Cow<'static, str>,
    /// Heading.
    pub words: Words,
    /// A sentence that helps to fill it in.
    pub help: Words,
    /// The group (section of the form) it belongs to; empty for the first.
    pub group: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// Must be given.
    pub required: bool,
    /// No two rows in use may have the same.
    pub unique: bool,
    /// Found by the search.
    pub search: bool,
    /// Shown in the list by default.
    pub list: bool,
    /// Worked out by the program; never typed.
    pub computed: bool,
    /// Kept by the program or a special page; shown, never typed in the form.
    pub read_only: bool,
    /// Not shown in lists, forms or files.
    pub hidden: bool,
    /// Most characters of a text.
    pub max: usize,
    /// The choices of a `Choice` or `Flags` field.
    pub choices: Option<Arc<ChoiceSet>>,
    /// The ledger that a `Ref` or `Refs` field points to.
    pub target: Option<&'static str>,
    /// An import may create the row that is pointed to.
    pub create_missing: bool,
    /// Other headings that an import understands.
    pub aliases: Vec<Cow<'static, str>>,
    /// The value of a new row, in stored form.
    pub default: Cow<'static, str>,
    /// A company's own field.
    pub extra: bool,
}

impl FieldDef {
    /// A plain field of a kind; the derive macro sets the rest.
    pub fn new(code: &'static str, words: Words, kind: Kind) -> FieldDef {
        FieldDef {
            code: Cow::Borrowed(code),
            words,
            help: Words::default(),
            group: Cow::Borrowed(""),
            kind,
            required: false,
            unique: false,
            search: false,
            list: false,
            computed: false,
            read_only: false,
            hidden: false,
            max: if kind == Kind::Long { 10_000 } else { 500 },
            choices: None,
            target: None,
            create_missing: false,
            aliases: Vec::new(),
            default: Cow::Borrowed(""),
            extra: false,
        }
    }

    /// A person may type it.
    pub fn editable(&self) -> bool {
        !self.computed && !self.read_only && !self.hidden
    }
}

/// A section of the form and the detail page.
#[derive(Clone, Debug)]
pub struct GroupDef {
    /// Named by the fields.
    pub code: &'static str,
    /// Heading.
    pub words: Words,
}

/// A ready-made view: columns, filter and order.
#[derive(Clone, Debug)]
pub struct ViewDef {
    /// In the address: `?view=ipa`.
    pub code: &'static str,
    /// On the tab.
    pub words: Words,
    /// Column codes in order.
    pub columns: Vec<&'static str>,
    /// Filter and sort as in the address: `f.state=open&sort=-risk_value`.
    pub query: &'static str,
}

/// A worked-out value's explanation for one field of a row.
pub type ReckonFn = fn(&Record, &str) -> Option<Reckoning>;

/// A ledger.
#[derive(Clone)]
pub struct LedgerDef {
    /// Stable code, also in addresses, the API and the command line: `information_asset`.
    pub code: &'static str,
    /// The area's code.
    pub area: &'static str,
    /// Table name.
    pub table: &'static str,
    /// Name of one row and of the ledger.
    pub words: Words,
    /// Why this ledger exists and what to do with it: shown above the list and on an empty one.
    pub intro: Words,
    /// The field that names a row.
    pub label: &'static str,
    /// A second field shown beside the name where names repeat; empty if none.
    pub sub_label: &'static str,
    /// Sets of fields by which an import recognises a row that exists, tried in order.
    pub match_keys: Vec<Vec<&'static str>>,
    /// The field with the department, for department scope (`id` for the department ledger itself); empty if none.
    pub department: &'static str,
    /// The field with the person who owns the row; empty if none.
    pub owner: &'static str,
    /// The field with the classification 0–3; empty if none.
    pub classification: &'static str,
    /// Order of the list, as in the address: `code` or `-risk_value`.
    pub sort: &'static str,
    /// All fields in order.
    pub fields: Vec<FieldDef>,
    /// Sections in order.
    pub groups: Vec<GroupDef>,
    /// Ready-made views.
    pub views: Vec<ViewDef>,
    /// Works out computed fields.
    pub compute: Option<fn(&mut Record)>,
    /// Explains computed fields.
    pub reckon: Option<ReckonFn>,
    /// The area's rules around saving and showing.
    pub hooks: Option<Arc<dyn Hooks>>,
    /// Name of the icon in the navigation.
    pub icon: &'static str,
    /// Rows are made by the program or special pages only: no "new" button, no import.
    pub managed: bool,
    /// Ledgers whose sheets often come in the same workbook; an import offers to read them as well, before its own rows.
    pub companions: Vec<&'static str>,
}

impl LedgerDef {
    /// The field of a code.
    pub fn field(&self, code: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// The address of the list.
    pub fn path(&self) -> String {
        format!("/{}/{}", self.area, self.code)
    }

    /// Adds the area's rules.
    pub fn with_hooks(mut self, hooks: impl Hooks + 'static) -> LedgerDef {
        self.hooks = Some(Arc::new(hooks));
        self
    }

    /// Adds a ready-made view.
    pub fn with_view(mut self, view: ViewDef) -> LedgerDef {
        self.views.push(view);
        self
    }
}

impl std::fmt::Debug for LedgerDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LedgerDef").field("code", &self.code).finish_non_exhaustive()
    }
}
