//! Semantic tokens. The types are standard ones, so that every theme has a colour for them: an actor is a `class`, a
//! citation key a `macro`; the modifiers are ours.

use crate::analysis::mentions::MentionStatus;
use crate::corpus::Document;
use crate::features::tokens::{self, Token, TokenKind};
use crate::server::proto;
use crate::server::requests::View;
use crate::text::ByteRange;
use crate::text::position::Encoding;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tower_lsp_server::ls_types as lsp;

/// A mention that is not sure.
const POSSIBLE: u32 = 1;
/// A mention of one of several actors.
const AMBIGUOUS: u32 = 2;
/// A key that no bibliography has.
const UNDEFINED: u32 = 4;

/// How many texts' tokens are kept to tell what changed.
const MOST_KEPT: usize = 64;

/// The tokens that the client has, by path, each with the number of the answer.
#[derive(Debug, Default)]
pub(in crate::server) struct Sent(Mutex<(u64, HashMap<String, Answered>)>);

/// A result id and its tokens.
type Answered = (String, Vec<lsp::SemanticToken>);

impl Sent {
    /// Keeps an answer; returns its number.
    fn keep(&self, path: &str, data: Vec<lsp::SemanticToken>) -> String {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.0 += 1;
        let number = sent.0.to_string();
        if MOST_KEPT <= sent.1.len() {
            sent.1.clear();
        }
        sent.1.insert(path.to_owned(), (number.clone(), data));
        number
    }

    fn known(&self, path: &str, number: &str) -> Option<Vec<lsp::SemanticToken>> {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.1.get(path).filter(|(known, _)| known == number).map(|(_, data)| data.clone())
    }
}

/// What the numbers in the tokens mean.
pub(super) fn options() -> lsp::SemanticTokensOptions {
    lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend {
            token_types: vec![lsp::SemanticTokenType::CLASS, lsp::SemanticTokenType::MACRO],
            token_modifiers: ["possible", "ambiguous", "undefined"].map(lsp::SemanticTokenModifier::new).to_vec(),
        },
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..lsp::SemanticTokensOptions::default()
    }
}

/// All tokens of a text.
pub(in crate::server) fn full(view: &View, params: &lsp::SemanticTokensParams) -> Option<lsp::SemanticTokensResult> {
    let document = view.document(&params.text_document.uri)?;
    let data = encoded(view, document, None);
    let result_id = Some(view.session.tokens.keep(&document.path, data.clone()));
    Some(lsp::SemanticTokensResult::Tokens(lsp::SemanticTokens { result_id, data }))
}

/// What changed since the last answer: one edit.
pub(in crate::server) fn delta(
    view: &View,
    params: &lsp::SemanticTokensDeltaParams,
) -> Option<lsp::SemanticTokensFullDeltaResult> {
    let document = view.document(&params.text_document.uri)?;
    let before = view.session.tokens.known(&document.path, &params.previous_result_id);
    let data = encoded(view, document, None);
    let result_id = Some(view.session.tokens.keep(&document.path, data.clone()));
    let Some(before) = before else {
        return Some(lsp::SemanticTokensFullDeltaResult::Tokens(lsp::SemanticTokens { result_id, data }));
    };
    let prefix = before.iter().zip(&data).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(data.len()) - prefix;
    let suffix = before.iter().rev().zip(data.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let fresh: Vec<_> = data.get(prefix..data.len() - suffix).unwrap_or_default().to_vec();
    let n_gone = before.len() - suffix - prefix;
    let number = |count: usize| u32::try_from(5 * count).unwrap_or(u32::MAX);
    let edit = lsp::SemanticTokensEdit {
        start: number(prefix),
        delete_count: number(n_gone),
        data: (!fresh.is_empty()).then_some(fresh),
    };
    let edits = if n_gone == 0 && edit.data.is_none() { Vec::new() } else { vec![edit] };
    Some(lsp::SemanticTokensFullDeltaResult::TokensDelta(lsp::SemanticTokensDelta { result_id, edits }))
}

/// The tokens of a part of a text.
pub(in crate::server) fn range(
    view: &View,
    params: &lsp::SemanticTokensRangeParams,
) -> Option<lsp::SemanticTokensRangeResult> {
    let document = view.document(&params.text_document.uri)?;
    let offset = |position| proto::offset(&document.buffer, position, view.session.encoding) as usize;
    let within = ByteRange::new(offset(params.range.start), offset(params.range.end));
    let data = encoded(view, document, Some(within));
    Some(lsp::SemanticTokensRangeResult::Tokens(lsp::SemanticTokens { result_id: None, data }))
}

fn encoded(view: &View, document: &Document, within: Option<ByteRange>) -> Vec<lsp::SemanticToken> {
    encode(document, &tokens::tokens(&view.snapshot, document.file, within), view.session.encoding)
}

/// Each token relative to the one before.
fn encode(document: &Document, tokens: &[Token], encoding: Encoding) -> Vec<lsp::SemanticToken> {
    let mut data = Vec::with_capacity(tokens.len());
    let (mut line, mut column) = (0, 0);
    for token in tokens {
        let start = document.buffer.line_column(token.range.start as usize, encoding);
        let end = document.buffer.line_column(token.range.end as usize, encoding);
        let (token_type, token_modifiers_bitset) = match token.kind {
            TokenKind::Mention(MentionStatus::Certain) => (0, 0),
            TokenKind::Mention(MentionStatus::Possible) => (0, POSSIBLE),
            TokenKind::Mention(MentionStatus::Ambiguous) => (0, AMBIGUOUS),
            TokenKind::Key(true) => (1, 0),
            TokenKind::Key(false) => (1, UNDEFINED),
        };
        let delta_line = start.line - line;
        data.push(lsp::SemanticToken {
            delta_line,
            delta_start: if delta_line == 0 { start.column - column } else { start.column },
            length: end.column - start.column,
            token_type,
            token_modifiers_bitset,
        });
        (line, column) = (start.line, start.column);
    }
    data
}
