//! The layers: which folder of `src` may name which other, and which outside crate is named where.
//!
//! The tables are the law. `docs/ARCHITECTURE.md` shows them too: change them together.

use crate::{Source, assert_tidy, sources};

/// Each layer, and the layers that it may name besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("analysis", &["text", "model"]),
    ("corpus", &["text", "model", "analysis"]),
    ("features", &["text", "model", "analysis", "corpus"]),
    ("disk", &["text", "model", "corpus"]),
    ("interchange", &["text", "model", "corpus"]),
    ("server", &["text", "model", "analysis", "corpus", "features", "disk"]),
    ("cli", &["text", "model", "analysis", "corpus", "features", "disk", "interchange"]),
    ("main.rs", &["cli", "server"]),
    ("lib.rs", &[]),
];

/// Each outside crate, and the layers or files that may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["src/cli/print/human.rs"]),
    ("biblatex", &["model"]),
    ("citationberg", &["src/model/bibliography/card"]),
    ("clap", &["main.rs", "src/cli/arguments.rs"]),
    ("dashmap", &["src/corpus/context.rs"]),
    ("futures_util", &["src/server/transport.rs"]),
    ("globset", &["src/corpus/layout.rs"]),
    ("granit_parser", &["src/model/node/yaml.rs"]),
    ("hanconv", &["src/text/fold/mod.rs"]),
    ("hashbrown", &["src/analysis/suggestions", "src/corpus/registry.rs"]),
    ("hayagriva", &["src/model/bibliography/card"]),
    ("icu_casemap", &["src/text/fold/mod.rs"]),
    ("icu_normalizer", &["src/text/fold/mod.rs"]),
    ("icu_properties", &["src/text/fold/mod.rs"]),
    ("icu_provider", &["src/analysis/mentions/han.rs"]),
    ("icu_segmenter", &["src/analysis/mentions/han.rs"]),
    ("ignore", &["disk"]),
    ("indicatif", &["src/cli/progress.rs"]),
    ("jiff", &["src/analysis/dates.rs"]),
    ("jsonc_parser", &["src/model/node/json.rs"]),
    ("lz4_flex", &["src/text/buffer/packed.rs"]),
    ("memchr", &["text", "analysis", "disk"]),
    ("mimalloc", &["main.rs"]),
    ("pinyin", &["src/analysis/suggestions/sounds.rs"]),
    ("rayon", &["src/analysis/gazetteer/build.rs", "corpus", "disk", "server", "cli"]),
    ("regex", &["analysis"]),
    ("ropey", &["text"]),
    ("rustc_hash", &["text", "analysis"]),
    (
        "rustix",
        &[
            "src/disk/fault.rs",
            "src/disk/watch.rs",
            "src/server/mod.rs",
            "src/server/pipe.rs",
            "src/server/registries.rs",
            "src/server/transport.rs",
        ],
    ),
    ("serde", &["src/model/bibliography/card", "server", "cli"]),
    ("serde_json", &["model", "interchange", "server", "cli"]),
    ("sha2", &["src/text/hash.rs"]),
    ("tokio", &["server"]),
    ("toml", &["model"]),
    ("tower", &["src/server/transport.rs"]),
    ("tower_lsp_server", &["server"]),
    ("whatlang", &["src/analysis/language.rs"]),
];

/// The folder under `src`, or the file there.
fn layer(path: &str) -> &str {
    path.strip_prefix("src/").and_then(|rest| rest.split('/').next()).unwrap_or_default()
}

/// Every word that is followed by `::` in a line of code, with the word before it if that is followed by `::` too.
fn named(line: &str) -> Vec<(&str, &str)> {
    let code = line.split("//").next().unwrap_or_default();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    let mut parts = code.split("::").peekable();
    while let Some(part) = parts.next() {
        let Some(after) = parts.peek() else { break };
        let head = part.trim_end_matches('<');
        let start = head.char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map_or(head.len(), |(at, _)| at);
        let end = after.find(|c: char| !is_word(c)).unwrap_or(after.len());
        names.push((head.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default()));
    }
    names
}

/// What stands in the braces of `use crate::{a, b::c};`.
fn grouped(line: &str) -> Vec<&str> {
    let Some((_, group)) = line.split_once("crate::{") else { return Vec::new() };
    let mut depth = 0;
    let outer = group.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    outer.map(|part| part.trim().split("::").next().unwrap_or_default().trim_end_matches(['}', ';'])).collect()
}

fn check_layers(source: &Source, complaints: &mut Vec<String>) {
    let own = layer(&source.path);
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
        complaints.push(format!("{}:1: `{own}` is no layer; add it to the table", source.path));
        return;
    };
    for (number, line) in source.code_lines() {
        let named = named(line);
        let heads =
            named.iter().filter(|(first, _)| matches!(*first, "crate" | "glossator")).map(|(_, second)| *second);
        for other in heads.chain(grouped(line)) {
            let is_layer = LAYERS.iter().any(|(name, _)| *name == other);
            if is_layer && other != own && !allowed.contains(&other) {
                complaints.push(format!("{}:{number}: `{own}` must not name `{other}`", source.path));
            }
        }
    }
}

fn check_crates(source: &Source, complaints: &mut Vec<String>) {
    let own = layer(&source.path);
    for (number, line) in source.code_lines() {
        for (name, _) in named(line) {
            let Some((_, allowed)) = CRATES.iter().find(|(known, _)| *known == name) else { continue };
            if !allowed.iter().any(|place| *place == own || source.path.starts_with(place)) {
                complaints.push(format!("{}:{number}: `{name}` must not be named here", source.path));
            }
        }
        for forbidden in ["std::fs", "std::process::Command", "std::net"] {
            let is_disk = own == "disk" && forbidden == "std::fs";
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(forbidden) && !is_disk && !source.is_test() {
                complaints.push(format!("{}:{number}: `{forbidden}` must not be named here", source.path));
            }
        }
    }
}

#[test]
fn no_layer_names_a_higher_one() {
    let mut complaints = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_test()) {
        check_layers(source, &mut complaints);
    }
    assert_tidy(&complaints);
}

#[test]
fn outside_crates_stay_in_their_layers() {
    let mut complaints = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_test()) {
        check_crates(source, &mut complaints);
    }
    assert_tidy(&complaints);
}

#[test]
fn every_dependency_has_its_place() {
    let manifest = include_str!("../../Cargo.toml");
    let mut in_dependencies = false;
    let mut complaints = Vec::new();
    for (number, line) in (1..).zip(manifest.lines()) {
        if line.starts_with('[') {
            in_dependencies =
                line == "[dependencies]" || line.starts_with("[target") && line.ends_with(".dependencies]");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| in_dependencies) {
            let name = name.replace('-', "_");
            if !CRATES.iter().any(|(known, _)| *known == name) {
                complaints
                    .push(format!("Cargo.toml:{number}: say in tests/tidy/layers.rs where `{name}` may be named"));
            }
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn the_page_about_the_layers_agrees() {
    let page = include_str!("../../docs/ARCHITECTURE.md");
    let mut complaints = Vec::new();
    for (name, allowed) in LAYERS.iter().filter(|(name, _)| !name.ends_with(".rs")) {
        let mut crates: Vec<&str> = Vec::new();
        for (known, places) in CRATES {
            let is_here = |place: &&str| *place == *name || layer(place) == *name;
            if places.iter().any(is_here) {
                crates.push(known);
            }
        }
        let words = |list: &[&str]| if list.is_empty() { "–".to_owned() } else { list.join(", ") };
        let row = format!("| `{name}` | {} | {} |", words(allowed), words(&crates));
        if !page.contains(&row) {
            complaints.push(format!("docs/ARCHITECTURE.md:1: the table of layers lacks this row:\n{row}"));
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn paths_in_code_are_seen() {
    assert_eq!(named("use crate::server::run;"), [("crate", "server"), ("server", "run")]);
    assert_eq!(named("    let x = ropey::Rope::new(); // tokio::spawn"), [("ropey", "Rope"), ("Rope", "new")]);
    assert_eq!(grouped("use crate::{text::{a, b}, disk, server::x};"), ["text", "disk", "server"]);
}
