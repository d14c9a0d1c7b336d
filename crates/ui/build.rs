//! Joins the style sheets and scripts of `assets/` into one file each, in the order of their names.
//!
//! No Node and no minifier: dropping comments and indentation is what pays once the response is compressed.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=assets");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo did not set OUT_DIR"))?;
    let out = Path::new(&out);
    fs::write(out.join("app.css"), squeeze_css(&join("assets/css", "css")?))?;
    fs::write(out.join("app.js"), squeeze_js(&join("assets/js", "js")?))
}

fn join(folder: &str, extension: &str) -> io::Result<String> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    let mut joined = String::new();
    for file in files {
        joined.push_str(&fs::read_to_string(file)?);
        joined.push('\n');
    }
    Ok(joined)
}

/// Drops comments, line breaks and indentation. Our style sheets hold no comment mark inside a string.
fn squeeze_css(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let mut squeezed = String::with_capacity(kept.len());
    for line in kept.lines().map(str::trim).filter(|line| !line.is_empty()) {
        squeezed.push_str(line);
        // A selector list or a value may continue on the next line; a space is harmless where it does not.
        if !line.ends_with(['{', '}', ';', ',']) {
            squeezed.push(' ');
        }
    }
    squeezed
}

/// Drops whole-line comments and indentation; line breaks stay, so no statement can merge with the next.
fn squeeze_js(js: &str) -> String {
    let lines = js.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.fold(String::with_capacity(js.len()), |mut kept, line| {
        kept.push_str(line);
        kept.push('\n');
        kept
    })
}
