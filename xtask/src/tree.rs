//! The project's text files, read once.

use std::fmt;
use std::path::Path;

/// Folders that are made by tools or belong to other programs.
const SKIPPED: [&str; 7] = [".git", "target", "node_modules", "out", "mamori-data", ".cargo", "fonts"];

/// Files larger than this are data, not text that people write.
const LARGEST: u64 = 2 * 1024 * 1024;

/// A text file.
pub struct File {
    /// From the root, with forward slashes.
    pub path: String,
    /// Content.
    pub text: String,
}

impl File {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Written for tests only.
    pub fn is_test(&self) -> bool {
        self.name() == "tests.rs"
            || self.name().ends_with("_tests.rs")
            || self.path.contains("/tests/")
            || self.path.contains("/examples/")
    }
}

/// All of them.
#[derive(Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

impl Tree {
    /// Reads the project.
    pub fn read(root: &Path) -> std::io::Result<Tree> {
        let mut tree = Tree::default();
        tree.walk(root, "")?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    /// A made-up project.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        Tree { files: files.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect() }
    }

    /// The files whose path ends with `.` and the extension.
    pub fn with_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.rsplit_once('.').is_some_and(|(_, found)| found == extension))
    }

    fn walk(&mut self, dir: &Path, prefix: &str) -> std::io::Result<()> {
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                self.walk(&entry.path(), &path)?;
            } else if kind.is_file() && entry.metadata()?.len() <= LARGEST {
                // What is not UTF-8 is a picture, a font or a workbook.
                if let Ok(text) = std::fs::read_to_string(entry.path()) {
                    self.files.push(File { path, text });
                }
            }
        }
        Ok(())
    }
}

/// Something to mend.
pub struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl Finding {
    /// `line` counts from 1; 0 means the whole file.
    pub fn new(file: &File, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: file.path.clone(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}
