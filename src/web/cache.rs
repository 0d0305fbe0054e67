//! Answers that are kept from one run to the next.
//!
//! Only good ones are: whoever mends a dead link wants to see that it is mended.

use super::Answer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers by address, and when they were given, in seconds since 1970.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
pub struct Cache {
    answers: BTreeMap<String, Kept>,
}

#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
struct Kept {
    at: u64,
    #[serde(flatten)]
    answer: Answer,
}

const DAY: u64 = 24 * 60 * 60;

impl Cache {
    /// From the text of its file; a file that is not one is an empty cache.
    #[must_use]
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// As the text of its file.
    #[must_use]
    pub fn write(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }

    /// What is known of an address, if it is not older than some days.
    #[must_use]
    pub fn get(&self, url: &str, now: u64, days: u32) -> Option<&Answer> {
        let kept = self.answers.get(url)?;
        let is_fresh = kept.at <= now && now - kept.at < u64::from(days) * DAY;
        is_fresh.then_some(&kept.answer)
    }

    /// Keeps what was answered now, and forgets what is too old to be believed.
    pub fn put(&mut self, answers: &BTreeMap<String, Answer>, now: u64, days: u32) {
        self.answers.retain(|_, kept| kept.at <= now && now - kept.at < u64::from(days) * DAY);
        for (url, answer) in answers {
            match answer {
                Answer::Good | Answer::Moved(_) => {
                    self.answers.insert(url.clone(), Kept { at: now, answer: answer.clone() });
                }
                Answer::Dead(_) | Answer::Unsure(_) => {
                    self.answers.remove(url);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_answers_are_believed_for_some_days() {
        let mut cache = Cache::default();
        let answers = [("a", Answer::Good), ("b", Answer::Dead("404".into())), ("c", Answer::Moved("d".into()))];
        cache.put(&answers.map(|(url, answer)| (url.to_owned(), answer)).into(), 1000, 7);
        let read = Cache::read(&cache.write());
        assert_eq!(read, cache);
        assert_eq!(read.get("a", 1000 + 6 * DAY, 7), Some(&Answer::Good));
        assert_eq!(read.get("c", 1000, 7), Some(&Answer::Moved("d".into())));
        assert_eq!(read.get("b", 1000, 7), None);
        assert_eq!(read.get("a", 1000 + 7 * DAY, 7), None);
        assert_eq!(read.get("a", 999, 7), None);
    }

    #[test]
    fn a_broken_file_is_an_empty_cache() {
        assert_eq!(Cache::read("{\"answers\": 3"), Cache::default());
    }
}
