//! 帳票: every report and printable register of mamori, from one document model.
//!
//! An area builds a [`doc::Document`] (words, tables, charts, big numbers) and this crate turns it into paper:
//!
//! * [`pdf::render`] typesets it on A4 with the company's cover, stamp boxes, headers and page numbers;
//! * [`render_docx`] writes it for Word, for documents that people edit;
//! * [`xlsx::book`] gives the same tables as a workbook, one sheet each, for people who want to sort and filter.
//!
//! Company text never becomes markup: it travels as data, so no title or cell can change the layout or read a file.
//! Time is a parameter ([`pdf::RenderOptions::now`]); the same document and options give the same bytes.
//!
//! ```
//! use mamori_report::doc::{Align, Block, Cell, Document, Meta, Table, Width};
//! use mamori_report::{RenderOptions, Tone, render};
//!
//! let mut risks = Table::new([
//!     ("情報資産", Width::Weight(1.0), Align::Left),
//!     ("リスク値", Width::Millimetres(20.0), Align::Right),
//! ]);
//! risks.row([Cell::new("顧客名簿"), Cell::new("6").tone(Tone::Danger).bold()]);
//!
//! let mut report = Document::new(Meta { title: "情報資産リスク報告書".into(), ..Meta::default() });
//! report.push(Block::heading(1, "要約")).push(Block::Table(risks.captioned("急いで対応するもの")));
//!
//! let options = RenderOptions { now: "2026-11-20T09:30:00+09:00[Asia/Tokyo]".parse()? };
//! let rendered = render(&report, &options)?;
//! assert!(rendered.bytes.starts_with(b"%PDF") && rendered.warnings.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod doc;
pub mod docx;
pub mod error;
pub mod pdf;
pub mod tone;
pub mod words;
pub mod xlsx;

pub use doc::{Block, Document, Meta};
pub use docx::render_docx;
pub use error::RenderError;
pub use pdf::{RenderOptions, Rendered, render};
pub use tone::{Colour, Tone};
