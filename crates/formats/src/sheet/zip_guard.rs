//! Looks into a zip before any parser does.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Limits, ReadError};

/// A workbook has a few dozen parts; thousands are an attack on whoever lists them.
const MOST_PARTS: usize = 10_000;

/// Parts smaller than this may have any ratio: small XML packs very well.
const RATIO_FREE_BYTES: u64 = 10_000_000;

/// The names of the parts; `None` where it is no readable zip.
pub(super) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    archive.file_names().take(MOST_PARTS).map(|name| name.ok().map(|n| n.to_lowercase().replace('\\', "/"))).collect()
}

/// Checks declared sizes, then that the parts which will be parsed really unpack to what they declare, intact.
///
/// Sizes in a zip are claims of its author, so the parts are unpacked once into nothing, never further than their claim.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let damaged = |error: &dyn std::fmt::Display| ReadError::Damaged { detail: error.to_string() };
    let bomb = || ReadError::ZipBomb { limit: limits.unpacked_bytes };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if archive.len() > MOST_PARTS {
        return Err(bomb());
    }
    let mut total: u64 = 0;
    let mut parsed = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|e| damaged(&e))?;
        total = total.saturating_add(part.size());
        let most = part.compressed_size().saturating_mul(limits.unpack_ratio);
        if total > limits.unpacked_bytes || (part.size() > RATIO_FREE_BYTES && part.size() > most) {
            return Err(bomb());
        }
        let name = part.name().map_err(|e| damaged(&e))?.to_lowercase();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            parsed.push((at, part.size()));
        }
    }
    for (at, declared) in parsed {
        let part = archive.by_index(at).map_err(|e| damaged(&e))?;
        let mut part = part.take(declared.saturating_add(1));
        let unpacked = std::io::copy(&mut part, &mut std::io::sink()).map_err(|e| damaged(&e))?;
        if unpacked > declared {
            return Err(bomb());
        }
    }
    Ok(())
}
