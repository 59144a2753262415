//! Codes of what can be wrong with a world: R6000 to R6019.

use raison_core::Code;

/// A state is named that the world does not hold.
pub const UNKNOWN_STATE: Code = Code("R6001");
/// A share is outside 0 to 1.
pub const BAD_SHARE: Code = Code("R6002");
/// A capability or another quantity is negative.
pub const NEGATIVE: Code = Code("R6003");
/// Movements sponsor each other in a circle.
pub const SPONSOR_CYCLE: Code = Code("R6004");
/// The shares of one state in one layer sum to more than 1.
pub const SHARES_ABOVE_ONE: Code = Code("R6005");
/// A corridor crosses fewer than two states, or one of them twice.
pub const BAD_CORRIDOR: Code = Code("R6006");
/// A tie or border joins a state to itself.
pub const TO_ITSELF: Code = Code("R6007");
/// A parameter is not in the table.
pub const UNKNOWN_PARAMETER: Code = Code("R6008");
/// A doctrine aims at what this world does not measure, or at a state outside it.
pub const AIM_OUTSIDE: Code = Code("R6009");
/// Two states have the same code.
pub const SAME_STATE: Code = Code("R6010");
/// A world with fewer than two states, or with more than can be simulated.
pub const STATE_COUNT: Code = Code("R6011");
/// The shares of capabilities of all states sum to more than 1.
pub const SHARES_OF_ALL: Code = Code("R6013");
/// A border stands twice.
pub const SAME_BORDER: Code = Code("R6014");
/// A tie, a sponsorship, or the id of an item stands twice.
pub const TWICE: Code = Code("R6015");
/// A tie goes through one of the two states that it joins.
pub const THROUGH_ITSELF: Code = Code("R6016");
/// Leaders of a state are not in the order of time.
pub const OUT_OF_ORDER: Code = Code("R6017");
/// A place that is not on the globe.
pub const NOWHERE: Code = Code("R6018");
/// A tie or sponsorship that says nothing.
pub const EMPTY: Code = Code("R6019");
/// A year that cannot be simulated.
pub const BAD_YEAR: Code = Code("R6012");
