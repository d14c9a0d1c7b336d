//! Which tables there are, asked of the database itself, so that no table of any area can be forgotten.

use mamori_kernel::error::{Error, Result};

use super::link::Link;
use super::manifest::{ColumnMark, Kind, StepMark};
use crate::db::Engine;
use crate::row::Row;

/// Rows read at once.
const CHUNK: i64 = 1000;

#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<ColumnMark>,
}

const SQLITE: &str = "select m.name as table_name, c.name as column_name, c.type as kind from sqlite_master m \
     join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' and m.name not like 'search\\_fts%' escape '\\' \
     order by m.name, c.cid";

const POSTGRES: &str = "select c.table_name::text as table_name, c.column_name::text as column_name, c.data_type::text as kind \
     from information_schema.columns c join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name \
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position";

pub(super) async fn tables(link: &mut Link) -> Result<Vec<Table>> {
    let sql = match link.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let mut tables: Vec<Table> = Vec::new();
    for row in link.rows(sql, Vec::new()).await? {
        let (name, column, kind): (String, String, String) = (row.get("table_name")?, row.get("column_name")?, row.get("kind")?);
        if super::LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let column = ColumnMark {
            kind: kind_of(&kind).ok_or_else(|| Error::Internal(format!("{name}.{column}: type {kind} is not backed up")))?,
            name: column,
        };
        match tables.last_mut() {
            Some(table) if table.name == name => table.columns.push(column),
            _ => tables.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

fn kind_of(declared: &str) -> Option<Kind> {
    match declared.to_ascii_lowercase().as_str() {
        "text" => Some(Kind::Text),
        "bigint" => Some(Kind::Int),
        "double precision" => Some(Kind::Real),
        "blob" | "bytea" => Some(Kind::Bytes),
        _ => None,
    }
}

pub(super) async fn steps(link: &mut Link) -> Result<Vec<StepMark>> {
    let rows = link.rows("select owner, number, sha256 from schema_step order by applied_at, owner, number", Vec::new()).await?;
    rows.iter()
        .map(|row| Ok(StepMark { owner: row.get("owner")?, number: row.get("number")?, sha256: row.get("sha256")? }))
        .collect()
}

/// Reads a table in chunks of constant cost: by row number on SQLite, through a cursor on PostgreSQL. The change log comes in its order.
pub(super) struct Cursor {
    columns: String,
    table: String,
    after: i64,
    open: bool,
}

impl Cursor {
    pub(super) fn new(table: &Table) -> Cursor {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        Cursor { columns: columns.join(", "), table: table.name.clone(), after: i64::MIN, open: false }
    }

    /// The next rows; none at the end.
    pub(super) async fn next(&mut self, link: &mut Link) -> Result<Vec<Row>> {
        match link.engine() {
            Engine::Sqlite => {
                let sql = format!(
                    "select rowid as backup_rowid, {} from {} where rowid > $1 order by rowid limit {CHUNK}",
                    self.columns, self.table
                );
                let rows = link.rows(&sql, crate::args![self.after]).await?;
                if let Some(last) = rows.last() {
                    self.after = last.get("backup_rowid")?;
                }
                Ok(rows)
            }
            Engine::Postgres => {
                // A name of its own per table: prepared "fetch" statements are kept by their text, and their columns must not change.
                let name = format!("backup_{}", self.table);
                if !self.open {
                    let order = if self.table == "change_log" { " order by company_id, seq" } else { "" };
                    link.script(&format!(
                        "declare {name} no scroll cursor for select {} from {}{order}",
                        self.columns, self.table
                    ))
                    .await?;
                    self.open = true;
                }
                let rows = link.rows(&format!("fetch {CHUNK} from {name}"), Vec::new()).await?;
                if rows.is_empty() {
                    link.script(&format!("close {name}")).await?;
                }
                Ok(rows)
            }
        }
    }
}
