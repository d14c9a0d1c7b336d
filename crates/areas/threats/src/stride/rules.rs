//! Which questions a part is asked first, and how far the sheet is.

use mamori_ledger::Choice as _;

use super::{ElementKind, Verdict};
use crate::neighbours::Stride;
use crate::parts::LETTERS;

/// The letters that usually matter for a kind of part ("STRIDE per element": people pose and deny, stores and traffic are changed, read and
/// stopped, processes meet all six). The other cells can be judged as well; they are only less to the fore.
pub fn applies(kind: ElementKind, letter: Stride) -> bool {
    match kind {
        ElementKind::External => matches!(letter, Stride::Spoofing | Stride::Repudiation),
        ElementKind::Process => true,
        ElementKind::Store | ElementKind::Flow => matches!(letter, Stride::Tampering | Stride::Disclosure | Stride::Denial),
    }
}

/// How far a sheet is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Cells that count: those that apply to the kind of part, and others that were judged all the same.
    pub cells: usize,
    /// Cells with a verdict, "not known" included.
    pub judged: usize,
    /// Cells judged "weak".
    pub weak: usize,
    /// Weak cells without a registered risk.
    pub weak_open: usize,
    /// Cells judged "not known".
    pub unknown: usize,
}

/// A cell for counting: kind of part, letter, verdict, registered as a risk.
pub type Cell = (ElementKind, Stride, Option<Verdict>, bool);

/// Counts the cells of a sheet.
pub fn progress(cells: impl IntoIterator<Item = Cell>) -> Progress {
    let mut all = Progress::default();
    for (kind, letter, verdict, registered) in cells {
        if verdict.is_none() && !applies(kind, letter) {
            continue;
        }
        all.cells += 1;
        all.judged += usize::from(verdict.is_some());
        all.weak += usize::from(verdict == Some(Verdict::Weak));
        all.weak_open += usize::from(verdict == Some(Verdict::Weak) && !registered);
        all.unknown += usize::from(verdict == Some(Verdict::Unknown));
    }
    all
}

/// The next cell without a verdict after a given one, in reading order and from the beginning again; `None` when all are judged.
/// `cells`: part (its place), kind, letter, judged.
pub fn next_open(cells: &[(usize, ElementKind, Stride, bool)], after: (usize, Stride)) -> Option<(usize, Stride)> {
    let place = |part: usize, letter: Stride| (part, LETTERS.iter().position(|known| *known == letter).unwrap_or_default());
    let here = place(after.0, after.1);
    let open = || cells.iter().filter(|(_, kind, letter, judged)| !judged && applies(*kind, *letter));
    open()
        .find(|(part, _, letter, _)| place(*part, *letter) > here)
        .or_else(|| open().find(|(part, _, letter, _)| place(*part, *letter) != here))
        .map(|(part, _, letter, _)| (*part, *letter))
}

/// The letter of an address or a form.
pub fn letter(text: &str) -> Option<Stride> {
    Stride::parse(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_part_is_asked_what_fits_it() {
        let asked = |kind| LETTERS.into_iter().filter(|letter| applies(kind, *letter)).map(Stride::code).collect::<String>();
        assert_eq!(asked(ElementKind::External), "SR");
        assert_eq!(asked(ElementKind::Process), "STRIDE");
        assert_eq!(asked(ElementKind::Store), "TID");
        assert_eq!(asked(ElementKind::Flow), "TID");
    }

    /// The sample of S2-D5-03: four weak points, one that is low, one that depends.
    #[test]
    fn the_sample_result_shows_good_and_weak_points() {
        let verdicts = [Verdict::Weak, Verdict::Weak, Verdict::Weak, Verdict::Weak, Verdict::Fine, Verdict::Unknown];
        let cells = LETTERS.into_iter().zip(verdicts).map(|(l, v)| (ElementKind::Process, l, Some(v), l == Stride::Spoofing));
        assert_eq!(progress(cells), Progress { cells: 6, judged: 6, weak: 4, weak_open: 3, unknown: 1 });
    }

    #[test]
    fn a_cell_beside_the_point_counts_only_when_it_was_judged() {
        let cells = [
            (ElementKind::Store, Stride::Spoofing, None, false),
            (ElementKind::Store, Stride::Elevation, Some(Verdict::Weak), false),
        ];
        assert_eq!(progress(cells), Progress { cells: 1, judged: 1, weak: 1, weak_open: 1, unknown: 0 });
    }

    #[test]
    fn the_next_open_cell_follows_in_reading_order_and_starts_again() {
        let mut cells: Vec<_> = LETTERS.into_iter().map(|letter| (0, ElementKind::Flow, letter, false)).collect();
        cells.extend(LETTERS.into_iter().map(|letter| (1, ElementKind::External, letter, letter == Stride::Repudiation)));
        assert_eq!(next_open(&cells, (0, Stride::Tampering)), Some((0, Stride::Disclosure)));
        assert_eq!(next_open(&cells, (0, Stride::Denial)), Some((1, Stride::Spoofing)));
        assert_eq!(next_open(&cells, (1, Stride::Spoofing)), Some((0, Stride::Tampering)), "from the beginning again");
        for cell in &mut cells {
            cell.3 = true;
        }
        assert_eq!(next_open(&cells, (0, Stride::Tampering)), None);
    }
}
