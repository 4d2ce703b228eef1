//! Pages that name tests: what they say is proved by tests that are there.

use crate::{assert_tidy, sources};

#[test]
fn every_fault_has_its_test() {
    let tests = sources(&["tests"]);
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
                let (path, head) = (format!("tests/{file}.rs"), format!("#[test]\nfn {test}() {{"));
                tests.iter().any(|source| source.path == path && source.text.contains(&head))
            });
            if !there {
                complaints.push(format!("docs/faults.md:{number}: there is no test {name}"));
            }
        }
    }
    assert_tidy(&complaints);
}
