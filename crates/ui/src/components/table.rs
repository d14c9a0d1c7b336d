//! The table shell of every list.

use mamori_kernel::lang::Lang;

use crate::{
    html::{El, Html, component, el},
    icon::Icon,
};

/// Where the content of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Start,
    /// Marks and badges.
    Center,
    /// Numbers: right, with figures of equal width.
    End,
}

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Not by this column.
    No,
    /// Small first.
    Ascending,
    /// Large first.
    Descending,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    help: Option<String>,
    align: Align,
    sort: Option<(String, Sorted)>,
    wide: bool,
}

impl Column {
    /// A column.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), help: None, align: Align::Start, sort: None, wide: false }
    }

    /// What the column means, shown on hover of its name.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Where its content stands.
    #[must_use]
    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// Address that sorts by it (or turns the order round), and how it is sorted now.
    #[must_use]
    pub fn sort(self, href: impl Into<String>, now: Sorted) -> Self {
        Self { sort: Some((href.into(), now)), ..self }
    }

    /// Long text: gets room and wraps.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    fn class(&self) -> &'static str {
        match (self.align, self.wide) {
            (Align::End, _) => "num end",
            (Align::Center, _) => "center",
            (Align::Start, true) => "wide",
            (Align::Start, false) => "",
        }
    }

    fn head(&self, lang: Lang) -> El {
        let word = match (lang, self.sort.as_ref().map(|(_, now)| *now)) {
            (_, None) => "",
            (Lang::Ja, Some(Sorted::Ascending)) => "(昇順)",
            (Lang::Ja, Some(Sorted::Descending)) => "(降順)",
            (Lang::Ja, Some(Sorted::No)) => "(並べ替え)",
            (Lang::En, Some(Sorted::Ascending)) => "(ascending)",
            (Lang::En, Some(Sorted::Descending)) => "(descending)",
            (Lang::En, Some(Sorted::No)) => "(sort)",
        };
        let content = match &self.sort {
            None => Html::text(&self.label),
            Some((href, now)) => {
                let icon = match now {
                    Sorted::No => Icon::Sort,
                    Sorted::Ascending => Icon::ArrowUp,
                    Sorted::Descending => Icon::ArrowDown,
                };
                el("a")
                    .class(if *now == Sorted::No { "sort" } else { "sort sort-on" })
                    .attr("href", href)
                    .text(&self.label)
                    .add(icon)
                    .add(el("span").class("sr").text(word))
                    .html()
            }
        };
        let state = match self.sort.as_ref().map(|(_, now)| *now) {
            Some(Sorted::Ascending) => Some("ascending"),
            Some(Sorted::Descending) => Some("descending"),
            _ => None,
        };
        el("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .opt("class", Some(self.class()).filter(|class| !class.is_empty()))
            .opt("aria-sort", state)
            .opt("title", self.help.as_ref())
            .add(content)
    }
}

/// A row: its cells in the order of the columns.
#[derive(Clone, Debug)]
pub struct Row {
    id: String,
    label: String,
    href: Option<String>,
    cells: Vec<Html>,
    retired: bool,
}

impl Row {
    /// `id` is what bulk actions send; `label` names the row for screen readers (its key or name).
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), href: None, cells: Vec::new(), retired: false }
    }

    /// Address of the record. The first cell becomes a link; Enter opens it in keyboard navigation.
    #[must_use]
    pub fn href(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }

    /// Adds a cell of text.
    #[must_use]
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.cell(Html::text(text))
    }

    /// Adds a cell.
    #[must_use]
    pub fn cell(mut self, cell: impl Into<Html>) -> Self {
        self.cells.push(cell.into());
        self
    }

    /// Shown faintly: no longer in use.
    #[must_use]
    pub fn retired(self, retired: bool) -> Self {
        Self { retired, ..self }
    }
}

/// A table of records. Wide ones scroll sideways inside their frame; on a phone each row becomes a card, with the column's name before each value.
#[derive(Clone, Debug)]
pub struct DataTable {
    lang: Lang,
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    selectable: bool,
    compact: bool,
}

impl DataTable {
    /// `caption` names the table for screen readers.
    pub fn new(lang: Lang, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { lang, caption: caption.into(), columns, rows: Vec::new(), selectable: false, compact: false }
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Puts a box to tick before each row (field `row`, value the row's id). Stands inside a form with a [`super::BulkBar`].
    #[must_use]
    pub fn selectable(self) -> Self {
        Self { selectable: true, ..self }
    }

    /// Closer lines.
    #[must_use]
    pub fn compact(self) -> Self {
        Self { compact: true, ..self }
    }

    fn render(&self) -> Html {
        let all = match self.lang {
            Lang::Ja => "このページの行をすべて選ぶ",
            Lang::En => "Select all rows of this page",
        };
        let tick_all = self.selectable.then(|| {
            let tick = el("input").attr("type", "checkbox").attr("data-select-all", "").attr("aria-label", all);
            el("th").class("tick").attr("scope", "col").attr("role", "columnheader").add(el("label").add(tick))
        });
        let head = el("tr").attr("role", "row").maybe(tick_all).each(self.columns.iter().map(|column| column.head(self.lang)));
        let class = if self.compact { "table table-compact" } else { "table" };
        let table = el("table")
            .class(class)
            .attr("role", "table")
            .attr("data-list", "")
            .add(el("caption").class("sr").text(&self.caption))
            .add(el("thead").attr("role", "rowgroup").add(head))
            .add(el("tbody").attr("role", "rowgroup").each(self.rows.iter().map(|row| self.row(row))));
        // Focusable, so that people without a mouse can scroll it.
        el("div")
            .class("table-frame")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", &self.caption)
            .add(table)
            .html()
    }

    fn row(&self, row: &Row) -> El {
        let word = match self.lang {
            Lang::Ja => format!("「{}」を選ぶ", row.label),
            Lang::En => format!("Select “{}”", row.label),
        };
        let tick = self.selectable.then(|| {
            let tick = el("input").attr("type", "checkbox").attr("name", "row").attr("value", &row.id).attr("aria-label", word);
            el("td").class("tick").attr("role", "cell").add(el("label").add(tick))
        });
        let cells = self.columns.iter().zip(&row.cells).enumerate().map(|(index, (column, cell))| {
            let content = match (&row.href, index) {
                (Some(href), 0) => el("a").class("row-link").attr("href", href).add(cell.clone()).html(),
                _ => cell.clone(),
            };
            let class = Some(column.class()).filter(|class| !class.is_empty());
            if index == 0 {
                el("th").attr("scope", "row").attr("role", "rowheader").opt("class", class).add(content)
            } else {
                // Cards leave out what is blank.
                let class = if cell.is_empty() { Some("blank") } else { class };
                el("td").attr("role", "cell").opt("class", class).attr("data-label", &column.label).add(content)
            }
        });
        el("tr")
            .attr("role", "row")
            .opt("class", row.retired.then_some("retired"))
            .opt("data-href", row.href.as_ref())
            .maybe(tick)
            .each(cells)
    }
}

component!(DataTable);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_is_the_link_and_each_other_knows_its_column() {
        let table = DataTable::new(Lang::Ja, "情報資産", vec![Column::new("名称"), Column::new("重要度").align(Align::End)])
            .rows([Row::new("1", "顧客名簿").href("/assets/1").text("顧客名簿").text("2")])
            .selectable()
            .to_string();
        assert!(table.contains("<a class=\"row-link\" href=\"/assets/1\">顧客名簿</a>"));
        assert!(table.contains("<td role=\"cell\" class=\"num end\" data-label=\"重要度\">2</td>"));
        assert!(table.contains("name=\"row\" value=\"1\" aria-label=\"「顧客名簿」を選ぶ\""));
    }
}
