//! The pictures of the overview: heat map, bars by department.

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ui::charts::{Chart, HeatCell, HeatMap, StackedRow, heat_map, stacked};
use mamori_ui::tone::Tone;

use super::panel::{band_tone, band_word};
use super::queries::{Cell, DepartmentCounts};
use crate::ipa::rules::{Bands, Grade, Likelihood, risk_value};

/// Departments shown before the rest is summed up.
const DEPARTMENTS: usize = 12;

/// Importance × likelihood. `links` leads to the assets of a cell (on paper there is nothing to click).
pub(crate) fn map(lang: Lang, bands: Bands, cells: &[Cell], links: bool) -> Chart {
    let rows: Vec<Vec<HeatCell>> = Grade::ALL
        .iter()
        .rev()
        .map(|grade| {
            Likelihood::ALL
                .iter()
                .map(|likelihood| {
                    let (i, l) = (i64::from(grade.number()), i64::from(likelihood.number()));
                    let count = cells
                        .iter()
                        .filter(|cell| (cell.0, cell.1) == (i, l))
                        .map(|cell| u64::try_from(cell.2).unwrap_or_default())
                        .sum();
                    let value = risk_value(bands.scale(), *grade, *likelihood);
                    let band = bands.band(value);
                    HeatCell {
                        count,
                        tone: band_tone(band),
                        note: format!("{} {}", band_word(band, lang), value.number()),
                        href: links.then(|| format!("/assets/information_asset?f.importance={i}&f.likelihood={l}")),
                    }
                })
                .collect()
        })
        .collect();
    let label = |points: u8, word: &str| format!("{points} {word}");
    let row_labels: Vec<String> = Grade::ALL
        .iter()
        .rev()
        .map(|grade| label(bands.scale().points(*grade), lang.pick(grade.label_ja(), grade.label_en())))
        .collect();
    let column_labels: Vec<String> = Likelihood::ALL
        .iter()
        .map(|likelihood| label(likelihood.number(), lang.pick(likelihood.label_ja(), likelihood.label_en())))
        .collect();
    let (rows_ref, columns_ref): (Vec<&str>, Vec<&str>) =
        (row_labels.iter().map(String::as_str).collect(), column_labels.iter().map(String::as_str).collect());
    heat_map(&HeatMap {
        title: &i18n::t(lang, "assessment-map"),
        vertical: &i18n::t(lang, "assessment-importance"),
        row_labels: &rows_ref,
        horizontal: &i18n::t(lang, "assessment-likelihood"),
        column_labels: &columns_ref,
        cells: &rows,
    })
}

/// Shares of 大, 中, 小 and open by department.
pub(crate) fn departments(lang: Lang, rows: &[DepartmentCounts], links: bool) -> Chart {
    let named =
        |row: &DepartmentCounts| if row.name.is_empty() { i18n::t(lang, "assessment-no-department") } else { row.name.clone() };
    let mut bars: Vec<StackedRow> = rows
        .iter()
        .take(DEPARTMENTS)
        .map(|row| {
            let bar = StackedRow::new(named(row), row.counts.to_vec());
            let filter = if row.id.is_empty() { "none" } else { row.id.as_str() };
            if links { bar.href(format!("/assets/information_asset?f.department={filter}&sort=-risk_value")) } else { bar }
        })
        .collect();
    let rest = rows.iter().skip(DEPARTMENTS).fold([0_u64; 4], |sum, row| {
        let [a, b, c, d] = row.counts;
        let [w, x, y, z] = sum;
        [w + a, x + b, y + c, z + d]
    });
    if rows.len() > DEPARTMENTS {
        bars.push(StackedRow::new(i18n::t(lang, "assessment-other-departments"), rest.to_vec()));
    }
    let (large, middle, small, open) = (
        i18n::t(lang, "assessment-large"),
        i18n::t(lang, "assessment-middle"),
        i18n::t(lang, "assessment-small"),
        i18n::t(lang, "assessment-unknown"),
    );
    let legend = [
        (large.as_str(), Tone::Danger),
        (middle.as_str(), Tone::Warning),
        (small.as_str(), Tone::Success),
        (open.as_str(), Tone::Neutral),
    ];
    stacked(&i18n::t(lang, "assessment-by-department"), &i18n::t(lang, "assessment-department"), &legend, &bars)
}
