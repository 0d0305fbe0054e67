//! Asking: threads that take addresses from the queue, and what each answer means.

use super::Answer;
use super::address::{host, joined, wired};
use super::queue::{Job, Queue, Turn};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::StatusCode;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use ureq::tls::TlsConfig;
use ureq::{Agent, Error};

/// How fast and how patiently to ask.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Requests a host gets in a second.
    pub per_second: f64,
    /// How many are asked at once.
    pub workers: usize,
    /// How often an address is asked before it is given up.
    pub tries: u32,
    /// How long an answer may take.
    pub timeout: Duration,
    /// How long to wait before asking again; each time twice as long.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            per_second: 2.0,
            workers: 16,
            tries: 3,
            timeout: Duration::from_secs(20),
            patience: Duration::from_secs(2),
        }
    }
}

/// A server that wants to be left alone for longer is not asked again in this run.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Redirections that are followed, as browsers do about.
const HOPS: usize = 10;

/// Asks for each address; the answers are by address.
#[must_use]
pub fn ask(urls: &[String], pace: &Pace) -> BTreeMap<String, Answer> {
    let gap = Duration::try_from_secs_f64(1.0 / pace.per_second.clamp(0.01, 1000.0)).unwrap_or_default();
    let queue = Mutex::new(Queue::new(urls.iter().map(|url| host(url)), gap, Instant::now()));
    let (free, answers) = (Condvar::new(), Mutex::new(BTreeMap::new()));
    let agent = agent(pace);
    let work = || {
        let mut lock = queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match lock.next(Instant::now()) {
                Turn::Done => break,
                Turn::Wait(time) => {
                    lock = free.wait_timeout(lock, time).unwrap_or_else(PoisonError::into_inner).0;
                }
                Turn::Ask(job) => {
                    drop(lock);
                    let url = urls.get(job.at).map_or("", String::as_str);
                    let said = request(&agent, url);
                    lock = queue.lock().unwrap_or_else(PoisonError::into_inner);
                    match said {
                        Said::Busy(_, wait) if job.tried + 1 < pace.tries && wait <= LONGEST_PAUSE => {
                            lock.again(&host(url), job, Instant::now() + wait.max(pause(pace, job)));
                        }
                        Said::Busy(why, _) => {
                            lock.done();
                            keep(&answers, url, Answer::Unsure(why));
                        }
                        Said::Answer(answer) => {
                            lock.done();
                            keep(&answers, url, answer);
                        }
                    }
                    free.notify_all();
                }
            }
        }
        free.notify_all();
    };
    std::thread::scope(|threads| {
        for _ in 0..pace.workers.clamp(1, 64).min(urls.len()) {
            threads.spawn(work);
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn keep(answers: &Mutex<BTreeMap<String, Answer>>, url: &str, answer: Answer) {
    answers.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned(), answer);
}

/// Twice as long each time.
fn pause(pace: &Pace, job: Job) -> Duration {
    pace.patience.saturating_mul(1 << job.tried.min(10))
}

fn agent(pace: &Pace) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(pace.timeout))
        .user_agent(concat!("portolan/", env!("CARGO_PKG_VERSION"), " (link check)"));
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    let config = {
        let provider = std::sync::Arc::new(rustls_graviola::default_provider());
        config.tls_config(TlsConfig::builder().unversioned_rustls_crypto_provider(provider).build())
    };
    Agent::new_with_config(config.build())
}

/// What came of one question.
enum Said {
    Answer(Answer),
    /// Ask again, after so long at least.
    Busy(String, Duration),
}

/// Asks, and follows where it is told to go.
fn request(agent: &Agent, url: &str) -> Said {
    let mut here = wired(url);
    let mut is_for_good = true;
    for _ in 0..HOPS {
        let (status, location, wait) = match status(agent, &here) {
            Ok(found) => found,
            Err(said) => return said,
        };
        if !status.is_redirection() {
            return judged(status, wait, (here != wired(url) && is_for_good).then_some(here));
        }
        is_for_good &= matches!(status.as_u16(), 301 | 308);
        match location.and_then(|location| joined(&here, &location)) {
            Some(next) => here = wired(&next),
            None => return Said::Answer(Answer::Unsure(format!("{} without a place to go", words(status)))),
        }
    }
    Said::Answer(Answer::Dead(format!("more than {HOPS} redirections")))
}

type Found = (StatusCode, Option<String>, Duration);

/// The status of an address: asked without its body, and if that is not liked, with it.
fn status(agent: &Agent, url: &str) -> Result<Found, Said> {
    let mut last = None;
    for with_body in [false, true] {
        let asked = if with_body { agent.get(url).call() } else { agent.head(url).call() };
        let response = match asked {
            Ok(response) => response,
            // Some servers hang up on what they do not know.
            Err(_) if !with_body => continue,
            Err(error) => return Err(failed(&error)),
        };
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let wait =
            header(RETRY_AFTER).and_then(|value| value.trim().parse().ok()).map_or(Duration::ZERO, Duration::from_secs);
        let found = (response.status(), header(LOCATION), wait);
        if !found.0.is_client_error() && !found.0.is_server_error() || found.0 == StatusCode::TOO_MANY_REQUESTS {
            return Ok(found);
        }
        last = Some(found);
    }
    last.ok_or_else(|| Said::Answer(Answer::Unsure("no answer".to_owned())))
}

fn judged(status: StatusCode, wait: Duration, moved: Option<String>) -> Said {
    let why = words(status);
    match status.as_u16() {
        200..=299 => Said::Answer(moved.map_or(Answer::Good, Answer::Moved)),
        404 | 410 => Said::Answer(Answer::Dead(why)),
        408 | 425 | 429 | 500..=599 => Said::Busy(why, wait),
        _ => Said::Answer(Answer::Unsure(why)),
    }
}

fn words(status: StatusCode) -> String {
    format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or("(no words)")).trim_end().to_owned()
}

fn failed(error: &Error) -> Said {
    match error {
        Error::HostNotFound => Said::Answer(Answer::Unsure("there is no such host".to_owned())),
        Error::BadUri(why) => Said::Answer(Answer::Dead(format!("this is no address: {why}"))),
        Error::Tls(_) | Error::Rustls(_) => Said::Answer(Answer::Unsure(error.to_string())),
        other => Said::Busy(other.to_string(), Duration::ZERO),
    }
}
