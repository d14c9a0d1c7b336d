//! Readers and writers of outside formats: bytes in, bytes out. No input or output, no clock, no database.
//!
//! [`sheet`] reads any spreadsheet a company sends, [`heading`] finds out what its columns mean, [`table_out`] writes one that reads back unchanged.

pub mod heading;
pub mod sheet;
pub mod table_out;
