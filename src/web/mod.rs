//! Asking other servers whether an address still leads somewhere.
//!
//! A library of its own: addresses in, [`Answer`]s out. Many hosts are asked at once, each one only so often; who is
//! busy is asked again later; redirections are followed and told apart by whether they are for good. The client is
//! ureq with rustls; nothing of a body is read.

mod address;
mod ask;
mod cache;
mod queue;

pub use address::{host, without_fragment};
pub use ask::{Pace, ask};
pub use cache::Cache;

use serde::{Deserialize, Serialize};

/// What a server says of an address.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase", tag = "is", content = "what")]
pub enum Answer {
    /// There is something.
    Good,
    /// There is something, elsewhere and for good: where.
    Moved(String),
    /// There is nothing: why.
    Dead(String),
    /// It does not say, or cannot be asked: why.
    Unsure(String),
}
