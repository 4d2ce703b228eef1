//! The words of the command line. What stands in doc comments here is what `--help` prints.

use crate::model::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// For people who annotate source texts: who is named, where the record is, which claim lacks a source
#[derive(Debug, Parser)]
#[command(name = "glossator", version, about, propagate_version = true, subcommand_required = true)]
#[command(arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the language server: an editor starts this and talks to it
    Lsp {
        /// Talk over standard input and output; the only way there is, so it may be left out
        #[arg(long)]
        stdio: bool,
    },
    /// List what ought to be looked at: claims without a source, unknown citations, broken records
    ///
    /// Ends with 0 if nothing is at or above the denied severity, 1 if something is, 2 if it could not run.
    Check(CheckArguments),
    /// Print who is named where, one JSON object a line; offsets are Unicode code points
    Mentions(TextArguments),
    /// Print every sentence with its label, its scores and their reasons, one JSON object a line
    Claims(TextArguments),
    /// Say everything that is known about one place, for instance corpus/report.txt:12:5
    Explain {
        /// FILE:LINE:COLUMN, both counted from 1, columns in characters
        #[arg(value_name = "FILE:LINE:COLUMN")]
        place: String,
        /// The workspace folder [default: the nearest one above the file]
        #[arg(long, value_name = "DIR")]
        workspace: Option<PathBuf>,
    },
    /// Print a JSON Schema, for editors that complete and check YAML and TOML by one
    Schema {
        /// What the schema describes
        #[arg(value_enum)]
        of: Described,
    },
    /// Make records of the entities of another program; nothing is overwritten
    ///
    /// Prints the files that it wrote. Ends with 2 if some line could not be read; the others are imported.
    Import(ImportArguments),
    /// Print the records for other programs
    Export(ExportArguments),
    /// Make a workspace: a commented glossator.toml and the folders; nothing is overwritten
    Init {
        /// The folder [default: this one]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// What `check` is told.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// Files and folders to report on [default: the whole workspace]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Hide the findings that this file lists
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings of now to this file, as a baseline, and end with 0
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// The severity from which on the command ends with 1
    #[arg(long, value_enum, default_value_t = Deny::Warning)]
    pub deny: Deny,
    /// The workspace folder [default: the nearest one above the first path]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// What `mentions` and `claims` are told.
#[derive(Args, Debug)]
pub struct TextArguments {
    /// Files and folders; with --input jsonl, files of JSON lines, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = LineFormat::Jsonl)]
    pub format: LineFormat,
    /// Read texts from JSON lines with the keys "id" and "text" instead of files
    #[arg(long, value_enum)]
    pub input: Option<LineFormat>,
    /// The workspace folder [default: the nearest one above the first path]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// What a JSON Schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// An actor record
    Record,
    /// glossator.toml
    Config,
}

/// What `import` is told.
#[derive(Args, Debug)]
pub struct ImportArguments {
    /// What the file holds
    #[arg(value_enum)]
    pub format: ImportFormat,
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder for a Markdown file each, or one .yaml file for all [default: the first place for records]; for brat,
    /// the text of the workspace [default: the one with the file's name]
    #[arg(long, value_name = "PATH")]
    pub into: Option<PathBuf>,
    /// The workspace folder [default: the nearest one at or above this folder]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// What `export` is told.
#[derive(Args, Debug)]
pub struct ExportArguments {
    /// The format
    #[arg(value_enum)]
    pub format: ExportFormat,
    /// The workspace folder [default: the nearest one at or above this folder]
    #[arg(value_name = "DIR", conflicts_with = "workspace")]
    pub folder: Option<PathBuf>,
    /// Write to this file, at once, instead of standard output; for brat, a folder of files
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The same as DIR
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// What a file from elsewhere holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// FollowTheMoney entities, a JSON object a line, as Aleph and OpenSanctions write them
    Ftm,
    /// Wikidata items: Special:EntityData, a single item, a list, or lines of a dump
    Wikidata,
    /// Decisions: W3C Web Annotations, as a collection, a page, a list, or one a line
    W3c,
    /// Decisions: brat's standoff lines about one text of the workspace
    Brat,
}

/// What records or decisions are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Records: FollowTheMoney entities, a JSON object a line
    Ftm,
    /// Decisions: one AnnotationCollection of W3C Web Annotations
    W3c,
    /// Decisions: brat's standoff format, a text and lines about it
    Brat,
    /// Verdicts: ClaimReview of schema.org, a JSON object a line
    Claimreview,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines of file:line:column, with the place on a terminal
    Human,
    /// One JSON array
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LineFormat {
    /// One JSON object a line
    Jsonl,
}

/// A severity that can be denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Hints and everything above
    Hint,
    /// Information and everything above
    Information,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
}

impl Deny {
    /// The least severity that is denied.
    #[must_use]
    pub fn least(self) -> Severity {
        match self {
            Deny::Hint => Severity::Hint,
            Deny::Information => Severity::Information,
            Deny::Warning => Severity::Warning,
            Deny::Error => Severity::Error,
        }
    }
}
