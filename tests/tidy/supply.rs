//! What other people's code may be part of the program: `deny.toml`, held to without a network and without another tool.

use crate::{assert_tidy, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Packages of the extension's tools whose installation would run a program; `npm ci --ignore-scripts` keeps them from it.
const SCRIPTS: [&str; 3] = ["node_modules/@vscode/vsce-sign", "node_modules/esbuild", "node_modules/keytar"];

fn rules() -> toml::Table {
    fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap()
}

/// The licences that may be part of the program.
fn allowed() -> BTreeSet<String> {
    let rules = rules();
    let list = rules["licenses"]["allow"].as_array().unwrap();
    list.iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// Whether an SPDX expression can be met by what is allowed. `/` is an old way to write `OR`.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace(['(', ')'], "").replace('/', " OR ");
    // `OR` binds weaker than `AND`; with the brackets gone this is stricter than the expression, never laxer, as long as
    // no bracket holds an `OR` beside an `AND`: then each part must be met.
    let parts = |words: &'static str| expression.split(words).map(str::trim);
    let is_allowed = |word: &str| {
        let name = word.trim();
        allowed.contains(name) || name.strip_suffix(" WITH LLVM-exception").is_some_and(|it| allowed.contains(it))
    };
    match expression.contains(" AND ") {
        true => parts(" AND ").all(|part| part.split(" OR ").any(is_allowed)),
        false => parts(" OR ").any(is_allowed),
    }
}

/// Every package of the program and its tests, as cargo sees them.
fn metadata() -> Value {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The ids of the packages that the program is made of, on any system.
fn of_the_program(metadata: &Value) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let (mut there, mut left) = (BTreeSet::new(), vec![metadata["resolve"]["root"].as_str().unwrap()]);
    while let Some(id) = left.pop() {
        if !there.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id).unwrap();
        for dependency in node["deps"].as_array().unwrap() {
            if dependency["dep_kinds"].as_array().unwrap().iter().any(|it| it["kind"].is_null()) {
                left.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    there
}

#[test]
fn licences_and_sources_are_those_that_are_allowed() {
    let allowed = allowed();
    let mut complaints = Vec::new();
    for package in metadata()["packages"].as_array().unwrap() {
        let name =
            format!("Cargo.lock:1: {} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_met(licence, &allowed) {
            complaints.push(format!("{name} has the licence “{licence}”, which deny.toml does not allow"));
        }
        let source = package["source"].as_str();
        if source.is_some_and(|it| it != "registry+https://github.com/rust-lang/crates.io-index") {
            complaints.push(format!("{name} comes from {}", source.unwrap_or_default()));
        }
    }
    assert_tidy(&complaints);
}

#[test]
fn expressions_of_licences_are_read_right() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Apache-2.0".to_owned(), "Unicode-3.0".to_owned()]);
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("Apache-2.0/GPL-2.0", true),
        ("MIT AND GPL-2.0", false),
        ("(MIT OR GPL-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

#[test]
fn no_crate_is_there_twice_unless_a_reason_is_given() {
    let rules = rules();
    let skipped = rules["bans"]["skip"].as_array().unwrap().iter().map(|it| it["crate"].as_str().unwrap());
    let skipped: BTreeSet<&str> = skipped.collect();
    let metadata = metadata();
    let there = of_the_program(&metadata);
    let is_there = |package: &&Value| there.contains(package["id"].as_str().unwrap());
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    let mut known = skipped.clone();
    for package in metadata["packages"].as_array().unwrap().iter().filter(is_there) {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        let mut numbers = version.split('.');
        let (major, minor) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
        let short = if major == "0" { format!("{name}:0.{minor}") } else { format!("{name}:{major}") };
        if known.remove(short.as_str()) || skipped.contains(short.as_str()) {
            continue;
        }
        // What stands for one system only is not in the same program twice.
        if !name.starts_with("windows") && !seen.insert(name.to_owned()) {
            complaints.push(format!("Cargo.lock:1: {name} {version} is there in another version too"));
        }
    }
    complaints.extend(known.iter().map(|it| format!("deny.toml:1: {it} is not there (any more)")));
    assert_tidy(&complaints);
}

#[test]
fn unsafe_code_is_forbidden() {
    for path in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let manifest: toml::Table = fs::read_to_string(root().join(path)).unwrap().parse().unwrap();
        assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"), "{path}");
    }
}

#[test]
fn the_extension_brings_nothing_that_runs_or_is_not_allowed() {
    let text = fs::read_to_string(root().join("editors/vscode/package-lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&text).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    let mut complaints = Vec::new();
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        if package["hasInstallScript"] == true && !SCRIPTS.contains(&path.as_str()) {
            complaints.push(format!("editors/vscode/package-lock.json:1: {path} runs a script when it is installed"));
        }
        if package["integrity"].as_str().is_none_or(|it| !it.starts_with("sha512-")) {
            complaints.push(format!("editors/vscode/package-lock.json:1: {path} has no checksum"));
        }
    }
    // What is bundled into the extension.
    let (mut bundled, mut left) = (BTreeSet::new(), vec!["vscode-languageclient".to_owned()]);
    while let Some(name) = left.pop() {
        let package = &packages[&format!("node_modules/{name}")];
        if bundled.insert(name) {
            left.extend(package["dependencies"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        }
    }
    let allowed = allowed();
    for name in bundled {
        let licence = packages[&format!("node_modules/{name}")]["license"].as_str().unwrap_or_default();
        if !is_met(licence, &allowed) && licence != "BlueOak-1.0.0" {
            complaints.push(format!("editors/vscode/package-lock.json:1: {name} has the licence “{licence}”"));
        }
    }
    assert_tidy(&complaints);
}
