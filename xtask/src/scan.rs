//! A small reader of Rust source: the code without comments and strings, and every string literal with the code before it.

/// A string literal.
pub struct Literal {
    /// From 1.
    pub line: usize,
    /// What stands between the quotes, escapes as they are written.
    pub text: String,
    /// The last characters of code before it, without blanks: `ctx.t(`.
    pub before: String,
}

/// A scanned file.
#[derive(Default)]
pub struct Source {
    /// Code with comments and the content of strings taken out; lines stay where they were.
    pub code: String,
    /// In order.
    pub literals: Vec<Literal>,
}

const BEFORE: usize = 80;

/// The part of a file that goes into the program: everything before its test module.
pub fn production(text: &str) -> &str {
    let mut offset = 0;
    let mut after_attribute = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed == "#[cfg(test)]" {
            after_attribute = Some(offset);
        } else if let Some(start) = after_attribute {
            if trimmed.starts_with("mod ") && trimmed.ends_with('{') {
                return text.get(..start).unwrap_or(text);
            }
            if !trimmed.starts_with("#[") {
                after_attribute = None;
            }
        }
        offset += line.len();
    }
    text
}

/// Reads a file.
pub fn scan(text: &str) -> Source {
    let mut source = Source::default();
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut line = 1;
    let mut index = 0;
    let mut before = String::new();
    while index < chars.len() {
        let c = at(index);
        match c {
            '\n' => {
                line += 1;
                source.code.push('\n');
                index += 1;
            }
            '/' if at(index + 1) == '/' => {
                while index < chars.len() && at(index) != '\n' {
                    index += 1;
                }
            }
            '/' if at(index + 1) == '*' => {
                index += 2;
                while index < chars.len() && !(at(index) == '*' && at(index + 1) == '/') {
                    if at(index) == '\n' {
                        line += 1;
                        source.code.push('\n');
                    }
                    index += 1;
                }
                index += 2;
            }
            '"' => {
                let hashes = before.chars().rev().take_while(|c| *c == '#').count();
                let raw = before.trim_end_matches('#').ends_with('r') && (hashes > 0 || !is_name(&before));
                let start_line = line;
                let mut content = String::new();
                index += 1;
                while index < chars.len() {
                    let d = at(index);
                    if d == '"' && (!raw || (1..=hashes).all(|n| at(index + n) == '#')) {
                        break;
                    }
                    if d == '\\' && !raw {
                        content.push(d);
                        index += 1;
                    }
                    if at(index) == '\n' {
                        line += 1;
                        source.code.push('\n');
                    }
                    content.push(at(index));
                    index += 1;
                }
                index += 1 + if raw { hashes } else { 0 };
                source.literals.push(Literal { line: start_line, text: content, before: before.clone() });
                source.code.push_str("\"\"");
                remember(&mut before, '"');
            }
            // A character such as '"' or '\''; a lifetime has no closing quote this near.
            '\'' if at(index + 2) == '\'' && at(index + 1) != '\\' => index += 3,
            '\'' if at(index + 1) == '\\' => {
                index += 3;
                while index < chars.len() && at(index) != '\'' {
                    index += 1;
                }
                index += 1;
            }
            _ => {
                source.code.push(c);
                if !c.is_whitespace() {
                    remember(&mut before, c);
                }
                index += 1;
            }
        }
    }
    source
}

/// The `r` before a quote belongs to a longer name, as in `br` it does not.
fn is_name(before: &str) -> bool {
    before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_alphanumeric() && c != 'b')
}

fn remember(before: &mut String, c: char) {
    before.push(c);
    if before.len() > BEFORE {
        let cut = before.char_indices().map(|(at, _)| at).find(|at| *at >= before.len() - BEFORE).unwrap_or(0);
        before.drain(..cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_comments_and_characters_are_told_apart() {
        let source = scan(
            "let a = ctx.t(\n  \"key-one\"); // \"not this\"\nlet b = r#\"raw \"x\" \"#; let c = '\"'; let d: &'a str = \"d\\\"e\";",
        );
        let texts: Vec<&str> = source.literals.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["key-one", "raw \"x\" ", "d\\\"e"]);
        assert!(source.literals[0].before.ends_with("ctx.t("));
        assert_eq!(source.literals[0].line, 2);
        assert_eq!(source.literals[1].line, 3);
        assert!(!source.code.contains("not this"));
    }

    #[test]
    fn the_test_module_is_cut_off() {
        assert_eq!(production("fn a() {}\n#[cfg(test)]\nmod tests {\n}\n"), "fn a() {}\n");
        assert_eq!(production("#[cfg(test)]\nmod tests;\nfn a() {}\n"), "#[cfg(test)]\nmod tests;\nfn a() {}\n");
    }
}
