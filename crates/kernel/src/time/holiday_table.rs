//! The public holidays as data. A change of the law is a new line here.
//!
//! Source: 国民の祝日に関する法律 (昭和23年法律第178号) with its amendments, and the acts that made single days holidays.

/// When in the year a holiday falls.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// The nth Monday of a month.
    Monday(i8, i8),
    /// 春分日.
    VernalEquinox,
    /// 秋分日.
    AutumnalEquinox,
}

/// One line of the law: first and last year of validity, rule, names.
pub(super) type Line = (i16, i16, Rule, &'static str, &'static str);

/// No end yet.
pub(super) const ON: i16 = i16::MAX;

use Rule::{AutumnalEquinox, Fixed, Monday, VernalEquinox};

/// Every rule since the law took effect on 1948-07-20.
pub(super) const LINES: [Line; 38] = [
    (1949, ON, Fixed(1, 1), "元日", "New Year's Day"),
    (1949, 1999, Fixed(1, 15), "成人の日", "Coming of Age Day"),
    (2000, ON, Monday(1, 2), "成人の日", "Coming of Age Day"),
    (1967, ON, Fixed(2, 11), "建国記念の日", "National Foundation Day"),
    (2020, ON, Fixed(2, 23), "天皇誕生日", "Emperor's Birthday"),
    (1949, ON, VernalEquinox, "春分の日", "Vernal Equinox Day"),
    (1949, 1988, Fixed(4, 29), "天皇誕生日", "Emperor's Birthday"),
    (1989, 2006, Fixed(4, 29), "みどりの日", "Greenery Day"),
    (2007, ON, Fixed(4, 29), "昭和の日", "Showa Day"),
    (1949, ON, Fixed(5, 3), "憲法記念日", "Constitution Memorial Day"),
    (2007, ON, Fixed(5, 4), "みどりの日", "Greenery Day"),
    (1949, ON, Fixed(5, 5), "こどもの日", "Children's Day"),
    (1996, 2002, Fixed(7, 20), "海の日", "Marine Day"),
    (2003, 2019, Monday(7, 3), "海の日", "Marine Day"),
    (2022, ON, Monday(7, 3), "海の日", "Marine Day"),
    (2016, 2019, Fixed(8, 11), "山の日", "Mountain Day"),
    (2022, ON, Fixed(8, 11), "山の日", "Mountain Day"),
    (1966, 2002, Fixed(9, 15), "敬老の日", "Respect for the Aged Day"),
    (2003, ON, Monday(9, 3), "敬老の日", "Respect for the Aged Day"),
    (1948, ON, AutumnalEquinox, "秋分の日", "Autumnal Equinox Day"),
    (1966, 1999, Fixed(10, 10), "体育の日", "Health and Sports Day"),
    (2000, 2019, Monday(10, 2), "体育の日", "Health and Sports Day"),
    (2022, ON, Monday(10, 2), "スポーツの日", "Sports Day"),
    (1948, ON, Fixed(11, 3), "文化の日", "Culture Day"),
    (1948, ON, Fixed(11, 23), "勤労感謝の日", "Labour Thanksgiving Day"),
    (1989, 2018, Fixed(12, 23), "天皇誕生日", "Emperor's Birthday"),
    // The Olympic years: 平成三十二年東京オリンピック特別措置法, as amended for 2021.
    (2020, 2020, Fixed(7, 23), "海の日", "Marine Day"),
    (2020, 2020, Fixed(7, 24), "スポーツの日", "Sports Day"),
    (2020, 2020, Fixed(8, 10), "山の日", "Mountain Day"),
    (2021, 2021, Fixed(7, 22), "海の日", "Marine Day"),
    (2021, 2021, Fixed(7, 23), "スポーツの日", "Sports Day"),
    (2021, 2021, Fixed(8, 8), "山の日", "Mountain Day"),
    // Single days by act.
    (1959, 1959, Fixed(4, 10), "皇太子明仁親王の結婚の儀", "Wedding of Crown Prince Akihito"),
    (1989, 1989, Fixed(2, 24), "昭和天皇の大喪の礼", "Funeral of Emperor Showa"),
    (1990, 1990, Fixed(11, 12), "即位礼正殿の儀", "Enthronement Ceremony"),
    (1993, 1993, Fixed(6, 9), "皇太子徳仁親王の結婚の儀", "Wedding of Crown Prince Naruhito"),
    (2019, 2019, Fixed(5, 1), "天皇の即位の日", "Enthronement Day"),
    (2019, 2019, Fixed(10, 22), "即位礼正殿の儀", "Enthronement Ceremony"),
];
