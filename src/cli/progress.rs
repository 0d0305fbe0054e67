//! A bar for builds that take their time, where somebody is looking.

use super::tell::Teller;
use crate::build::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A build shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(600);
const TICK: Duration = Duration::from_millis(80);

/// Runs `work` and shows how far it is.
pub(super) fn watched<T>(teller: Teller, quiet: bool, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    if quiet || !teller.is_terminal() {
        return work(&progress);
    }
    let finished = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let watcher = threads.spawn(|| watch(&progress, &finished));
        let value = work(&progress);
        finished.store(true, Ordering::Release);
        watcher.thread().unpark();
        value
    })
}

fn watch(progress: &Progress, finished: &AtomicBool) {
    let start = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    while !finished.load(Ordering::Acquire) {
        std::thread::park_timeout(TICK);
        if start.elapsed() < PATIENCE {
            continue;
        }
        let bar = bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} pages, {elapsed}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(0).with_style(style)
        });
        bar.set_length(progress.total.load(Ordering::Relaxed) as u64);
        bar.set_position(progress.done.load(Ordering::Relaxed) as u64);
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}
