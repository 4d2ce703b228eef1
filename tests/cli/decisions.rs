//! Decisions for other programs and from them, and that nothing is ever half written.

#![expect(clippy::string_slice, reason = "a test that is wrong fails")]
#![expect(clippy::print_stdout, reason = "the figures are worth reading")]

use crate::run::Workspace;
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

const TEXT: &str = "𝄞 Acme sold 9,000 anvils in 2023, Maria Lee said.\n\nL’État a nié. 阿克米公司表示否认。\n";

fn line(id: &str, exact: &str, motivation: &str, body: &str) -> String {
    let at = TEXT[..TEXT.find(exact).unwrap()].chars().count();
    let end = at + exact.chars().count();
    format!(
        "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:x:{id}\",\"type\":\"Annotation\",\"motivation\":\"{motivation}\",\
         \"creator\":{{\"type\":\"Person\",\"name\":\"Ann\"}},\"created\":\"2024-05-01T00:00:00Z\"{body},\"target\":{{\"source\":\"corpus/a b.txt\",\
         \"selector\":[{{\"type\":\"TextQuoteSelector\",\"exact\":\"{exact}\",\"prefix\":\"\",\"suffix\":\"\"}},\
         {{\"type\":\"TextPositionSelector\",\"start\":{at},\"end\":{end}}}]}},\"x:kept\":[1]}}\n"
    )
}

fn lines() -> String {
    [
        line("1", "Acme", "identifying", ",\"body\":{\"gl:actor\":\"acme\",\"gl:judgement\":\"positive\"}"),
        line(
            "2",
            "𝄞 Acme sold 9,000 anvils in 2023, Maria Lee said.",
            "assessing",
            ",\"body\":{\"gl:verdict\":\"disputed\",\"gl:reason\":\"two sources differ\"}",
        ),
        line("3", "Maria Lee", "commenting", ",\"body\":{\"type\":\"TextualBody\",\"value\":\"who?\"}"),
        line("4", "L’État a nié.", "linking", ",\"body\":{\"gl:key\":\"atlas\",\"gl:locator\":\"p. 3\"}"),
        line("5", "阿克米公司", "identifying", ",\"body\":{\"gl:actor\":\"acme\",\"gl:judgement\":\"negative\"}"),
        line("6", "阿克米公司表示否认。", "questioning", ""),
        line(
            "7",
            "表示否认",
            "moderating",
            ",\"body\":{\"gl:code\":\"uncited-claim\",\"gl:reason\":\"known\",\"gl:until\":\"2027-01-31\"}",
        ),
    ]
    .concat()
}

fn workspace(lines: &str) -> Workspace {
    let folder = Workspace::new(&[
        ("glossator.toml", b""),
        ("actors/acme.md", "---\nname: Acme\naliases: [阿克米公司]\n---\n".as_bytes()),
        ("references.yaml", b"- id: atlas\n  type: book\n  title: Atlas\n"),
        ("corpus/a b.txt", TEXT.as_bytes()),
    ]);
    if !lines.is_empty() {
        fs::create_dir_all(folder.path("annotations/corpus")).unwrap();
        fs::write(folder.path("annotations/corpus/a b.txt.jsonl"), lines).unwrap();
    }
    folder
}

#[test]
fn decisions_go_out_as_one_collection_and_come_back() {
    let folder = workspace(&lines());
    let run = folder.run(&["export", "w3c"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let collection: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&collection["type"], &collection["total"]), (&"AnnotationCollection".into(), &7.into()));
    let items = collection["first"]["items"].as_array().unwrap();
    assert!(items.iter().all(|it| it["target"]["source"] == "urn:glossator:text:corpus/a%20b.txt"), "{items:#?}");
    assert_eq!(items[0]["x:kept"][0], 1);
    assert_eq!(items[0]["target"]["selector"][1]["start"], 2, "code points");
    let other = workspace("");
    let run = other.run_with(&["import", "w3c", "-"], &run.out);
    assert_eq!((run.code, run.out.as_str()), (0, "annotations/corpus/a b.txt.jsonl\n"), "{run:?}");
    let read = other.read("annotations/corpus/a b.txt.jsonl");
    assert_eq!(read.lines().count(), 7);
    assert!(read.lines().all(|line| line.contains("\"x:kept\":[1]") && line.contains("\"name\":\"Ann\"")), "{read}");
    let again = other.run(&["export", "w3c"]);
    let again: Value = serde_json::from_str(&again.out).unwrap();
    let sorted = |collection: &Value| {
        let mut ids: Vec<String> =
            collection["first"]["items"].as_array().unwrap().iter().map(Value::to_string).collect();
        ids.sort();
        ids
    };
    let without_context = |list: Vec<String>| {
        list.into_iter().map(|it| it.split("\"id\"").nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(without_context(sorted(&again)), without_context(sorted(&collection)));
    // What is here already is not written again.
    let before = fs::metadata(other.path("annotations/corpus/a b.txt.jsonl")).unwrap().modified().unwrap();
    let run = other.run_with(&["import", "w3c", "-"], &again.to_string());
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(fs::metadata(other.path("annotations/corpus/a b.txt.jsonl")).unwrap().modified().unwrap(), before);
    let strange = lines().lines().next().unwrap().replace("corpus/a b.txt", "../../etc/passwd") + "\n{broken\n";
    let run = other.run_with(&["import", "w3c", "-"], &strange);
    assert!(run.code == 2 && run.err.contains("is no text of the workspace") && run.err.contains("line 2"), "{run:?}");
}

#[test]
fn decisions_go_to_brat_and_come_back() {
    let folder = workspace(&lines());
    let run = folder.run(&["export", "brat", "--out", "brat"]);
    assert_eq!((run.code, run.out.as_str()), (0, "corpus/a b.txt\ncorpus/a b.ann\n"), "{run:?}");
    assert_eq!(folder.read("brat/corpus/a b.txt"), TEXT);
    let lines = folder.read("brat/corpus/a b.ann");
    assert_eq!(
        lines,
        "T1\tActor 2 6\tAcme\nN1\tReference T1 glossator:acme\tacme\nA1\tJudgement T1 positive\n\
         T2\tClaim 0 49\t𝄞 Acme sold 9,000 anvils in 2023, Maria Lee said.\nA2\tVerdict T2 disputed\n\
         #1\tAnnotatorNotes T2\ttwo sources differ\nT3\tRemark 34 43\tMaria Lee\n#2\tAnnotatorNotes T3\twho?\n\
         T4\tClaim 51 64\tL’État a nié.\nN2\tReference T4 glossator:@atlas\tatlas, p. 3\n\
         T5\tActor 65 70\t阿克米公司\nN3\tReference T5 glossator:acme\tacme\nA3\tJudgement T5 negative\n\
         T6\tCitationNeeded 65 75\t阿克米公司表示否认。\n\
         T7\tSuppression 70 74\t表示否认\nA4\tCode T7 uncited-claim\nA5\tUntil T7 2027-01-31\n\
         #3\tAnnotatorNotes T7\tknown\n"
    );
    let other = workspace("");
    fs::write(other.path("a b.ann"), &lines).unwrap();
    let run = other.run(&["import", "brat", "a b.ann"]);
    assert_eq!((run.code, run.out.as_str()), (0, "annotations/corpus/a b.txt.jsonl\n"), "{run:?}");
    assert_eq!(other.run(&["export", "brat"]).out.lines().filter(|it| it.starts_with('T')).count(), 7);
    let sorted = |text: &str| {
        let mut lines: Vec<String> =
            text.lines().map(|it| it.split_once('\t').unwrap().1.replace(|c: char| c.is_ascii_digit(), "")).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&other.run(&["export", "brat"]).out), sorted(&lines));
    assert_eq!(other.run(&["import", "brat", "a b.ann"]).out, "");
    let run = other
        .run_with(&["import", "brat", "-", "--into", "corpus/a b.txt"], "T1\tActor 0 4\tZorg\nT2\tActor 0 9999\tx\n");
    assert!(run.code == 2 && run.err.contains("does not stand at") && run.err.contains("text ends before"), "{run:?}");
}

#[test]
fn verdicts_become_claim_reviews() {
    let run = workspace(&lines()).run(&["export", "claimreview"]);
    let reviews = run.lines();
    assert_eq!((run.code, reviews.len()), (0, 1), "{run:?}");
    let review = &reviews[0];
    assert_eq!((&review["@type"], &review["datePublished"]), (&"ClaimReview".into(), &"2024-05-01".into()));
    assert_eq!(review["claimReviewed"], "𝄞 Acme sold 9,000 anvils in 2023, Maria Lee said.");
    assert_eq!(review["reviewRating"]["alternateName"], "Disputed");
    assert_eq!((&review["author"]["name"], &review["reviewBody"]), (&"Ann".into(), &"two sources differ".into()));
}

/// The program writes while it is killed: again and again, a little later each time.
#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let folder = workspace("");
    let path = folder.path("annotations/corpus/a b.txt.jsonl");
    let whole = |n: usize| {
        (0..n)
            .map(|n| line(&n.to_string(), "Maria Lee", "commenting", &format!(",\"body\":\"{n}\"")))
            .collect::<String>()
    };
    fs::write(folder.path("in.jsonl"), whole(400)).unwrap();
    let import = |folder: &Workspace| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glossator"));
        command
            .args(["import", "w3c", "in.jsonl"])
            .current_dir(folder.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    assert!(import(&folder).status().unwrap().success());
    let new = fs::read_to_string(&path).unwrap();
    let old: String = new.lines().take(3).map(|line| format!("{line}\n")).collect();
    let (mut n_old, mut n_new) = (0, 0);
    let mut delay = Duration::ZERO;
    for _ in 0..60 {
        fs::write(&path, &old).unwrap();
        let mut process = import(&folder).spawn().unwrap();
        std::thread::sleep(delay);
        process.kill().unwrap();
        process.wait().unwrap();
        let there = fs::read_to_string(&path).unwrap();
        n_old += usize::from(there == old);
        n_new += usize::from(there == new);
        // The moment of the write is sought: a little later while it was too early, a little earlier after that.
        delay = if there == old {
            delay + Duration::from_millis(2)
        } else {
            delay.saturating_sub(Duration::from_micros(700))
        };
    }
    println!("{n_old} times the old file, {n_new} times the new one");
    assert_eq!(n_old + n_new, 60);
}
