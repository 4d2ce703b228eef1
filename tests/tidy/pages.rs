//! Pages that name tests: what they say is proved by tests that are there.

use crate::{assert_tidy, sources};

#[test]
fn every_fault_has_its_test() {
    let tests = sources(&["tests", "src"]);
    let page = include_str!("../../docs/faults.md");
    let mut complaints = Vec::new();
    for (number, line) in
        (1..).zip(page.lines()).filter(|(_, line)| line.starts_with("| ") && !line.contains("| test |"))
    {
        let cell = line.rsplit('|').nth(1).unwrap_or_default();
        let named = cell.split('`').skip(1).step_by(2).collect::<Vec<_>>();
        if named.is_empty() {
            complaints.push(format!("docs/faults.md:{number}: no test is named"));
        }
        for name in named {
            let there = name.split_once("::").is_some_and(|(file, test)| {
                // Beside the code, tests may stand in a module of the file.
                let path = if file.starts_with("src/") { format!("{file}.rs") } else { format!("tests/{file}.rs") };
                let heads = ["", "    "].map(|indent| format!("{indent}#[test]\n{indent}fn {test}() {{"));
                let holds = |text: &str| heads.iter().any(|head| text.contains(head));
                tests.iter().any(|source| source.path == path && holds(&source.text))
            });
            if !there {
                complaints.push(format!("docs/faults.md:{number}: there is no test {name}"));
            }
        }
    }
    assert_tidy(&complaints);
}
