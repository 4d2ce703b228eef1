//! Several workspace folders: each has records, decisions and settings of its own, and a text belongs to the innermost.

use crate::robot::{Robot, Workspace, everything, plain};
use serde_json::{Value, json};

const BANK: &str = "---\nid: acme\nname: Acme Corporation\naliases: [La Caisse d’Acme, 顶峰银行]\n---\nLends money.\n";

/// A record whose second key does not exist.
const BAD: &str = "---\nname: Bad\nnmae: x\n---\n";

fn texts(places: &Value) -> Vec<&str> {
    places.as_array().unwrap().iter().map(|it| it["uri"].as_str().unwrap()).collect()
}

/// Two folders that both know an `acme`: the first makes anvils, the second lends money.
fn pair() -> (Workspace, Workspace) {
    let maker = Workspace::new(&[("notes/a.md", "Acme Corporation\n")]);
    let bank = Workspace::new(&[("actors/acme.md", BANK), ("notes/b.md", "Acme Corporation, La Caisse d’Acme\n")]);
    (maker, bank)
}

#[test]
fn records_of_two_folders_with_one_id_do_not_mix() {
    let (maker, bank) = pair();
    let mut robot = Robot::in_folders(&[&maker.root_uri(), &bank.root_uri()], plain());
    let (ours, theirs) = (maker.uri("notes/a.md"), bank.uri("notes/b.md"));
    assert!(robot.hover(&ours, (0, 1)).contains("Makes anvils"));
    assert!(robot.hover(&theirs, (0, 1)).contains("Lends money"));
    let places = robot.at("textDocument/references", &ours, (0, 1));
    assert_eq!(texts(&places), [ours.as_str()]);
    let places = robot.at("textDocument/references", &theirs, (0, 1));
    assert_eq!(texts(&places), [theirs.as_str(), theirs.as_str()]);
    // What an answer leads to is looked up where the answer came from.
    for (uri, words) in [(&ours, "Makes anvils"), (&theirs, "Lends money")] {
        robot.open(uri, "Acm");
        let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 3 } });
        let list = robot.request("textDocument/completion", place);
        let item = robot.request("completionItem/resolve", list["items"][0].clone());
        assert!(item["documentation"].as_str().unwrap().contains(words), "{item}");
        let lenses = robot.request("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(lenses, json!([]));
    }
    robot.finish();
}

#[test]
fn a_search_for_a_name_looks_into_every_folder() {
    let (maker, bank) = pair();
    let mut robot = Robot::in_folders(&[&maker.root_uri(), &bank.root_uri()], plain());
    let found = robot.request("workspace/symbol", json!({ "query": "acme corp" }));
    let uris: Vec<&Value> = found.as_array().unwrap().iter().map(|it| &it["location"]["uri"]).collect();
    assert_eq!(uris, [&json!(maker.uri("actors/acme.md")), &json!(bank.uri("actors/acme.md"))]);
    let found = robot.request("workspace/symbol", json!({ "query": "頂峰" }));
    assert_eq!(found[0]["location"]["uri"], bank.uri("actors/acme.md"));
    robot.finish();
}

#[test]
fn diagnostics_that_are_asked_for_come_from_every_folder() {
    let (one, other) = (Workspace::new(&[("actors/bad.md", BAD)]), Workspace::new(&[("actors/bad.md", BAD)]));
    let mut capabilities = plain();
    capabilities["textDocument"] = json!({ "diagnostic": {} });
    capabilities["workspace"] = json!({ "diagnostics": { "refreshSupport": true } });
    let mut robot = Robot::in_folders(&[&one.root_uri(), &other.root_uri()], capabilities);
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(texts(&all["items"]), [one.uri("actors/bad.md"), other.uri("actors/bad.md")]);
    let ids = all["items"].as_array().unwrap().iter().map(|it| json!({ "uri": it["uri"], "value": it["resultId"] }));
    let ids: Vec<Value> = ids.collect();
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": ids }));
    let kinds: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["unchanged", "unchanged"]);
    // What the client has of a folder that is gone is taken back.
    robot.change_folders(&[], &[&other.root_uri()]);
    let all = robot.request("workspace/diagnostic", json!({ "previousResultIds": ids }));
    let kinds: Vec<(&Value, usize)> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["kind"], it["items"].as_array().map_or(0, Vec::len)))
        .collect();
    assert_eq!(kinds, [(&json!("unchanged"), 0), (&json!("full"), 0)]);
    robot.request("shutdown", Value::Null);
    robot.notify("exit", Value::Null);
}

#[test]
fn folders_come_and_go_and_texts_change_hands() {
    let (maker, bank) = pair();
    bank.write("actors/bad.md", BAD);
    // A client that watches no files is not asked to watch others.
    let mut robot = Robot::in_folders(&[&maker.root_uri()], json!({ "window": { "workDoneProgress": true } }));
    let theirs = bank.uri("notes/b.md");
    robot.open(&theirs, "La Caisse d’Acme [@nowhere]\n");
    robot.diagnostics(&theirs, |it| it["diagnostics"].as_array().unwrap().len() == 1);
    assert_eq!(robot.hover(&theirs, (0, 1)), "", "the first folder serves it, and knows no such bank");

    robot.change_folders(&[&bank.root_uri()], &[]);
    // An edit right behind the change reaches the desk that has the text now.
    robot.edit(&theirs, 2, (0, 0), (0, 0), "顶峰银行: ");
    assert_eq!(robot.hover(&theirs, (1, 0)), "");
    robot.wait_until_read();
    assert!(robot.hover(&theirs, (0, 1)).contains("Lends money"));
    assert!(robot.hover(&theirs, (0, 9)).contains("Lends money"));
    let bad = bank.uri("actors/bad.md");
    robot.diagnostics(&bad, |it| it["diagnostics"][0]["code"] == "invalid-record");

    robot.change_folders(&[], &[&bank.root_uri()]);
    robot.diagnostics(&bad, |it| it["diagnostics"] == json!([]));
    assert_eq!(robot.hover(&theirs, (0, 1)), "");
    robot.edit(&theirs, 3, (0, 0), (0, 0), "Acme Corporation, ");
    assert!(robot.hover(&theirs, (0, 1)).contains("Makes anvils"));
    robot.diagnostics(&theirs, |it| it["version"] == 3);
    let found = robot.request("workspace/symbol", json!({ "query": "顶峰" }));
    assert_eq!(found, json!([]));
    robot.finish();
}

#[test]
fn the_last_folder_may_go_and_another_may_come() {
    let (maker, bank) = pair();
    let mut robot = Robot::in_folders(&[&maker.root_uri()], plain());
    let ours = maker.uri("notes/a.md");
    robot.open(&ours, "Acme Corporation\n");
    assert!(robot.hover(&ours, (0, 1)).contains("Makes anvils"));
    robot.change_folders(&[], &[&maker.root_uri()]);
    assert_eq!(robot.hover(&ours, (0, 1)), "");
    robot.change_folders(&[&bank.root_uri()], &[]);
    robot.wait_until_read();
    assert!(robot.hover(&ours, (0, 1)).contains("Lends money"), "the first folder serves what lies outside");
    robot.finish();
}

#[test]
fn a_folder_within_a_folder_has_its_files_to_itself() {
    let outer = Workspace::new(&[("corpus/a.txt", "Acme Corporation\n")]);
    let inner = |path: &str| format!("corpus/inner/{path}");
    outer.write(&inner("actors/acme.md"), BANK);
    outer.write(&inner("corpus/b.txt"), "Acme Corporation\n");
    outer.write(&inner("notes/c.md"), "Acme Corporation\n");
    let (a, b) = (outer.uri("corpus/a.txt"), outer.uri(&inner("corpus/b.txt")));
    let nested = outer.uri("corpus/inner");
    let mut robot = Robot::in_folders(&[&outer.root_uri(), &nested], plain());
    assert_eq!(texts(&robot.at("textDocument/references", &a, (0, 1))), [a.as_str()]);
    let notes = outer.uri(&inner("notes/c.md"));
    assert_eq!(texts(&robot.at("textDocument/references", &b, (0, 1))), [b.as_str(), notes.as_str()]);
    assert!(robot.hover(&b, (0, 1)).contains("Lends money"));
    // Without the inner folder its texts are the outer one's.
    robot.change_folders(&[], &[&nested]);
    robot.wait_until_read();
    let count = |robot: &mut Robot| texts(&robot.at("textDocument/references", &a, (0, 1))).len();
    robot.until("the inner texts", |robot| texts(&robot.at("textDocument/references", &a, (0, 1))).contains(&&*b));
    assert!(robot.hover(&b, (0, 1)).contains("Makes anvils"));
    robot.change_folders(&[&nested], &[]);
    assert_eq!(count(&mut robot), 1, "they are gone at once");
    robot.wait_until_read();
    robot.wait_until_read();
    assert!(robot.hover(&b, (0, 1)).contains("Lends money"));
    robot.finish();
}

#[test]
fn folders_are_found_however_their_uris_are_written() {
    let outer = Workspace::new(&[]);
    outer.write("项目 [1] été/actors/bank.md", BANK);
    outer.write("项目 [1] été/notes/a.md", "Acme Corporation\n");
    let raw = outer.uri("项目 [1] été");
    let encoded = outer.uri("%E9%A1%B9%E7%9B%AE%20%5B1%5D%20%C3%A9t%C3%A9");
    for root in [&raw, &encoded, &format!("{encoded}/")] {
        let mut robot = Robot::in_folders(&[&outer.root_uri(), root], plain());
        for text in [format!("{raw}/notes/a.md"), format!("{encoded}/notes/a.md")] {
            assert!(robot.hover(&text, (0, 1)).contains("Lends money"), "{root} {text}");
        }
        robot.change_folders(&[], &[&raw]);
        robot.wait_until_read();
        assert_eq!(robot.hover(&format!("{encoded}/notes/a.md"), (0, 1)), "");
        robot.finish();
    }
}

#[test]
#[cfg(unix)]
fn a_folder_behind_a_link_is_one_folder() {
    let real = Workspace::new(&[("actors/acme.md", BANK), ("notes/a.md", "Acme Corporation\n")]);
    let elsewhere = tempfile::TempDir::new().unwrap();
    let link = elsewhere.path().join("link");
    std::os::unix::fs::symlink(real.root(), &link).unwrap();
    let root = format!("file://{}", link.display());
    let mut robot = Robot::in_folders(&[&root], plain());
    let texts_of = |robot: &mut Robot, uri: &str| {
        texts(&robot.at("textDocument/references", uri, (0, 1))).iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()
    };
    let by_link = format!("{root}/notes/a.md");
    assert_eq!(texts_of(&mut robot, &by_link), [by_link.as_str()]);
    // Some editors follow links before they open a file.
    let by_name = real.uri("notes/a.md");
    robot.open(&by_name, "Acme Corporation, Acme Corporation\n");
    assert_eq!(texts_of(&mut robot, &by_name), [by_name.as_str(), by_name.as_str()]);
    robot.finish();
}

#[test]
fn each_folder_has_settings_of_its_own_and_is_watched() {
    let (maker, bank) = pair();
    let mut robot = Robot::new();
    let roots = [maker.root_uri(), bank.root_uri()];
    let folder = |uri: &String| json!({ "uri": uri, "name": "" });
    let params = json!({ "processId": null, "workspaceFolders": [folder(&roots[0])], "capabilities": everything() });
    let server = robot.initialize(params);
    assert_eq!(server["workspace"]["workspaceFolders"], json!({ "supported": true, "changeNotifications": true }));
    let register = robot.hear("client/registerCapability");
    robot.answer(&register, Value::Null);
    let asked = robot.hear("workspace/configuration");
    robot.answer(&asked, json!([{ "findings": { "undefined-citation": "error" } }]));
    robot.wait_until_read();
    robot.change_folders(&[&roots[1]], &[]);
    // Some clients watch only the folders that they had when they were asked.
    let unregister = robot.hear("client/unregisterCapability");
    assert_eq!(unregister["params"]["unregisterations"][0]["method"], "workspace/didChangeWatchedFiles");
    robot.answer(&unregister, Value::Null);
    let register = robot.hear("client/registerCapability");
    robot.answer(&register, Value::Null);
    let asked = robot.hear("workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{ "scopeUri": roots[1], "section": "glossator" }]));
    robot.answer(&asked, json!([{ "findings": { "undefined-citation": "hint" } }]));
    robot.wait_until_read();
    for (workspace, severity) in [(&maker, 1), (&bank, 4)] {
        let uri = workspace.uri("notes/new.md");
        robot.open(&uri, "So [@nowhere].\n");
        robot.diagnostics(&uri, |it| it["diagnostics"][0]["severity"] == severity);
    }
    // A folder that holds a workspace folder is deleted: the client names only the outer one.
    std::fs::remove_dir_all(bank.root().join("actors")).unwrap();
    let changes = json!([{ "uri": bank.uri("actors"), "type": 3 }]);
    robot.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    robot.until("the records that are gone", |robot| robot.hover(&bank.uri("notes/b.md"), (0, 1)).is_empty());
    assert!(robot.hover(&maker.uri("notes/a.md"), (0, 1)).contains("Makes anvils"));
    robot.finish();
}

#[test]
fn a_text_outside_all_folders_is_served_by_the_first() {
    let (maker, bank) = pair();
    let mut robot = Robot::in_folders(&[&maker.root_uri(), &bank.root_uri()], plain());
    for uri in ["file:///nowhere/a.md", "untitled:Untitled-1", "vscode-vfs://host/notes/a.md"] {
        robot.open(uri, "Acme Corporation [@nowhere]\n");
        robot.diagnostics(uri, |it| it["diagnostics"][0]["code"] == "undefined-citation");
        assert!(robot.hover(uri, (0, 1)).contains("Makes anvils"), "{uri}");
        robot.close(uri);
        robot.diagnostics(uri, |it| it["diagnostics"] == json!([]));
    }
    robot.finish();
}

#[test]
fn a_renamed_file_takes_its_paths_along_in_its_own_folder() {
    let references = "- id: atlas\n  type: book\n  title: Atlas\n  custom: {file: corpus/a.txt}\n";
    let files = [("references.yaml", references), ("corpus/a.txt", "Words.\n")];
    let (one, other) = (Workspace::new(&files), Workspace::new(&files));
    let mut robot = Robot::in_folders(&[&one.root_uri(), &other.root_uri()], plain());
    let file = |it: &Workspace| json!({ "oldUri": it.uri("corpus/a.txt"), "newUri": it.uri("corpus/b.txt") });
    let edit = robot.request("workspace/willRenameFiles", json!({ "files": [file(&other)] }));
    let changed: Vec<&String> = edit["changes"].as_object().unwrap().keys().collect();
    assert_eq!(changed, [&other.uri("references.yaml")]);
    let edit = robot.request("workspace/willRenameFiles", json!({ "files": [file(&one), file(&other)] }));
    assert_eq!(edit["changes"].as_object().unwrap().len(), 2);
    robot.finish();
}
