//! Walking the names of the gazetteer along the tokens of a text.

use super::super::gazetteer::{Gazetteer, Node};
use crate::text::fold::Class;
use crate::text::tokens::{Join, Shape, Token, hash_pieces, tokenize};

/// A piece of text that counts as one token of a name: a token, a part of one, or two that a line end cut apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    /// First byte in the text.
    pub(super) start: u32,
    /// One past the last byte in the text.
    pub(super) end: u32,
    hash: u64,
    /// How it is written.
    pub(super) shape: Shape,
    /// What joins it to the token before.
    pub(super) join: Join,
    /// The token that it starts in.
    pub(super) first: usize,
    /// The token that it ends in.
    pub(super) last: usize,
    /// It starts in the middle of a word.
    pub(super) glued_left: bool,
    /// It ends in the middle of a word.
    pub(super) glued_right: bool,
    /// A middle initial was passed over before it.
    pub(super) skipped: bool,
}

/// Calls `found` with every place where the tokens of a name stand, before any other test.
pub(super) fn walk<'g>(
    text: &str,
    tokens: &[Token],
    gazetteer: &'g Gazetteer,
    mut found: impl FnMut(&[Arc], &'g Node),
) {
    let mut walker = Walker { text, tokens, gazetteer, path: Vec::new() };
    for (at, token) in tokens.iter().enumerate() {
        if let Some(node) = gazetteer.first(token.hash) {
            walker.start(Arc::whole(token, at), node, &mut found);
        }
        if is_special(token, tokens.get(at + 1)) {
            for arc in special(text, tokens, at) {
                if let Some(node) = gazetteer.first(arc.hash) {
                    walker.start(arc, node, &mut found);
                }
            }
        }
    }
}

struct Walker<'a, 'g> {
    text: &'a str,
    tokens: &'a [Token],
    gazetteer: &'g Gazetteer,
    path: Vec<Arc>,
}

type Found<'f, 'g> = &'f mut dyn FnMut(&[Arc], &'g Node);

impl<'g> Walker<'_, 'g> {
    fn start(&mut self, arc: Arc, node: &'g Node, found: Found<'_, 'g>) {
        self.path.clear();
        self.step(arc, node, found);
    }

    fn step(&mut self, arc: Arc, node: &'g Node, found: Found<'_, 'g>) {
        self.path.push(arc);
        let small =
            || self.path.len() == 1 && node.is_caps_only() && !arc.shape.is_caps() && arc.shape != Shape::Uncased;
        if node.is_end() && !small() {
            found(&self.path, node);
        }
        if node.goes_on() && !arc.glued_right {
            self.go_on(arc.last + 1, false, node, found);
            // George W. Bush is George Bush.
            if self.tokens.get(arc.last + 1).is_some_and(Token::is_initial) {
                self.go_on(arc.last + 2, true, node, found);
            }
        }
        self.path.pop();
    }

    fn go_on(&mut self, at: usize, skipped: bool, node: &'g Node, found: Found<'_, 'g>) {
        let Some(token) = self.tokens.get(at).filter(|token| token.join != Join::Break) else { return };
        if let Some(node) = self.gazetteer.next(node, token.hash) {
            self.step(Arc { skipped, ..Arc::whole(token, at) }, node, found);
        }
        if is_special(token, self.tokens.get(at + 1)) {
            for arc in special(self.text, self.tokens, at).into_iter().filter(|arc| !arc.glued_left) {
                if let Some(node) = self.gazetteer.next(node, arc.hash) {
                    self.step(Arc { skipped, ..arc }, node, found);
                }
            }
        }
    }
}

impl Arc {
    fn whole(token: &Token, at: usize) -> Arc {
        Arc {
            start: token.start,
            end: token.end,
            hash: token.hash,
            shape: token.shape,
            join: token.join,
            first: at,
            last: at,
            glued_left: false,
            glued_right: false,
            skipped: false,
        }
    }

    /// The raw words.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

fn is_special(token: &Token, next: Option<&Token>) -> bool {
    token.camel || token.class == Class::Arabic || next.is_some_and(|next| next.join == Join::HyphenLineEnd)
}

/// The readings of a token besides the plain one: parts of a glued word, a word cut by a line end, an Arabic word without
/// its prefixes.
fn special(text: &str, tokens: &[Token], at: usize) -> Vec<Arc> {
    let mut arcs = Vec::new();
    let Some(token) = tokens.get(at) else { return arcs };
    let whole = Arc::whole(token, at);
    if let Some(next) = tokens.get(at + 1).filter(|next| next.join == Join::HyphenLineEnd) {
        let hash = hash_pieces(&[token.of(text), next.of(text)]);
        arcs.push(Arc { end: next.end, hash, last: at + 1, ..whole });
    }
    if token.camel {
        camel_parts(text, whole, &mut arcs);
    }
    if token.class == Class::Arabic {
        arabic_stems(text, whole, &mut arcs);
    }
    arcs
}

/// Words longer than this many parts are not scraped text but data.
const MAX_PARTS: usize = 8;

fn camel_parts(text: &str, whole: Arc, arcs: &mut Vec<Arc>) {
    let mut cuts = vec![whole.start];
    let mut low = false;
    for (at, c) in whole.of(text).char_indices() {
        if c.is_uppercase() && low {
            cuts.push(whole.start + u32::try_from(at).unwrap_or_default());
        }
        low = c.is_lowercase() || c.is_numeric() || (low && !c.is_alphanumeric());
    }
    cuts.push(whole.end);
    if cuts.len() > MAX_PARTS + 1 {
        return;
    }
    for (from, start) in cuts.iter().enumerate() {
        for end in cuts.iter().skip(from + 1) {
            let part = Arc { start: *start, end: *end, ..whole };
            if (*start, *end) == (whole.start, whole.end) {
                continue;
            }
            if let [token] = tokenize(part.of(text)).as_slice() {
                arcs.push(Arc {
                    hash: token.hash,
                    shape: token.shape,
                    end: part.start + token.end,
                    glued_left: *start != whole.start,
                    glued_right: *end != whole.end,
                    ..part
                });
            }
        }
    }
}

/// و ف ب ل ك and the article ال are written in one word with the name.
fn arabic_stems(text: &str, whole: Arc, arcs: &mut Vec<Arc>) {
    const MIN_LETTERS: usize = 3;
    let mut rest = whole.of(text);
    let mut cut = |rest: &str| {
        if rest.chars().count() >= MIN_LETTERS {
            let start = whole.end - u32::try_from(rest.len()).unwrap_or_default();
            arcs.push(Arc { start, hash: hash_pieces(&[rest]), ..whole });
        }
    };
    for _ in 0..2 {
        let Some(shorter) = rest.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']) else { break };
        cut(shorter);
        if let Some(bare) = shorter.strip_prefix("ال") {
            cut(bare);
        }
        rest = shorter;
    }
    if let Some(bare) = whole.of(text).strip_prefix("ال") {
        cut(bare);
    }
}
