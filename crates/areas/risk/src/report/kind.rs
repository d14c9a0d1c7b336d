//! The reports of this area and the files that each comes in.

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 情報資産リスク報告書: the assets by the IPA sheet.
    AssetRisk,
    /// リスクアセスメント報告書.
    Assessment,
    /// リスク対応計画書.
    Plan,
    /// 残留リスク一覧と受容記録.
    Residual,
}

/// A file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading and signing.
    Pdf,
    /// For editing.
    Docx,
    /// For sorting and counting.
    Xlsx,
}

impl Kind {
    /// All, in the order in which they are read.
    pub const ALL: [Kind; 4] = [Kind::Assessment, Kind::Plan, Kind::Residual, Kind::AssetRisk];

    /// Name in addresses and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::AssetRisk => "asset-risk",
            Kind::Assessment => "risk-assessment",
            Kind::Plan => "treatment-plan",
            Kind::Residual => "residual-risks",
        }
    }

    /// What its document numbers say it is.
    pub const fn letters(self) -> &'static str {
        match self {
            Kind::AssetRisk => "RISK",
            Kind::Assessment => "RA",
            Kind::Plan => "RTP",
            Kind::Residual => "RR",
        }
    }

    /// Key of its title; `-for` and `-contents` behind it say what it is for and what stands in it.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::AssetRisk => "report-title",
            Kind::Assessment => "report-ra-title",
            Kind::Plan => "report-tp-title",
            Kind::Residual => "report-rr-title",
        }
    }

    /// Keys of its chapters.
    pub const fn chapters(self) -> &'static [&'static str] {
        match self {
            Kind::AssetRisk => &[
                "report-summary",
                "report-map",
                "report-top",
                "report-treatments",
                "report-acceptances",
                "report-method",
                "report-ledger",
            ],
            Kind::Assessment => &[
                "report-summary",
                "report-ra-map",
                "report-ra-scope",
                "report-ra-method",
                "report-ra-top",
                "report-ra-departments",
                "report-ra-threats",
                "report-ra-open",
                "report-ra-register",
            ],
            Kind::Plan => &[
                "report-summary",
                "report-tp-overdue",
                "report-tp-plan",
                "report-tp-without",
                "report-tp-compensating",
                "report-tp-transfer",
                "report-tp-cost",
                "report-tp-time",
            ],
            Kind::Residual => &[
                "report-rr-untreated",
                "report-summary",
                "report-rr-back",
                "report-rr-treated",
                "report-rr-accepted",
                "report-rr-list",
            ],
        }
    }

    /// Files that it comes in. The annex in the IPA layout is what the asset report is edited in, so it needs no Word.
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Kind::AssetRisk => &[Format::Pdf, Format::Xlsx],
            _ => &[Format::Pdf, Format::Docx, Format::Xlsx],
        }
    }
}

impl Format {
    /// All.
    pub const ALL: [Format; 3] = [Format::Pdf, Format::Docx, Format::Xlsx];

    /// Ending of the file's name, without a dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
        }
    }

    /// Media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format of an ending, in any case.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Format::Pdf => "report-format-pdf",
            Format::Docx => "report-format-docx",
            Format::Xlsx => "report-format-xlsx",
        }
    }
}
