//! How much of what states do in crises is the leader's, and what happens when leaders go.

pub mod authority;
pub mod exits;
pub mod mixed;
pub mod outcomes;
pub mod pairs;
pub mod permute;
pub mod rows;
pub mod share;
pub mod succession;
