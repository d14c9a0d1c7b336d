//! What the frame shows beside the content.

use crate::icon::Icon;

/// A group of the navigation: an area.
#[derive(Clone, Debug)]
pub struct NavGroup {
    /// Its name; empty for the first group without heading.
    pub label: String,
    /// Its pages.
    pub items: Vec<NavItem>,
}

impl NavGroup {
    /// A group.
    pub fn new(label: impl Into<String>, items: Vec<NavItem>) -> Self {
        Self { label: label.into(), items }
    }
}

/// A page of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Its sign.
    pub icon: Icon,
    /// Whether the reader is there.
    pub active: bool,
    /// How many things wait there, and the same as a sentence for screen readers.
    pub badge: Option<(u64, String)>,
}

impl NavItem {
    /// A page.
    pub fn new(label: impl Into<String>, href: impl Into<String>, icon: Icon) -> Self {
        Self { label: label.into(), href: href.into(), icon, active: false, badge: None }
    }

    /// Marks where the reader is.
    #[must_use]
    pub fn active(self, active: bool) -> Self {
        Self { active, ..self }
    }

    /// Something waits there; nothing is shown for zero.
    #[must_use]
    pub fn badge(self, count: u64, sentence: impl Into<String>) -> Self {
        Self { badge: (count > 0).then(|| (count, sentence.into())), ..self }
    }
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct UserMenu {
    /// Name as shown.
    pub name: String,
    /// Role or department.
    pub detail: String,
}

/// A company that this person may enter.
#[derive(Clone, Debug)]
pub struct CompanyLink {
    /// Its name.
    pub name: String,
    /// Its id or code, sent as POST field `company` to `/company`.
    pub code: String,
    /// The one in work.
    pub current: bool,
}
