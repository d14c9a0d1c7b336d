//! Why a file cannot be read, in words that help.

use std::fmt;

use mamori_kernel::lang::Lang;

use super::encoding::TextEncoding;

/// What a file is instead of a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    /// PDF.
    Pdf,
    /// Word or rich text.
    Word,
    /// PowerPoint.
    PowerPoint,
    /// A picture.
    Image,
    /// A web page, often saved by older systems under the name .xls.
    Html,
    /// "XML spreadsheet 2003".
    XmlSpreadsheet,
    /// Other XML.
    Xml,
    /// OpenDocument spreadsheet (LibreOffice).
    OpenDocument,
    /// Excel's binary workbook.
    Xlsb,
    /// An archive: zip, gzip, 7z, rar.
    Archive,
    /// A program.
    Program,
    /// A mail saved from Outlook.
    Mail,
    /// Something else that is no text.
    Binary,
}

impl LooksLike {
    /// The name of the format for people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Word => lang.pick("Word文書", "a Word document"),
            Self::PowerPoint => lang.pick("PowerPointの資料", "a PowerPoint presentation"),
            Self::Image => lang.pick("画像", "a picture"),
            Self::Html => lang.pick("Webページ（HTML）", "a web page (HTML)"),
            Self::XmlSpreadsheet => lang.pick("XMLスプレッドシート2003", "an XML spreadsheet 2003"),
            Self::Xml => lang.pick("XML", "XML"),
            Self::OpenDocument => lang.pick("OpenDocument（LibreOffice）のファイル", "an OpenDocument (LibreOffice) file"),
            Self::Xlsb => lang.pick("Excelバイナリブック（xlsb）", "an Excel binary workbook (xlsb)"),
            Self::Archive => lang.pick("圧縮ファイル", "an archive"),
            Self::Program => lang.pick("プログラム", "a program"),
            Self::Mail => lang.pick("メール", "a mail"),
            Self::Binary => lang.pick("表計算以外のファイル", "a file that is not a spreadsheet"),
        }
    }

    /// Whether Excel can open it and save it as xlsx.
    fn opens_in_excel(self) -> bool {
        matches!(self, Self::Html | Self::XmlSpreadsheet | Self::OpenDocument | Self::Xlsb)
    }
}

/// Why a file could not be read. Nothing of the file is used in any of these cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file has no bytes: often an interrupted upload.
    EmptyFile,
    /// The file is larger than allowed.
    TooLarge {
        /// Largest size in bytes.
        limit: u64,
    },
    /// The workbook needs a password to open.
    PasswordProtected,
    /// The file begins like a spreadsheet and is broken.
    Damaged {
        /// What the parser said, for the log and for support; English, technical.
        detail: String,
    },
    /// Not a spreadsheet at all.
    NotASpreadsheet {
        /// What it is.
        looks_like: LooksLike,
    },
    /// Unpacked it would be far larger than a real workbook.
    ZipBomb {
        /// Largest unpacked size in bytes.
        limit: u64,
    },
    /// A sheet has too many used rows.
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// The most allowed.
        limit: usize,
    },
    /// A sheet has a used cell too far right.
    TooManyColumns {
        /// The sheet.
        sheet: String,
        /// Name of the cell, such as `ZZ3`.
        cell: String,
        /// The most allowed.
        limit: usize,
    },
    /// The workbook holds too many cells or too much text altogether.
    TooManyCells {
        /// The most cells allowed.
        limit: usize,
    },
    /// A cell holds too much text.
    CellTooLong {
        /// The sheet.
        sheet: String,
        /// Name of the cell, such as `C5`.
        cell: String,
        /// Most characters allowed.
        limit: usize,
    },
    /// The text of a csv does not fit the encoding.
    WrongEncoding {
        /// The encoding tried.
        encoding: TextEncoding,
        /// Line (from 1) of the first byte that does not fit.
        line: usize,
    },
    /// A csv opens a quotation mark that is never closed.
    OpenQuote {
        /// Row (from 1) where it opens.
        row: usize,
    },
    /// The workbook has no sheet with cells.
    NoSheet,
}

impl ReadError {
    /// What happened, why, and what to do, in the reader's language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.japanese(),
            Lang::En => self.english(),
        }
    }

    fn japanese(&self) -> String {
        match self {
            Self::EmptyFile => "ファイルの中身がありません（0バイト）。送信の途中で切れた可能性があります。もう一度選んで送ってください。".to_owned(),
            Self::TooLarge { limit } => format!("ファイルが大きすぎます（上限 {}MB）。不要なシートや画像を除くか、ファイルを分けてください。", megabytes(*limit)),
            Self::PasswordProtected => {
                "パスワードで保護されているため開けません。Excelで開き、「ファイル」→「情報」→「ブックの保護」でパスワードを外して保存してから、もう一度送ってください。".to_owned()
            }
            Self::Damaged { .. } => {
                "ファイルが壊れていて読めません。Excelで開けるか確かめ、開ける場合は「名前を付けて保存」でExcelブック（.xlsx）として保存し直してください。".to_owned()
            }
            Self::NotASpreadsheet { looks_like } => {
                let what = looks_like.name(Lang::Ja);
                if looks_like.opens_in_excel() {
                    format!("このファイルは{what}です。そのままでは読み込めません。Excelで開き、Excelブック（.xlsx）として保存し直してください。")
                } else {
                    format!("このファイルは{what}です。読み込めるのはExcel（.xlsx、.xlsm、.xls）とCSV・TSVです。")
                }
            }
            Self::ZipBomb { limit } => format!(
                "展開すると異常に大きくなるため、安全のため読み込みを中止しました（上限 {}MB）。通常のExcelファイルであれば、必要なシートだけを新しいブックにコピーしてください。",
                megabytes(*limit)
            ),
            Self::TooManyRows { sheet, limit } => format!("シート「{sheet}」の行が多すぎます（上限 {limit}行）。ファイルを分けて読み込んでください。"),
            Self::TooManyColumns { sheet, cell, limit } => {
                format!("シート「{sheet}」の列が多すぎます（上限 {limit}列）。セル {cell} に値があります。不要な列を削除してください。")
            }
            Self::TooManyCells { limit } => format!("ブック全体の内容が多すぎます（上限 {limit}セル）。必要なシートだけのファイルにしてください。"),
            Self::CellTooLong { sheet, cell, limit } => {
                format!("シート「{sheet}」のセル {cell} の文字が多すぎます（上限 {limit}文字）。短くするか、添付ファイルにしてください。")
            }
            Self::WrongEncoding { encoding, line } => {
                format!("文字コード {} として読めない文字が{line}行目にあります。文字コードを選び直すか、Excelで「CSV UTF-8」として保存し直してください。", encoding.name())
            }
            Self::OpenQuote { row } => format!("{row}行目で始まる引用符（\"）が閉じられていません。その行の \" を確かめてください。"),
            Self::NoSheet => "表のあるシートがありません。データの入ったシートを含むファイルを選んでください。".to_owned(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::EmptyFile => "The file is empty (0 bytes); the upload may have been cut off. Choose it again.".to_owned(),
            Self::TooLarge { limit } => format!("The file is too large (limit {} MB). Remove unused sheets and pictures, or split it.", megabytes(*limit)),
            Self::PasswordProtected => {
                "The workbook is protected by a password. Open it in Excel, remove the password under File > Info > Protect Workbook, save, and send it again.".to_owned()
            }
            Self::Damaged { .. } => {
                "The file is damaged and cannot be read. See whether Excel opens it; if so, use “Save As” to store it as an Excel workbook (.xlsx).".to_owned()
            }
            Self::NotASpreadsheet { looks_like } => {
                let what = looks_like.name(Lang::En);
                if looks_like.opens_in_excel() {
                    format!("This is {what}. Open it in Excel and save it as an Excel workbook (.xlsx).")
                } else {
                    format!("This is {what}. Excel files (.xlsx, .xlsm, .xls), CSV and TSV can be read.")
                }
            }
            Self::ZipBomb { limit } => format!(
                "Unpacked, this file would be abnormally large (limit {} MB), so reading was stopped for safety. If it is an ordinary workbook, copy the sheets you need into a new one.",
                megabytes(*limit)
            ),
            Self::TooManyRows { sheet, limit } => format!("Sheet “{sheet}” has too many rows (limit {limit}). Split the file."),
            Self::TooManyColumns { sheet, cell, limit } => {
                format!("Sheet “{sheet}” has too many columns (limit {limit}); cell {cell} holds a value. Delete the columns you do not need.")
            }
            Self::TooManyCells { limit } => format!("The workbook holds too much (limit {limit} cells). Keep only the sheets you need."),
            Self::CellTooLong { sheet, cell, limit } => {
                format!("Cell {cell} of sheet “{sheet}” holds too much text (limit {limit} characters). Shorten it or attach it as a file.")
            }
            Self::WrongEncoding { encoding, line } => {
                format!("Line {line} holds characters that are not {}. Choose another encoding, or save the file in Excel as “CSV UTF-8”.", encoding.name())
            }
            Self::OpenQuote { row } => format!("The quotation mark (\") opened in row {row} is never closed. Check the \" in that row."),
            Self::NoSheet => "The file has no sheet with a table. Choose a file that holds data.".to_owned(),
        }
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes / 1_000_000
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))?;
        if let Self::Damaged { detail } = self {
            write!(f, " [{detail}]")?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}
