//! The rest of the protocol over the pipes: positions in every encoding, and clients that lack something.

#![expect(clippy::string_slice, reason = "a cut inside a character shall fail the test")]

use crate::robot::{Robot, Workspace, plain, position};
use serde_json::{Value, json};

/// Every kind of width: a clef and a face beyond the BMP, Han, combining marks, three kinds of line end.
const TORTURE: &str = "# 𝄞 人民\r\n\r\n😀 Acme Corporation e\u{301} said 9,000 anvils were sold in 2023 [@atlas, p. 3]. 𝒳 Acm\n\n\
                       See https://example.org/😀x 人民 Acme\rCorporation.\n";

/// How long some text is in an encoding.
fn width(encoding: &str, text: &str) -> u32 {
    let width = match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    };
    u32::try_from(width).unwrap()
}

fn lines() -> Vec<String> {
    TORTURE.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect()
}

/// The words that a range of the torture text names.
fn words(encoding: &str, range: &Value) -> String {
    let lines = lines();
    let at = |end: &str| {
        let line = range[end]["line"].as_u64().unwrap() as usize;
        let column = range[end]["character"].as_u64().unwrap() as u32;
        let text = &lines[line];
        let cut = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let offset = cut.into_iter().find(|at| width(encoding, &text[..*at]) == column);
        (line, offset.unwrap_or_else(|| panic!("{range} cuts a character")))
    };
    let ((line, from), (last, to)) = (at("start"), at("end"));
    if line == last {
        return lines[line][from..to].to_owned();
    }
    let mut words = lines[line][from..].to_owned();
    for whole in &lines[line + 1..last] {
        words = format!("{words}\n{whole}");
    }
    format!("{words}\n{}", &lines[last][..to])
}

fn with_encoding(encoding: &str) -> Value {
    let mut capabilities = plain();
    capabilities["general"] = json!({ "positionEncodings": [encoding] });
    capabilities["textDocument"] = json!({
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        "completion": { "completionItem": { "snippetSupport": true, "documentationFormat": ["markdown"] } },
        "rename": { "prepareSupport": true },
    });
    capabilities["workspace"] =
        json!({ "workspaceEdit": { "documentChanges": true, "resourceOperations": ["rename"] } });
    capabilities
}

fn tortured(encoding: &str) {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::start(&workspace, with_encoding(encoding));
    robot.wait_until_read();
    let uri = workspace.uri("notes/t.md");
    robot.open(&uri, TORTURE);
    let document = json!({ "textDocument": { "uri": uri } });

    let outline = robot.request("textDocument/documentSymbol", document.clone());
    assert_eq!(words(encoding, &outline[0]["selectionRange"]), "# 𝄞 人民");
    let claim = words(encoding, &outline[0]["children"][0]["range"]);
    assert!(claim.starts_with("😀") && claim.ends_with("p. 3]."), "{claim}");

    let tokens = robot.request("textDocument/semanticTokens/full", document.clone());
    let numbers: Vec<u32> = tokens["data"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap() as u32).collect();
    let (mut line, mut column) = (0, 0);
    let mut named = Vec::new();
    for token in numbers.chunks(5) {
        line += token[0];
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        let range = json!({ "start": position((line, column)), "end": position((line, column + token[2])) });
        named.push(words(encoding, &range));
    }
    assert_eq!(named, ["Acme Corporation", "atlas", "Acme", "Corporation"]);

    let links = robot.request("textDocument/documentLink", document.clone());
    assert_eq!(words(encoding, &links[0]["range"]), "https://example.org/😀x");
    assert_eq!(links[0]["target"], "https://example.org/%F0%9F%98%80x");
    let folds = robot.request("textDocument/foldingRange", document.clone());
    assert_eq!(folds[0]["endLine"], 5);

    let third = lines()[2].clone();
    let end = width(encoding, &third);
    let place = json!({ "textDocument": { "uri": uri }, "position": position((2, end)) });
    let list = robot.request("textDocument/completion", place);
    let item = list["items"][0].clone();
    assert_eq!(item["textEdit"]["newText"], "Acme Corporation");
    assert_eq!(words(encoding, &item["textEdit"]["range"]), "Acm");
    let item = robot.request("completionItem/resolve", item);
    assert!(item["documentation"]["value"].as_str().unwrap().contains("Makes anvils"));

    let inside = width(encoding, "😀 Acme Co");
    let selection = robot.request(
        "textDocument/selectionRange",
        json!({ "textDocument": { "uri": uri }, "positions": [position((2, inside))] }),
    );
    assert_eq!(words(encoding, &selection[0]["range"]), "Corporation");
    assert_eq!(words(encoding, &selection[0]["parent"]["range"]), "Acme Corporation");

    let key = width(encoding, &third[..third.find("atlas").unwrap()]);
    let rename = robot.request(
        "textDocument/rename",
        json!({ "textDocument": { "uri": uri }, "position": position((2, key)), "newName": "atlas-2" }),
    );
    let changes = rename["documentChanges"].as_array().unwrap();
    let note = changes.iter().find(|it| it["textDocument"]["uri"] == uri).unwrap();
    assert_eq!(note["textDocument"]["version"], 1);
    assert_eq!(words(encoding, &note["edits"][0]["range"]), "atlas");
    assert_eq!(changes.len(), 2);
    robot.finish();
}

#[test]
fn a_torture_text_in_utf_8() {
    tortured("utf-8");
}

#[test]
fn a_torture_text_in_utf_16() {
    tortured("utf-16");
}

#[test]
fn a_torture_text_in_code_points() {
    tortured("utf-32");
}

#[test]
fn a_client_with_few_abilities_gets_plain_answers() {
    let workspace = Workspace::new(&[("notes/a.md", "# A\n\nAcme Corporation sold 9,000 anvils [@atlas].\n")]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    let outline = robot.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    assert!(outline[0]["location"]["range"].is_object(), "a list of places");
    let place = json!({ "textDocument": { "uri": uri }, "position": position((2, 41)), "newName": "map" });
    let edit = robot.request("textDocument/rename", place);
    assert_eq!(edit["changes"][&uri][0]["newText"], "map");
    assert_eq!(edit.get("documentChanges"), None);
    robot.finish();
}

#[test]
fn a_bad_name_is_refused_with_a_reason() {
    let workspace = Workspace::new(&[("notes/a.md", "So [@atlas].\n")]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    let place = json!({ "textDocument": { "uri": uri }, "position": position((0, 6)), "newName": "two words" });
    let id = robot.ask("textDocument/rename", place);
    let reply = robot.reply(id);
    assert_eq!(reply["error"]["code"], -32803);
    assert!(reply["error"]["message"].as_str().unwrap().contains("two words"));
    robot.finish();
}

#[test]
fn only_what_changed_is_coloured_again() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "Acme Corporation\nAcme Corporation\n");
    let document = json!({ "uri": uri });
    let full = robot.request("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    assert_eq!(full["data"], json!([0, 0, 16, 0, 0, 1, 0, 16, 0, 0]));
    robot.edit(&uri, 2, (1, 0), (1, 0), "By ");
    let previous = json!({ "textDocument": document, "previousResultId": full["resultId"] });
    let delta = robot.request("textDocument/semanticTokens/full/delta", previous);
    assert_eq!(delta["edits"], json!([{ "start": 5, "deleteCount": 5, "data": [1, 3, 16, 0, 0] }]));
    robot.finish();
}

#[test]
fn a_lens_counts_and_its_command_shows_the_places() {
    let workspace = Workspace::new(&[("notes/a.md", "Acme Corporation and Acme Corporation\n")]);
    let mut capabilities = plain();
    capabilities["window"]["showDocument"] = json!({ "support": true });
    let mut robot = Robot::start(&workspace, capabilities);
    robot.wait_until_read();
    let record = workspace.uri("actors/acme.md");
    let lenses = robot.request("textDocument/codeLens", json!({ "textDocument": { "uri": record } }));
    let lens = robot.request("codeLens/resolve", lenses[0].clone());
    assert_eq!(lens["command"]["title"], "2 mentions in 1 text");
    let command = json!({ "command": lens["command"]["command"], "arguments": lens["command"]["arguments"] });
    let places = robot.request("workspace/executeCommand", command);
    assert_eq!(places.as_array().unwrap().len(), 2);
    let shown = robot.hear("window/showDocument");
    assert_eq!(shown["params"]["uri"], workspace.uri("notes/a.md"));
    robot.answer(&shown, json!({ "success": true }));
    robot.finish();
}

#[test]
fn files_take_their_paths_along() {
    let references = "- id: atlas\n  type: book\n  title: Atlas\n  custom: {file: corpus/a.txt}\n";
    let workspace = Workspace::new(&[("references.yaml", references), ("corpus/a.txt", "Words.\n")]);
    let mut robot = Robot::start(&workspace, with_encoding("utf-16"));
    robot.wait_until_read();
    let files = json!([{ "oldUri": workspace.uri("corpus/a.txt"), "newUri": workspace.uri("corpus/b.txt") }]);
    let edit = robot.request("workspace/willRenameFiles", json!({ "files": files }));
    assert_eq!(edit["documentChanges"][0]["edits"][0]["newText"], "corpus/b.txt");
    robot.finish();
}

#[test]
fn the_type_hierarchy_is_advertised() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::new();
    let params = json!({ "processId": null, "rootUri": workspace.root_uri(), "capabilities": plain() });
    let server = robot.initialize(params);
    assert_eq!(server["typeHierarchyProvider"], true);
    assert_eq!(server.get("diagnosticProvider"), None, "this client does not ask for diagnostics");
    robot.wait_until_read();
    robot.finish();
}

#[test]
fn a_client_that_asks_for_diagnostics_is_not_sent_any() {
    let workspace = Workspace::new(&[("actors/bad.md", "---\nname: Bad\nnmae: x\n---\n")]);
    let mut capabilities = plain();
    capabilities["textDocument"] = json!({ "diagnostic": {} });
    capabilities["workspace"] = json!({ "diagnostics": { "refreshSupport": true } });
    let mut robot = Robot::start(&workspace, capabilities);
    robot.wait_until_read();
    let uri = workspace.uri("notes/a.md");
    robot.open(&uri, "It is so [@nobody].\n");
    let document = json!({ "uri": uri });
    let report = robot.request("textDocument/diagnostic", json!({ "textDocument": document }));
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "undefined-citation");
    let again = json!({ "textDocument": document, "previousResultId": report["resultId"] });
    assert_eq!(robot.request("textDocument/diagnostic", again)["kind"], "unchanged");
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let bad = &all["items"][0];
    assert_eq!(bad["uri"], workspace.uri("actors/bad.md"));
    let known = json!([{ "uri": bad["uri"], "value": bad["resultId"] }]);
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": known }));
    assert_eq!(all["items"][0]["kind"], "unchanged");
    // A record that changes may change what other files say: the client is told to ask again.
    let record = workspace.uri("actors/acme.md");
    robot.open(&record, "---\nname: Acme\n---\n");
    let refresh = robot.hear("workspace/diagnostic/refresh");
    robot.answer(&refresh, Value::Null);
    robot.request("shutdown", Value::Null);
    robot.notify("exit", Value::Null);
}

#[test]
fn diagnostics_of_closed_texts_are_there_to_be_asked_for() {
    let text = "Il en est ainsi [@nulle-part].\n";
    let record = "---\nname: Other\nnmae: x\n---\n";
    let workspace = Workspace::new(&[("notes/b.md", text), ("actors/c.md", record)]);
    workspace.write("corpus/a.txt", b"Caf\xe9\n");
    let mut capabilities = plain();
    capabilities["textDocument"] = json!({ "diagnostic": {} });
    capabilities["workspace"] = json!({ "diagnostics": { "refreshSupport": true } });
    let mut robot = Robot::start(&workspace, capabilities);
    robot.wait_until_read();
    let items = |all: &Value| -> Vec<(Value, usize)> {
        let items = all["items"].as_array().unwrap().iter();
        items.map(|it| (it["uri"].clone(), it["items"].as_array().map_or(0, Vec::len))).collect()
    };
    let uri = |path: &str| json!(workspace.uri(path));
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let of = |all: &Value, path: &str| items(all).iter().find(|(it, _)| *it == uri(path)).map(|(_, n)| *n);
    assert_eq!(of(&all, "corpus/a.txt"), Some(1));
    assert_eq!(of(&all, "notes/b.md"), Some(1));
    assert!(of(&all, "actors/c.md").is_some());
    // An open text is asked for by itself; what is said of closed ones does not change while somebody types.
    robot.open(&workspace.uri("notes/b.md"), text);
    robot.edit(&workspace.uri("notes/b.md"), 2, (0, 0), (0, 0), "x");
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(of(&all, "notes/b.md"), None);
    // A text that goes takes its diagnostics along.
    let known = json!([{ "uri": uri("corpus/a.txt"), "value": "x" }]);
    workspace.remove("corpus/a.txt");
    let changes = json!([{ "uri": uri("corpus/a.txt"), "type": 3 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    robot.until("the empty report", |robot| {
        let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": known }));
        of(&all, "corpus/a.txt") == Some(0)
    });
    robot.request("shutdown", Value::Null);
    robot.notify("exit", Value::Null);
}

#[test]
fn a_long_text_shows_its_most_severe_findings() {
    let workspace = Workspace::new(&[]);
    let mut robot = Robot::ready(&workspace);
    let uri = workspace.uri("notes/long.md");
    let sentence = |number: usize| format!("The mill sold {number} anvils to the bank in 2019.\n\n");
    let text: String = (100..1300).map(sentence).collect();
    robot.open(&uri, &format!("{text}So it is [@nobody].\n"));
    let shown = robot.diagnostics(&uri, |params| params["version"] == 1);
    let shown = shown["diagnostics"].as_array().unwrap();
    assert_eq!(shown.len(), 251);
    assert_eq!(shown[0]["code"], "findings-left-out");
    assert!(shown[0]["message"].as_str().unwrap().starts_with("250 of 1201 findings"), "{}", shown[0]);
    assert_eq!(shown.last().unwrap()["code"], "undefined-citation", "the error is kept, at its place");
    robot.finish();
}
