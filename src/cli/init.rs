//! `init`: an empty workspace, explained.

use super::output::{Ended, Output, Stop};
use super::{EXIT_CLEAN, Surroundings};
use crate::disk::{CONFIGURATION, named};
use std::io::Write;
use std::path::Path;

/// The configuration that `init` writes: every key with its default, as comments.
const TEMPLATE: &str = include_str!("glossator.toml");

/// The folders of a workspace, and what goes there.
const FOLDERS: [(&str, &str); 4] = [
    ("corpus", "source texts, as captured (.txt, .md): Glossator never changes them"),
    ("notes", "your own writing (.md, .txt)"),
    ("actors", "one file for each person, company or body (.md)"),
    ("annotations", "your decisions about places in texts; editors write them"),
];

/// Runs `init`.
pub(super) fn run(folder: Option<&Path>, surroundings: &Surroundings, out: &mut Output) -> Ended {
    let root = folder.map_or_else(|| surroundings.folder.clone(), |folder| surroundings.folder.join(folder));
    if named::standing(&root) == named::Standing::File {
        return Err(Stop::fault(format!("{} is a file; name a folder", root.display())));
    }
    named::make_folder(&root).map_err(Stop::Fault)?;
    let is_new = named::write_new(&root.join(CONFIGURATION), TEMPLATE).map_err(Stop::Fault)?;
    say(out, is_new, CONFIGURATION, "the settings, all at their defaults")?;
    for (name, purpose) in FOLDERS {
        let is_new = named::make_folder(&root.join(name)).map_err(Stop::Fault)?;
        say(out, is_new, &format!("{name}/"), purpose)?;
    }
    writeln!(out, "\nNext: put a text into corpus/ and a record into actors/, for instance actors/jane-doe.md:")?;
    writeln!(out, "\n    ---\n    name: Jane Doe\n    type: person\n    ---\n    Who she is, in a sentence.\n")?;
    let shown = folder.map_or_else(String::new, |folder| format!(" {}", folder.display()));
    writeln!(out, "Then open the folder in your editor, or run: glossator check{shown}")?;
    Ok(EXIT_CLEAN)
}

fn say(out: &mut Output, is_new: bool, name: &str, purpose: &str) -> Result<(), Stop> {
    let done = if is_new { "made" } else { "kept" };
    Ok(writeln!(out, "{done}  {name:<15} {purpose}")?)
}

#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::model::options::{Options, read};

    #[test]
    fn the_template_and_the_defaults_agree() {
        let (options, findings) = read(TEMPLATE);
        assert_eq!((options, findings), (Options::default(), Vec::new()));
        // A line `# key = value` is a default; other comments have two blanks or none such.
        let uncommented: String = TEMPLATE
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(setting) if setting.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) => setting,
                _ => line,
            })
            .flat_map(|line| [line, "\n"])
            .collect();
        let (options, findings) = read(&uncommented);
        assert_eq!((options, findings), (Options::default(), Vec::new()), "{uncommented}");
    }
}
