//! The ready-made views of the ledger.

use mamori_kernel::lang::Words;
use mamori_ledger::ViewDef;

/// The three layouts of the textbook are views of the same rows (S2-D3-04, S2-D4-02, S2-D4-04).
pub(super) fn views() -> [ViewDef; 3] {
    [
        ViewDef {
            code: "ipa",
            words: Words::new("IPAリスク分析シート", "IPA risk sheet"),
            columns: vec![
                "business",
                "name",
                "note",
                "users",
                "department",
                "storage",
                "pi_personal",
                "pi_sensitive",
                "pi_number",
                "confidentiality",
                "integrity",
                "availability",
                "importance",
                "retention",
                "registered_on",
                "threat_level",
                "weakness_level",
                "likelihood",
                "risk_value",
                "risk_band",
            ],
            query: "",
        },
        ViewDef {
            code: "layout_a",
            words: Words::new("管理台帳（保管場所）", "Register by place"),
            columns: vec!["code", "business", "name", "classification", "users", "owner", "media", "place"],
            query: "",
        },
        ViewDef {
            code: "layout_b",
            words: Words::new("部門別の台帳", "Register by department"),
            columns: vec!["department", "name", "classification", "users", "owner", "media", "place", "retention"],
            query: "sort=department",
        },
    ]
}
