//! How much of what states do in crises is the leader's, and what happens when leaders go.

pub mod mixed;
