//! Argument words → the server or a command; exit codes.

fn main() {}
