//! Browser assets, embedded in the binary and addressed by their content, so that browsers may keep them for ever.

use std::{borrow::Cow, sync::LazyLock};

/// The content-security policy that every page of the product is written for: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A file for the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// `Content-Type` header.
    pub content_type: &'static str,
    /// `ETag` header, with its quotes.
    pub etag: String,
    /// Asked for under an address with the right content hash: may be cached for ever (`max-age=31536000, immutable`).
    pub immutable: bool,
}

struct Entry {
    name: &'static str,
    bytes: &'static [u8],
    content_type: &'static str,
    hash: String,
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let files: [(&'static str, &'static [u8], &'static str); 4] = [
        ("app.css", include_bytes!(concat!(env!("OUT_DIR"), "/app.css")), CSS),
        ("app.js", include_bytes!(concat!(env!("OUT_DIR"), "/app.js")), JS),
        ("htmx.js", include_bytes!("../assets/vendor/htmx.min.js"), JS),
        ("favicon.svg", include_bytes!("../assets/img/favicon.svg"), SVG),
    ];
    files.into_iter().map(|(name, bytes, content_type)| Entry { name, bytes, content_type, hash: hash(bytes) }).collect()
});

/// The asset at `path` below `/static/`: `app-1a2b3c4d5e6f7a8b.css` (immutable) or `app.css` (to be revalidated).
/// A hash that is not the present one is answered with the present file, not immutable: an old page in a tab keeps working after an update.
pub fn asset(path: &str) -> Option<Asset> {
    let path = path.trim_start_matches('/');
    ENTRIES.iter().find_map(|entry| {
        let (stem, extension) = entry.name.split_once('.')?;
        let immutable = if path == entry.name {
            false
        } else {
            let asked = path.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(extension)?.strip_suffix('.')?;
            if asked.len() != 16 || !asked.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            asked == entry.hash
        };
        Some(Asset {
            bytes: Cow::Borrowed(entry.bytes),
            content_type: entry.content_type,
            etag: format!("\"{}\"", entry.hash),
            immutable,
        })
    })
}

/// The address of an asset with its content hash: `/static/app-1a2b3c4d5e6f7a8b.css`. A name that does not exist comes back as it is, below `/static/`.
pub fn asset_url(name: &str) -> String {
    match ENTRIES.iter().find(|entry| entry.name == name).and_then(|entry| Some((entry, name.split_once('.')?))) {
        Some((entry, (stem, extension))) => format!("/static/{stem}-{}.{extension}", entry.hash),
        None => format!("/static/{name}"),
    }
}

/// FNV-1a, 64 bits: tells versions of our own files apart. It guards against nothing and need not.
fn hash(bytes: &[u8]) -> String {
    let sum =
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{sum:016x}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_with_the_right_hash_is_immutable() {
        for name in ["app.css", "app.js", "htmx.js", "favicon.svg"] {
            let url = asset_url(name);
            let found = asset(url.strip_prefix("/static/").unwrap()).unwrap();
            assert!(found.immutable && !found.bytes.is_empty(), "{url}");
            assert!(!asset(name).unwrap().immutable);
        }
        assert!(!asset("app-0000000000000000.css").unwrap().immutable);
    }

    #[test]
    fn nothing_else_is_served() {
        for path in [
            "",
            "../Cargo.toml",
            "app.txt",
            "app-.css",
            "app-zzzzzzzzzzzzzzzz.css",
            "app-0000.css",
            "htmx.min.js",
            "app-0000000000000000.js.css",
        ] {
            assert_eq!(asset(path), None, "{path}");
        }
        assert_eq!(asset_url("nothing.png"), "/static/nothing.png");
    }

    #[test]
    fn scripts_and_styles_keep_to_the_policy() {
        let css = std::str::from_utf8(include_bytes!(concat!(env!("OUT_DIR"), "/app.css"))).unwrap();
        assert!(!css.contains("http://") && !css.contains("https://") && !css.contains("@import"));
        assert_eq!(css.matches('{').count(), css.matches('}').count());
        let js = std::str::from_utf8(include_bytes!(concat!(env!("OUT_DIR"), "/app.js"))).unwrap();
        assert!(!js.contains("eval(") && !js.contains("new Function") && !js.contains("https://"));
    }

    #[test]
    fn vendored_files_are_the_ones_in_the_readme() {
        let readme = include_str!("../assets/vendor/README.md");
        assert!(readme.contains("4.0.1"));
        // Length and hash of the file that the table names; a silent change of either fails here.
        let htmx = asset("htmx.js").unwrap();
        assert_eq!((htmx.bytes.len(), htmx.etag.as_str()), (37_448, "\"d56b371183c0fcda\""));
    }
}
