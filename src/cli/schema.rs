//! `glossator schema`: the JSON Schemas of records and settings.

use super::EXIT_CLEAN;
use super::arguments::Described;
use super::output::{Ended, Output};
use crate::model::{options, record};
use std::io::Write;

pub(super) fn run(of: Described, out: &mut Output) -> Ended {
    let schema = match of {
        Described::Record => record::json_schema(),
        Described::Config => options::json_schema(),
    };
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    writeln!(out)?;
    Ok(EXIT_CLEAN)
}
