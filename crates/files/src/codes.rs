//! The stable codes of what can be wrong with a file of the library.
//!
//! Each has a page under `docs/explain/codes/`.

use raison_core::Code;

/// The file is empty.
pub const EMPTY: Code = Code("R0001");
/// The file is not UTF-8.
pub const NOT_UTF8: Code = Code("R0002");
/// The file is larger than a file of the library can be.
pub const TOO_LARGE: Code = Code("R0003");
/// The path does not exist, cannot be read, or is no file of the library.
pub const NOT_READABLE: Code = Code("R0004");
/// The file is not TOML.
pub const NOT_TOML: Code = Code("R0005");
/// The CSV cannot be read.
pub const NOT_CSV: Code = Code("R0006");
/// The file does not say what it is.
pub const NO_KIND: Code = Code("R0007");
/// The file is nested too deeply.
pub const TOO_DEEP: Code = Code("R0008");

/// A key is not known here.
pub const UNKNOWN_KEY: Code = Code("R0101");
/// A key is missing.
pub const MISSING_KEY: Code = Code("R0102");
/// A value is of the wrong type.
pub const WRONG_TYPE: Code = Code("R0103");
/// A word is not one of those that may stand here.
pub const UNKNOWN_WORD: Code = Code("R0104");
/// Two things have the same id.
pub const DUPLICATE_ID: Code = Code("R0105");
/// An id is not of the right form.
pub const BAD_ID: Code = Code("R0106");
/// A list has too few entries.
pub const TOO_FEW: Code = Code("R0107");

/// A number is outside its domain, or not finite.
pub const OUT_OF_DOMAIN: Code = Code("R0201");
/// A range is the wrong way round.
pub const BAD_RANGE: Code = Code("R0202");
/// Probabilities do not sum to 1.
pub const BAD_SUM: Code = Code("R0203");
/// A date is later than it may be.
pub const TOO_LATE: Code = Code("R0204");
/// A number is not written as one.
pub const BAD_NUMBER: Code = Code("R0205");

/// Something that is named does not exist.
pub const UNKNOWN_REFERENCE: Code = Code("R0301");
/// A slug of the library does not exist.
pub const UNKNOWN_SLUG: Code = Code("R0302");
/// A path of `--set` names no input.
pub const UNKNOWN_PATH: Code = Code("R0303");
/// A release opens what is no tactical bar.
pub const BAD_RELEASE: Code = Code("R0304");
/// A lens does not exist.
pub const UNKNOWN_LENS: Code = Code("R0305");

/// A number has neither source nor judgement.
pub const UNSTATED: Code = Code("R0501");
/// A citation key is not in the bibliography.
pub const UNKNOWN_CITATION: Code = Code("R0502");
/// The bibliography cannot be read.
pub const BAD_BIBLIOGRAPHY: Code = Code("R0503");

/// A value that a lens needs is missing; a default stands in.
pub const ASSUMED: Code = Code("R0601");
/// No alternative states an effect that a pillar aims at.
pub const NO_EFFECT: Code = Code("R0602");
