//! The records of an xls workbook ([MS-XLS]), read only for where the cells lie.

use super::ole::Container;

const BOF: u16 = 0x0809;

/// The area of all sheets' used rectangles together, in cells; `None` where the file holds no workbook.
///
/// Two cells in opposite corners of 256 × 65,536 cells fit into a few bytes and cost half a gigabyte when the rectangle is allotted.
pub(super) fn largest_rectangle(bytes: &[u8]) -> Option<u64> {
    let container = Container::open(bytes)?;
    let stream = container.stream("Workbook").or_else(|| container.stream("Book"))?;
    let mut total: u64 = 0;
    let mut sheet: Option<Rectangle> = None;
    let mut at = 0;
    while let Some(header) = stream.get(at..at + 4) {
        let [a, b, c, d] = *header else { break };
        let kind = u16::from_le_bytes([a, b]);
        let length = usize::from(u16::from_le_bytes([c, d]));
        let data = stream.get(at + 4..at + 4 + length).unwrap_or_default();
        if kind == BOF {
            total = total.saturating_add(sheet.take().map_or(0, Rectangle::area));
        } else if let Some((row, first, last)) = cells_of(kind, data) {
            let rectangle = sheet.get_or_insert(Rectangle { top: row, bottom: row, left: first, right: last });
            rectangle.include(row, first, last);
        }
        at += 4 + length;
    }
    Some(total.saturating_add(sheet.map_or(0, Rectangle::area)))
}

#[derive(Clone, Copy)]
struct Rectangle {
    top: u16,
    bottom: u16,
    left: u16,
    right: u16,
}

impl Rectangle {
    fn include(&mut self, row: u16, first: u16, last: u16) {
        self.top = self.top.min(row);
        self.bottom = self.bottom.max(row);
        self.left = self.left.min(first);
        self.right = self.right.max(last);
    }

    fn area(self) -> u64 {
        (u64::from(self.bottom) - u64::from(self.top) + 1) * (u64::from(self.right.max(self.left)) - u64::from(self.left) + 1)
    }
}

/// Row, first and last column of a record that holds cells with values.
fn cells_of(kind: u16, data: &[u8]) -> Option<(u16, u16, u16)> {
    let word = |at: usize| Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?));
    match kind {
        // NUMBER, LABEL, BOOLERR, RK, RSTRING, LABELSST and the three FORMULA versions.
        0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00D6 | 0x00FD | 0x0006 | 0x0206 | 0x0406 => Some((word(0)?, word(2)?, word(2)?)),
        // MULRK: the last column stands at the end.
        0x00BD => Some((word(0)?, word(2)?, word(data.len().checked_sub(2)?)?)),
        _ => None,
    }
}
