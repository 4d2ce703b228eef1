//! The commands: the same engine without an editor.
