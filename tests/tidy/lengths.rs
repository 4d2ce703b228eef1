//! Files of at most 600 lines and functions of at most 70, tests aside.

use crate::{Source, assert_tidy, sources};

const MAX_FILE_LINES: usize = 600;
const MAX_FUNCTION_LINES: usize = 70;

/// Functions with more lines than allowed: the line where each begins, and how many it has.
///
/// The sources are formatted, so a function ends at the first line that is a brace as far in as its `fn`.
fn long_functions(source: &Source) -> Vec<(usize, usize)> {
    let mut long = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, line) in source.code_lines() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start();
        let head = words.split('(').next().unwrap_or_default();
        if head.split_whitespace().any(|word| word == "fn") && !words.starts_with("//") && !words.ends_with(';') {
            open.push((number, indent));
        }
        if let Some((start, _)) = open.pop_if(|(start, its_indent)| {
            (words.starts_with('}') && *its_indent == indent) || (*start == number && words.ends_with('}'))
        }) && number - start + 1 > MAX_FUNCTION_LINES
        {
            long.push((start, number - start + 1));
        }
    }
    long
}

#[test]
fn files_are_short() {
    let mut complaints = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_test()) {
        let n_lines = source.code_lines().count();
        if n_lines > MAX_FILE_LINES {
            complaints
                .push(format!("{}:1: has {n_lines} lines without tests, {MAX_FILE_LINES} are allowed", source.path));
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn functions_are_short() {
    let mut complaints = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_test()) {
        for (number, n_lines) in long_functions(source) {
            complaints.push(format!("{}:{number}: has {n_lines} lines, {MAX_FUNCTION_LINES} are allowed", source.path));
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn a_long_function_is_seen() {
    let body = "        work();\n".repeat(70);
    let text =
        format!("impl A {{\n    pub fn short() {{}}\n    fn long(\n        &self,\n    ) {{\n{body}    }}\n}}\n");
    let source = Source { path: "src/a.rs".to_owned(), text };
    assert_eq!(long_functions(&source), [(3, 74)]);
}
