//! The component kit. Each component is a small struct that takes words already translated and prints safe markup, in Rust
//! (`Html::from(x)`) and in templates (`{{ x }}`). Fixed words of a component (必須, 前へ …) come from its `lang`.
//!
//! | need | component |
//! | --- | --- |
//! | an action | [`Button`], [`Toolbar`] |
//! | a state in one word | [`Badge`], [`Tag`], [`Progress`], [`JobProgress`], [`Avatar`] |
//! | a message | [`Alert`], [`EmptyState`], [`Toast`], [`Dialog`] |
//! | many records | [`DataTable`], [`FilterBar`], [`pages`], [`cursor_pages`], [`BulkBar`] |
//! | one record | [`Definitions`], [`Reckoning`], [`Timeline`], [`Comments`], [`FileList`] |
//! | going somewhere | [`Tabs`], [`Breadcrumbs`], [`Steps`] |
//! | a form | [`Field`], [`error_summary`] |
//! | an overview | [`Card`], [`Stat`] |

mod alert;
mod badge;
mod button;
mod card;
mod definitions;
mod dialog;
mod empty;
mod field;
mod files;
mod filter;
mod form;
mod navigation;
mod pagination;
mod person;
mod progress;
mod reckoning;
mod steps;
mod table;
mod timeline;

pub use alert::{Alert, Toast, Undo};
pub use badge::{Badge, Tag, kbd};
pub use button::{Button, ButtonKind, Toolbar};
pub use card::{Card, Stat, Trend};
pub use definitions::Definitions;
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use field::{Control, Field};
pub use files::{FileItem, FileList};
pub use filter::{BulkBar, FilterBar};
pub use form::{Choice, error_summary, form_actions};
pub use navigation::{Breadcrumbs, Crumb, Tab, Tabs};
pub(crate) use pagination::thousands;
pub use pagination::{cursor_pages, pages};
pub use person::Avatar;
pub use progress::{JobProgress, Progress};
pub use reckoning::Reckoning;
pub use steps::{Step, StepState, Steps};
pub use table::{Align, Column, DataTable, Row, Sorted};
pub use timeline::{Change, Comment, Comments, Event, Timeline};
