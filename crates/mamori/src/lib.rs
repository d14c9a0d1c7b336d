//! The program: command line, composition of the areas, web server, the frame around every page, and the pages that belong to no
//! area (today, search, history, jobs, help). It knows every area and contains no rule of any.
//!
//! * [`compose`] is the only file that names areas.
//! * [`serve`] listens, migrates, answers; [`layout`] turns pages and failures into what the reader gets.
//! * [`home`] holds the pages across all areas.
//! * [`mail`] sends the queue and lets a company set its server; [`cli`] is the command line.

pub mod cli;
pub mod compose;
pub mod demo;
pub mod home;
pub mod layout;
pub mod mail;
pub mod serve;
