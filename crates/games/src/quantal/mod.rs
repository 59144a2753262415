//! Logit quantal response equilibria, followed from chance play along a branch.
//!
//! Every player (or, in the agent form, every information set) chooses strategy j with a
//! probability proportional to exp(λ·u_j), where u_j is what j earns against the others'
//! probabilities (McKelvey & Palfrey 1995, eq. 5; 1998 for the agent form). Precision λ
//! is 0 or more, per unit of payoff. At λ = 0 everyone plays all strategies alike; from
//! there the *principal branch* is followed by pseudo-arclength continuation in the log
//! odds (Turocy 2005 uses log probabilities), which passes folds without noticing.
//!
//! A branch may meet another at a bifurcation. There the determinant of the bordered
//! system changes sign; the point is located, the branches that leave it are followed
//! too, and the answer names them all. An answer is never given for a smaller λ than
//! asked.

mod agent;
mod branch;
mod strategic;

pub use agent::agent_quantal_response;
pub use branch::{Bifurcation, Branch, Quantal};
pub use strategic::quantal_response;
