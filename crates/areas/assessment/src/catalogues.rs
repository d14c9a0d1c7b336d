//! The checklists of this area.

use mamori_checklist::Checks;
use mamori_kernel::lang::Words;

use crate::finding::RiskFinding;

/// The check that belongs to every [`crate::service_review`].
pub const NEW_SERVICE: &str = "assessment.new_service";

/// What the engine is given: every version that was ever shipped stays here, because checks are bound to theirs.
pub fn checks() -> Checks {
    Checks::new()
        .catalogue(include_str!("../../../../catalogs/assessment/system_check.toml"))
        .catalogue(include_str!("../../../../catalogs/assessment/cloud_provider.toml"))
        .catalogue(include_str!("../../../../catalogs/assessment/people.toml"))
        .catalogue(include_str!("../../../../catalogs/assessment/new_service.toml"))
        .subject("asset", "information_asset", Words::new("対象の情報資産", "Asset"))
        .finding(RiskFinding)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn every_file_reads_and_has_the_counts_of_the_seeds() {
        let checks = checks();
        assert_eq!(checks.faults(), []);
        let count = |id: &str| checks.newest(id).unwrap().items.len();
        // T18: 17 weaknesses; S2-D5-06: five looks at a provider; S2-D6-19: ten items of a new service.
        assert_eq!(count("assessment.system_check"), 17);
        assert_eq!(count("assessment.cloud_provider"), 5);
        assert_eq!(count(NEW_SERVICE), 10);
        assert_eq!(count("assessment.people"), 16);
        let system = checks.newest("assessment.system_check").unwrap();
        let sizes: Vec<usize> = system.groups.iter().map(|group| system.items_under(&group.code).count()).collect();
        assert_eq!(sizes, [4, 2, 4, 3, 4], "S2-D5-08");
        assert!(system.items.iter().all(|item| item.links.iter().any(|link| link.catalogue == "cwe")));
        for catalogue in checks.all() {
            assert!(!catalogue.intro.is_empty() && catalogue.minutes > 0, "{}", catalogue.id);
            assert_eq!(catalogue.bands.first().map(|band| band.from), Some(0), "{}", catalogue.id);
        }
    }
}
