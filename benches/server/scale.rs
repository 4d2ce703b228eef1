//! What grows with the workspace and what does not: `cargo bench --bench server -- scale`.

use super::corpus::{self, Size};
use super::goals::Desk;
use super::robot::Workspace;
use super::{Times, millis};

/// Texts, actors, and names of each. The last workspaces take some gigabytes of disk and memory.
const SIZES: &[(usize, usize, usize)] = &[
    (1_000, 2_000, 2),
    (5_000, 2_000, 2),
    (50_000, 2_000, 2),
    (5_000, 100_000, 10),
    (50_000, 100_000, 10),
    (1_000, 1_000_000, 2),
];

/// Prints the table.
pub(crate) fn run() {
    println!(
        "| texts (MB) | actors, names of each | first right hover ms | all read s | processor s | idle MB | at most MB \
         | hover p50, p99 ms | keystroke p50, p99 ms |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (texts, records, names) in SIZES.iter().copied() {
        let folder = Workspace::new(&[]);
        let size = Size { texts, records, references: 200, names };
        let megabytes = corpus::write(folder.root(), size) as f64 / 1e6;
        let (mut desk, first) = Desk::open(&folder, size);
        desk.robot.wait_until_read();
        let (whole, busy) = (desk.begin.elapsed(), desk.processor());
        desk.wait_until_idle();
        let (idle, peak) = (desk.memory(), desk.peak());
        let hover = desk.times(200, Desk::hover);
        let keystroke = desk.times(100, |desk| {
            desk.type_a_letter();
            desk.wait_for_findings()
        });
        let both = |times: &Times| format!("{:.2}, {:.2}", millis(times.p50), millis(times.p99));
        println!(
            "| {texts} ({megabytes:.0}) | {records}, {names} | {:.0} | {:.2} | {:.2} | {idle:.0} | {peak:.0} | {} | {} |",
            millis(first),
            whole.as_secs_f64(),
            busy.as_secs_f64(),
            both(&hover),
            both(&keystroke),
        );
        // Such a workspace has more findings than the server tells, which it says.
        desk.robot.forget();
        desk.robot.finish();
    }
}
