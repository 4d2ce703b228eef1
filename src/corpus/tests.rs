//! Changes, jobs and snapshots.

use super::*;
use crate::text::position::LineColumn;

fn corpus(files: &[(&str, &str)]) -> Corpus {
    let mut corpus = Corpus::new();
    for (path, text) in files {
        corpus.apply(Change::Loaded { path: (*path).to_owned(), text: (*text).to_owned() }).unwrap();
    }
    run(&mut corpus);
    corpus
}

fn run(corpus: &mut Corpus) {
    for job in corpus.jobs() {
        corpus.finish(job.run());
    }
}

fn open(corpus: &mut Corpus, path: &str, text: &str, version: i32) {
    corpus.apply(Change::Opened { path: path.to_owned(), text: text.to_owned(), version }).unwrap();
}

fn typed(line: u32, from: u32, to: u32, text: &str) -> Edit {
    let place = |column| LineColumn { line, column };
    Edit { range: Some((place(from), place(to))), text: text.to_owned() }
}

fn edit(corpus: &mut Corpus, path: &str, version: i32, edits: Vec<Edit>) -> Result<(), String> {
    corpus.apply(Change::Edited { path: path.to_owned(), version, edits, encoding: Encoding::Utf16 })
}

fn mentioned(corpus: &mut Corpus, path: &str) -> Vec<String> {
    let snapshot = corpus.snapshot();
    let document = snapshot.document_at(path).unwrap();
    let id = |actor| snapshot.registry.actor_id(actor).unwrap_or_default().to_owned();
    document.settled().mentions.iter().map(|mention| id(mention.actor)).collect()
}

const ACME: &str = "---\ntype: Company\nname: Acme Works\n---\n";

#[test]
fn an_open_text_wins_over_the_disk_until_it_is_closed() {
    let mut corpus = corpus(&[("notes/a.md", "on disk")]);
    open(&mut corpus, "notes/a.md", "in the editor", 1);
    corpus.apply(Change::Loaded { path: "notes/a.md".to_owned(), text: "on disk, again".to_owned() }).unwrap();
    assert_eq!(corpus.snapshot().document_at("notes/a.md").unwrap().buffer.text(), "in the editor");
    corpus.apply(Change::Removed { path: "notes/a.md".to_owned() }).unwrap();
    assert!(corpus.snapshot().document_at("notes/a.md").is_some());
    corpus.apply(Change::Closed { path: "notes/a.md".to_owned() }).unwrap();
    corpus.apply(Change::Removed { path: "notes/a.md".to_owned() }).unwrap();
    assert!(corpus.snapshot().document_at("notes/a.md").is_none());
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut corpus = corpus(&[]);
    open(&mut corpus, "notes/a.md", "one", 1);
    let before = corpus.snapshot();
    edit(&mut corpus, "notes/a.md", 2, vec![typed(0, 3, 3, " two")]).unwrap();
    let after = corpus.snapshot();
    assert_eq!(before.document_at("notes/a.md").unwrap().buffer.text(), "one");
    assert_eq!(after.document_at("notes/a.md").unwrap().buffer.text(), "one two");
    assert!(before.revision < after.revision);
    assert!(Arc::ptr_eq(&after, &corpus.snapshot()));
}

#[test]
fn edits_of_one_change_follow_one_another_and_count_in_utf_16() {
    let mut corpus = corpus(&[]);
    open(&mut corpus, "notes/a.md", "😀 x\r\ny", 1);
    edit(&mut corpus, "notes/a.md", 2, vec![typed(0, 3, 4, "中国"), typed(0, 5, 5, "!"), typed(1, 0, 9, "z")]).unwrap();
    assert_eq!(corpus.snapshot().document_at("notes/a.md").unwrap().buffer.text(), "😀 中国!\r\nz");
}

#[test]
fn a_version_that_does_not_rise_is_reported_and_applied() {
    let mut corpus = corpus(&[]);
    open(&mut corpus, "notes/a.md", "a", 7);
    let message = edit(&mut corpus, "notes/a.md", 7, vec![typed(0, 1, 1, "b")]).unwrap_err();
    assert!(message.contains("version 7"), "{message}");
    assert_eq!(corpus.snapshot().document_at("notes/a.md").unwrap().buffer.text(), "ab");
    let message = edit(&mut corpus, "notes/b.md", 1, vec![typed(0, 0, 0, "b")]).unwrap_err();
    assert!(message.contains("notes/b.md"), "{message}");
}

#[test]
fn a_record_edit_is_felt_in_open_texts_at_once_and_in_closed_ones_after_their_jobs() {
    let mut corpus = corpus(&[("actors/acme.md", ACME), ("corpus/a.txt", "Bolt Brothers paid Acme Works.")]);
    open(&mut corpus, "notes/a.md", "Bolt Brothers paid Acme Works.", 1);
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme"]);
    assert_eq!(mentioned(&mut corpus, "notes/a.md"), ["acme"]);
    let bolt = "---\ntype: Company\nname: Bolt Brothers\n---\n".to_owned();
    corpus.apply(Change::Loaded { path: "actors/bolt.md".to_owned(), text: bolt }).unwrap();
    assert_eq!(mentioned(&mut corpus, "notes/a.md"), ["bolt", "acme"]);
    run(&mut corpus);
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["bolt", "acme"]);
    corpus.apply(Change::Removed { path: "actors/acme.md".to_owned() }).unwrap();
    run(&mut corpus);
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["bolt"]);
}

#[test]
fn a_job_that_the_text_has_outrun_is_dropped() {
    let mut corpus = corpus(&[("actors/acme.md", ACME)]);
    corpus.apply(Change::Loaded { path: "corpus/a.txt".to_owned(), text: "Acme Works".to_owned() }).unwrap();
    let late = corpus.jobs();
    corpus.apply(Change::Loaded { path: "corpus/a.txt".to_owned(), text: "nobody".to_owned() }).unwrap();
    run(&mut corpus);
    for job in late {
        corpus.finish(job.run());
    }
    assert!(mentioned(&mut corpus, "corpus/a.txt").is_empty());
}

#[test]
fn a_job_that_the_names_have_outrun_is_dropped_whenever_it_ends() {
    let text = "Bolt Brothers paid Acme Works.";
    let mut corpus = corpus(&[("actors/acme.md", ACME), ("corpus/a.txt", text)]);
    let named = |name: &str| format!("---\ntype: Company\nname: {name}\n---\n");
    let rename = |corpus: &mut Corpus, name: &str| {
        corpus.apply(Change::Loaded { path: "actors/bolt.md".to_owned(), text: named(name) }).unwrap();
        corpus.jobs()
    };
    let late = rename(&mut corpus, "Nobody");
    assert!(late.iter().all(|job| !job.is_outrun()));
    let next = rename(&mut corpus, "Bolt Brothers");
    assert!(late.iter().all(Job::is_outrun) && next.iter().all(|job| !job.is_outrun()));
    assert_eq!((late.len(), next.len()), (1, 1));
    for job in next.into_iter().chain(late) {
        corpus.finish(job.run());
    }
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["bolt", "acme"]);
}

#[test]
fn open_texts_can_be_analysed_before_the_others() {
    let mut corpus =
        corpus(&[("actors/acme.md", ACME), ("corpus/a.txt", "Acme Works"), ("corpus/b.txt", "Acme Works")]);
    let long = "Acme Works said so.\n\n".repeat(20_000);
    open(&mut corpus, "notes/a.md", &long, 1);
    assert_eq!(corpus.open_jobs().len(), 1);
    corpus.apply(Change::Removed { path: "actors/acme.md".to_owned() }).unwrap();
    assert_eq!(corpus.open_jobs().len(), 1);
    assert!(corpus.has_jobs());
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme"], "as it was");
    assert_eq!(corpus.jobs().len(), 2);
    assert!(!corpus.has_jobs());
}

#[test]
fn a_new_layout_asks_for_the_workspace_again_and_drops_what_no_longer_matters() {
    let mut corpus = corpus(&[("corpus/a.txt", "a")]);
    assert!(!corpus.take_reload());
    let text = "[corpus]\nsources = [\"texts/**\"]\n".to_owned();
    corpus.apply(Change::Loaded { path: "glossator.toml".to_owned(), text }).unwrap();
    assert!(corpus.take_reload());
    assert!(!corpus.take_reload());
    assert!(corpus.snapshot().document_at("corpus/a.txt").is_none());
    assert_eq!(corpus.role("texts/a.txt"), Some(Role::Source));
}

#[test]
fn the_whole_text_sent_anew_touches_only_what_changed() {
    assert_eq!(compare::narrowed("abc", "abXc"), (ByteRange::new(2, 2), "X"));
    assert_eq!(compare::narrowed("aaa", "aa"), (ByteRange::new(2, 3), ""));
    assert_eq!(compare::narrowed("é", "è"), (ByteRange::new(0, 2), "è"));
    assert_eq!(compare::narrowed("", "x"), (ByteRange::new(0, 0), "x"));
    assert_eq!(compare::narrowed("same", "same"), (ByteRange::new(4, 4), ""));
}

#[test]
fn a_closed_text_that_let_go_of_its_facts_is_edited_and_decided_on_like_any_other() {
    let text = "Acme Works sold anvils [@key].\n\n“We saw nothing,” Acme Works said.\n";
    let mut corpus = corpus(&[("actors/acme.md", ACME), ("corpus/a.txt", text)]);
    {
        let snapshot = corpus.snapshot();
        let document = snapshot.document_at("corpus/a.txt").unwrap();
        assert!(document.is_compact);
        assert_eq!((document.buffer.as_str(), document.buffer.text()), (None, text.to_owned()));
        assert_eq!(document.citations().count(), 1);
        let hits = |block| document.facts_of(block).hits.len();
        assert_eq!(document.blocks().iter().map(hits).collect::<Vec<_>>(), [1, 1]);
    }
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme", "acme"]);
    // The user says that the first one is not meant.
    let decision = "{\"id\":\"urn:uuid:1\",\"type\":\"Annotation\",\"motivation\":\"identifying\",\"body\":[{\"type\":\"SpecificResource\",\"source\":\"actors/acme\",\"judgement\":\"negative\"}],\"target\":{\"source\":\"corpus/a.txt\",\"selector\":[{\"type\":\"TextQuoteSelector\",\"exact\":\"Acme Works\",\"prefix\":\"\",\"suffix\":\" sold anvils\"},{\"type\":\"TextPositionSelector\",\"start\":0,\"end\":10}]}}\n";
    let path = "annotations/corpus/a.txt.jsonl".to_owned();
    corpus.apply(Change::Loaded { path, text: decision.to_owned() }).unwrap();
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme", "acme"], "until its job is done");
    run(&mut corpus);
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme"]);
    // An editor opens and changes it.
    open(&mut corpus, "corpus/a.txt", text, 1);
    edit(&mut corpus, "corpus/a.txt", 2, vec![typed(2, 0, 0, "Acme Works denied it. ")]).unwrap();
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme", "acme"]);
    assert!(!corpus.snapshot().document_at("corpus/a.txt").unwrap().is_compact);
}

#[test]
fn a_source_text_that_was_closed_lets_go_of_what_it_said_in_full() {
    let text = "Acme Works sold 40 anvils in 2019. Selon Acme Works, tout va bien. 人民港口。\n";
    let mut corpus = corpus(&[("actors/acme.md", ACME), ("corpus/a.txt", text)]);
    open(&mut corpus, "corpus/a.txt", text, 1);
    run(&mut corpus);
    let before = corpus.snapshot();
    let document = before.document_at("corpus/a.txt").unwrap();
    assert_eq!((document.is_compact, document.settled().claims.len()), (false, 3));
    corpus.apply(Change::Closed { path: "corpus/a.txt".to_owned() }).unwrap();
    corpus.apply(Change::Loaded { path: "corpus/a.txt".to_owned(), text: text.to_owned() }).unwrap();
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme", "acme"], "before its job is done");
    run(&mut corpus);
    let after = corpus.snapshot();
    let document = after.document_at("corpus/a.txt").unwrap();
    assert_eq!((document.is_compact, document.settled().claims.len()), (true, 0));
    assert_eq!(mentioned(&mut corpus, "corpus/a.txt"), ["acme", "acme"]);
    open(&mut corpus, "corpus/a.txt", text, 2);
    assert_eq!(corpus.snapshot().document_at("corpus/a.txt").unwrap().settled().claims.len(), 3);
}

#[test]
fn at_rest_nothing_is_remembered_of_texts_that_are_gone() {
    let mut corpus = corpus(&[("actors/acme.md", ACME)]);
    let remembered = |corpus: &Corpus| corpus.context.cache.len();
    let before = remembered(&corpus);
    open(&mut corpus, "notes/a.md", "Acme Works sold 40 anvils.\n\nIt did.\n", 1);
    run(&mut corpus);
    corpus.rest();
    assert_eq!(remembered(&corpus), before + 2, "an open text is remembered");
    corpus.apply(Change::Closed { path: "notes/a.md".to_owned() }).unwrap();
    corpus.apply(Change::Removed { path: "notes/a.md".to_owned() }).unwrap();
    run(&mut corpus);
    assert_eq!(remembered(&corpus), before + 2, "so few are kept for whoever opens it again");
    corpus.rest();
    assert_eq!(remembered(&corpus), before);
}

#[test]
fn a_changed_file_renews_its_own_rack_only() {
    let acme = ("actors/acme.md".to_owned(), ACME.to_owned());
    let text = |n: usize| (format!("corpus/{n:04}.txt"), format!("Acme Works sold {n} anvils. 港口。\n"));
    let files: Vec<(String, String)> = std::iter::once(acme).chain((0..700).map(text)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut corpus = corpus(&files);
    let named = |snapshot: &Snapshot| snapshot.n_mentions(snapshot.registry.key("acme").unwrap());
    let first = corpus.snapshot();
    first.prepare();
    assert_eq!(named(&first), (700, 700));
    corpus
        .apply(Change::Loaded { path: "corpus/0600.txt".to_owned(), text: "Acme Works, Acme Works.".to_owned() })
        .unwrap();
    corpus.apply(Change::Removed { path: "corpus/0010.txt".to_owned() }).unwrap();
    corpus.apply(Change::Loaded { path: "corpus/9999.txt".to_owned(), text: "Acme Works.".to_owned() }).unwrap();
    run(&mut corpus);
    let second = corpus.snapshot();
    assert_eq!(named(&second), (701, 700));
    assert_eq!(named(&first), (700, 700), "a snapshot stays as it was");
    open(&mut corpus, "corpus/0001.txt", "Nobody.", 1);
    assert_eq!(named(&corpus.snapshot()), (700, 699));
    // A new name is known at once where a text is open, and in the others when their jobs are done.
    let renamed = ACME.replace("name: Acme Works", "name: Acme Works\naliases: [Nobody]");
    corpus.apply(Change::Loaded { path: "actors/acme.md".to_owned(), text: renamed }).unwrap();
    assert_eq!(named(&corpus.snapshot()), (701, 700));
    run(&mut corpus);
    assert_eq!(named(&corpus.snapshot()), (701, 700));
}

#[test]
fn a_text_that_was_looked_at_for_names_says_in_full_what_it_would_have_said() {
    let text = "Acme Works sold 40 anvils in 2019.\n\n“Nothing helps,” said Jane Doe, a researcher. Jane Doe left.\n\n« Rien n’a été vendu », selon Acme Works [@key].\n";
    let settled = |depth: Depth| {
        let mut corpus = Corpus::of_depth(depth);
        for (path, text) in [("actors/acme.md", ACME), ("corpus/a.txt", text)] {
            corpus.apply(Change::Loaded { path: path.to_owned(), text: text.to_owned() }).unwrap();
        }
        run(&mut corpus);
        let snapshot = corpus.snapshot();
        let document = snapshot.document_at("corpus/a.txt").unwrap();
        let full = document.in_full();
        assert_eq!(full.blocks().iter().map(|block| block.facts.quotations.len()).sum::<usize>(), 1);
        assert_eq!(document.settled().claims.is_empty(), depth != Depth::Full);
        (full.settled().clone(), snapshot.suggestions(&full))
    };
    let (names, full) = (settled(Depth::Names), settled(Depth::Full));
    assert_eq!(names, full);
    assert_eq!((full.0.claims.len(), full.0.mentions.len(), full.1.len()), (4, 2, 1));
}
