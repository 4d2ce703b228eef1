//! Reading registries: files far larger than a text may be, line by line.

use super::inside;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A longer line is passed over: 4 MB.
const MAX_LINE_BYTES: u64 = 4 << 20;

/// Hands every line of a registry to `each`, with the byte that it begins at. `path` is from the workspace folder.
///
/// # Errors
/// What, why, what to do: the file is missing, outside the folder, or cannot be read.
pub fn registry_lines(root: &Path, path: &str, each: &mut dyn FnMut(u64, &str)) -> Result<(), String> {
    let missing =
        || format!("the registry {path} is not in the workspace folder; correct `registries` in glossator.toml");
    let root = root.canonicalize().map_err(|_| missing())?;
    let full = inside::lexically(&root, path).filter(|full| full.is_file()).ok_or_else(missing)?;
    if !inside::really(&root, &full) {
        return Err(format!(
            "{path} is a link that leads out of the workspace folder, so it was not read; copy the file here"
        ));
    }
    let fault = |error: std::io::Error| format!("{path} cannot be read ({error}); check its permissions");
    let mut reader = BufReader::with_capacity(1 << 20, File::open(&full).map_err(fault)?);
    let mut bytes = Vec::new();
    let mut offset = 0;
    loop {
        bytes.clear();
        let mut length =
            std::io::Read::take(&mut reader, MAX_LINE_BYTES).read_until(b'\n', &mut bytes).map_err(fault)? as u64;
        if length == 0 {
            return Ok(());
        }
        let mut whole = bytes.ends_with(b"\n") || length < MAX_LINE_BYTES;
        if whole && let Ok(line) = std::str::from_utf8(&bytes) {
            each(offset, line.trim_end());
        }
        while !whole {
            bytes.clear();
            let more =
                std::io::Read::take(&mut reader, MAX_LINE_BYTES).read_until(b'\n', &mut bytes).map_err(fault)? as u64;
            length += more;
            whole = more == 0 || bytes.ends_with(b"\n");
        }
        offset += length;
    }
}
