//! Where blocks end, and that cutting again after an edit equals cutting from scratch.

use super::*;
use proptest::prelude::*;

fn cut(text: &str) -> Vec<&str> {
    split(text).into_iter().map(|range| range.of(text).unwrap()).collect()
}

#[test]
fn blank_lines_part_blocks_and_belong_to_none() {
    assert_eq!(cut("\n\none\ntwo\n  \r\nthree\r\n"), ["one\ntwo", "three"]);
    assert!(cut("").is_empty());
    assert!(cut(" \n\u{a0}\n").is_empty());
}

#[test]
fn a_long_line_that_ends_like_a_sentence_is_a_paragraph() {
    let long = format!("{}.", "word ".repeat(25).trim());
    assert_eq!(cut(&format!("{long}\nnext one")), [long.as_str(), "next one"]);
    let wrapped = "a line of an e-mail that was wrapped at seventy columns or so. It\ngoes on here.";
    assert_eq!(cut(wrapped), [wrapped]);
    let han = format!("{}。", "字".repeat(60));
    assert_eq!(cut(&format!("{han}\n下一段")), [han.as_str(), "下一段"]);
}

#[test]
fn a_text_without_blank_lines_is_not_one_block() {
    let text = "A short line of a poem.\n".repeat(2_000);
    assert!(cut(&text).iter().all(|block| block.len() <= LONG_BLOCK + 64));
    let text = "no stop at all\n".repeat(5_000);
    assert!(cut(&text).iter().all(|block| block.len() <= LONGEST_BLOCK + 64));
}

#[test]
fn fenced_code_and_front_matter_are_one_block_each() {
    let text = "---\nid: a\n\nname: b\n---\ntext\n```sh\nx\n\ny\n```\nmore\n";
    assert_eq!(cut(text), ["---\nid: a\n\nname: b\n---", "text", "```sh\nx\n\ny\n```", "more"]);
    assert_eq!(cut("~~~\nnever\n\nclosed\n"), ["~~~\nnever", "closed"]);
    assert_eq!(cut("a\n\n---\nb\n\nc\n---\n"), ["a", "---\nb", "c\n---"]);
}

#[test]
fn a_text_that_opens_a_fence_on_every_line_is_walked_once() {
    let text = "```x\n~~~~y\n`````z\n".repeat(60_000);
    assert_eq!(split(&text).len(), 180_000);
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n".to_owned()),
        Just("```\n".to_owned()),
        Just("````x\n".to_owned()),
        Just("---\n".to_owned()),
        Just("短句。\r\n".to_owned()),
        Just("A line.\n".to_owned()),
        Just("no stop\r".to_owned()),
        Just(format!("{}.\n", "long ".repeat(30))),
        Just("tail".to_owned()),
    ]
}

proptest! {
    #[test]
    fn cutting_again_equals_cutting_from_scratch(
        lines in prop::collection::vec(line(), 0..40),
        edits in prop::collection::vec((0usize..3000, 0usize..60, prop::collection::vec(line(), 0..4)), 1..8),
    ) {
        let mut buffer = Buffer::new(&lines.concat());
        let mut blocks = split_buffer(&buffer);
        for (at, n_removed, inserted) in edits {
            let text = buffer.text();
            let floor = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
            let start = floor(at.min(text.len()));
            let end = floor((start + n_removed).min(text.len()));
            let removed = ByteRange::new(start, end);
            let inserted = inserted.concat();
            buffer.replace(removed, &inserted);
            let start_of = |block: &ByteRange| {
                Start { byte: block.start, may_open_fence: may_open_fence(block.of(&text).unwrap()) }
            };
            let starts: Vec<Start> = blocks.iter().map(start_of).collect();
            let resplit = resplit(&buffer, &starts, removed, inserted.len());
            let mut next: Vec<ByteRange> = blocks.get(..resplit.first).unwrap().to_vec();
            next.extend(&resplit.fresh);
            for block in blocks.get(resplit.last..).unwrap() {
                let start = block.start as usize + inserted.len() - removed.len();
                next.push(ByteRange::new(start, start + block.len()));
            }
            prop_assert_eq!(&next, &split_buffer(&buffer), "text {:?}", buffer.text());
            blocks = next;
        }
    }
}
