pub mod book;
pub mod config;
pub mod diagnostic;
pub mod index;
pub mod link;
pub mod markdown;
pub mod path;
