//! The predicate language, from outside.

mod differential;
mod documents;
mod evaluation;
mod messages;
mod properties;
mod words;
