//! Reads `{"text"}` lines and writes the cues and words that the claim scores are made of, for `train.py`.

use std::io::{BufRead, Write};

use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let value: Value = serde_json::from_str(&line?)?;
        let (cues, words) = glossator::analysis::claims::training_row(value["text"].as_str().unwrap_or_default());
        writeln!(out, "{}", json!({"cues": cues, "words": words}))?;
    }
    out.flush()
}
