//! The common ground of all pages: the request context, the page, routes with declared access.

mod access;
mod app;
mod ctx;
mod flash;
pub mod form_state;
mod page;

pub use access::{Access, RouteInfo, Routes};
pub use app::{App, AppParts, Clock};
pub use ctx::{Ctx, Form, Identity, Membership, decode_form, query_get};
pub use flash::{FLASH_COOKIE, flash_cookie, read_flash};
pub use page::{Failure, Layout, Page, Redirect, WebResult, download};
