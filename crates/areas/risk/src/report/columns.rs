//! Wide tables from a list of columns: heading, width and cell stand together, and neighbours may share a heading.

use mamori_report::doc::{Align, Cell, HeaderCell, Table, Width};

/// One column of a table of `T`.
pub(super) struct Col<'a, T> {
    head: String,
    group: Option<String>,
    width: Width,
    align: Align,
    cell: Box<dyn Fn(&T) -> Cell + 'a>,
}

impl<'a, T> Col<'a, T> {
    /// A column of words that takes a share of the room.
    pub(super) fn words<C: Into<Cell>>(head: String, share: f32, cell: impl Fn(&T) -> C + 'a) -> Col<'a, T> {
        Col { head, group: None, width: Width::Weight(share), align: Align::Left, cell: Box::new(move |row| cell(row).into()) }
    }

    /// A column of words of a known width, such as a name over a day.
    pub(super) fn fixed<C: Into<Cell>>(head: String, millimetres: f32, cell: impl Fn(&T) -> C + 'a) -> Col<'a, T> {
        Col { align: Align::Left, ..Col::number(head, millimetres, cell) }
    }

    /// A column of numbers.
    pub(super) fn number<C: Into<Cell>>(head: String, millimetres: f32, cell: impl Fn(&T) -> C + 'a) -> Col<'a, T> {
        let width = Width::Millimetres(millimetres);
        Col { head, group: None, width, align: Align::Right, cell: Box::new(move |row| cell(row).into()) }
    }

    /// A column of short marks and days.
    pub(super) fn mark<C: Into<Cell>>(head: String, millimetres: f32, cell: impl Fn(&T) -> C + 'a) -> Col<'a, T> {
        Col { align: Align::Centre, ..Col::number(head, millimetres, cell) }
    }

    /// The same under a heading that it shares with neighbours of the same heading.
    pub(super) fn under(self, group: &str) -> Col<'a, T> {
        Col { group: Some(group.to_owned()), ..self }
    }
}

/// The table of some rows.
pub(super) fn table<'r, T: 'r>(columns: &[Col<'_, T>], rows: impl IntoIterator<Item = &'r T>) -> Table {
    let mut table = Table::new(columns.iter().map(|column| (column.head.clone(), column.width, column.align)));
    if columns.iter().any(|column| column.group.is_some()) {
        table.header = grouped(columns);
    }
    for row in rows {
        table.row(columns.iter().map(|column| (column.cell)(row)));
    }
    table
}

fn grouped<T>(columns: &[Col<'_, T>]) -> Vec<Vec<HeaderCell>> {
    let (mut first, mut second): (Vec<HeaderCell>, Vec<HeaderCell>) = (Vec::new(), Vec::new());
    let mut open: Option<&str> = None;
    for column in columns {
        match &column.group {
            None => first.push(HeaderCell::tall(&column.head, 2)),
            Some(group) => {
                second.push(HeaderCell::new(&column.head));
                match first.last_mut().filter(|_| open == Some(group)) {
                    Some(head) => head.colspan += 1,
                    None => first.push(HeaderCell::group(group, 1)),
                }
            }
        }
        open = column.group.as_deref();
    }
    vec![first, second]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn neighbours_share_their_heading() {
        let plain = |head: &str| Col::number(head.to_owned(), 10.0, |n: &i64| n.to_string());
        let columns = [plain("a"), plain("b").under("x"), plain("c").under("x"), plain("d"), plain("e").under("x")];
        let table = table(&columns, &[7]);
        let spans: Vec<_> = table.header[0].iter().map(|cell| (cell.text.as_str(), cell.colspan, cell.rowspan)).collect();
        assert_eq!(spans, [("a", 1, 2), ("x", 2, 1), ("d", 1, 2), ("x", 1, 1)]);
        assert_eq!(table.header[1].iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["b", "c", "e"]);
        assert_eq!(table.rows[0].len(), 5);
        assert_eq!(super::table(&[plain("a")], &[1, 2]).header.len(), 1);
    }
}
