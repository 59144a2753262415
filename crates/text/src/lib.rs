//! Text in, measures out: speeches into profiles, pages into articles, statements and events.
//!
//! Nothing here reads a file, a clock or the network: the caller hands over text and
//! lexicon. Every number can be traced to the sentence that it came from.

pub mod clause;
pub mod dates;
pub mod decode;
pub mod draft;
pub mod events;
pub mod lexicon;
pub mod names;
pub mod page;
pub mod profile;
pub mod quote;
pub mod score;
pub mod tag;
pub mod token;
pub mod traits;
pub mod turns;
pub mod vics;
