//! Time as a Japanese company lives it: fiscal years, 和暦, public holidays and working days, retention periods, and dates for people.
//!
//! Nothing here asks for the current time; today is always a parameter.

mod era;
mod fiscal;
mod holiday_table;
mod holidays;
mod parse;
mod people;
mod retention;

mod japan;
pub use era::{ERAS, Era, EraYear, era_of, format_era, format_era_short};
pub use fiscal::{FiscalPeriod, FiscalYear};
pub use holidays::{
    Holiday, add_business_days, business_days_between, holiday, holidays_of_year, is_business_day, next_business_day,
    previous_business_day,
};
pub use japan::{local, today, zone};
pub use parse::{DateError, from_excel_serial, parse_date_loose, to_excel_serial};
pub use people::{iso_date, long_date, month, short_date, timestamp, weekday};
pub use retention::Retention;
