//! Whom to ask next: each host has its turn, and none is asked more often than it should be.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// An address that is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    /// Which address.
    pub(super) at: usize,
    /// How often it was asked before.
    pub(super) tried: u32,
}

/// Addresses that wait, by host.
#[derive(Debug)]
pub(super) struct Queue {
    hosts: BTreeMap<String, Line>,
    /// Between two requests to a host.
    gap: Duration,
    /// Jobs that are being done.
    out: usize,
}

#[derive(Debug)]
struct Line {
    jobs: VecDeque<Job>,
    /// Not to be asked before.
    free: Instant,
}

/// What a worker is to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Ask.
    Ask(Job),
    /// Wait so long, or until somebody is done.
    Wait(Duration),
    /// Go home.
    Done,
}

impl Queue {
    pub(super) fn new(hosts: impl Iterator<Item = String>, gap: Duration, now: Instant) -> Self {
        let mut queue = Queue { hosts: BTreeMap::new(), gap, out: 0 };
        for (at, host) in hosts.enumerate() {
            let line = queue.hosts.entry(host).or_insert_with(|| Line { jobs: VecDeque::new(), free: now });
            line.jobs.push_back(Job { at, tried: 0 });
        }
        queue
    }

    /// The next job, from the host that has waited longest.
    pub(super) fn next(&mut self, now: Instant) -> Turn {
        let waiting = self.hosts.values_mut().filter(|line| !line.jobs.is_empty());
        let Some(line) = waiting.min_by_key(|line| line.free) else {
            // Whoever is asked now may have to be asked again.
            return if self.out == 0 { Turn::Done } else { Turn::Wait(Duration::from_millis(200)) };
        };
        if line.free > now {
            return Turn::Wait(line.free - now);
        }
        let Some(job) = line.jobs.pop_front() else { return Turn::Done };
        line.free = now + self.gap;
        self.out += 1;
        Turn::Ask(job)
    }

    /// A job is done.
    pub(super) fn done(&mut self) {
        self.out = self.out.saturating_sub(1);
    }

    /// A job is to be done again, after a while in which its host is left alone.
    pub(super) fn again(&mut self, host: &str, job: Job, not_before: Instant) {
        self.done();
        if let Some(line) = self.hosts.get_mut(host) {
            line.jobs.push_back(Job { tried: job.tried + 1, ..job });
            line.free = line.free.max(not_before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_asked_once_in_a_while_and_others_meanwhile() {
        let now = Instant::now();
        let gap = Duration::from_secs(1);
        let mut queue = Queue::new(["a", "a", "b"].into_iter().map(str::to_owned), gap, now);
        assert_eq!(queue.next(now), Turn::Ask(Job { at: 0, tried: 0 }));
        assert_eq!(queue.next(now), Turn::Ask(Job { at: 2, tried: 0 }));
        assert_eq!(queue.next(now), Turn::Wait(gap));
        queue.done();
        queue.again("b", Job { at: 2, tried: 0 }, now + 3 * gap);
        assert_eq!(queue.next(now + gap), Turn::Ask(Job { at: 1, tried: 0 }));
        queue.done();
        assert_eq!(queue.next(now + gap), Turn::Wait(2 * gap));
        assert_eq!(queue.next(now + 3 * gap), Turn::Ask(Job { at: 2, tried: 1 }));
        queue.done();
        assert_eq!(queue.next(now + 9 * gap), Turn::Done);
    }
}
