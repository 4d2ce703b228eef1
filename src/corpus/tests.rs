//! Changes, jobs and snapshots.
