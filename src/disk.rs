//! The only place that touches the file system: walk, decode, read, write.
