//! What is wrong with the numbers that a solver was given.

use std::fmt;

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a solver refuses its input. Indices count from 0 in the caller's order.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// A list that must hold something is empty.
    Empty {
        /// What is missing, in the plural: `actors`.
        what: &'static str,
    },
    /// Two lists that must be equally long are not.
    Length {
        /// What is counted.
        what: &'static str,
        /// How many are needed.
        expected: usize,
        /// How many came.
        found: usize,
    },
    /// A number is infinite or not a number.
    NotFinite {
        /// Which quantity.
        what: &'static str,
        /// Whose.
        index: usize,
    },
    /// A number lies outside its domain.
    OutOfRange {
        /// Which quantity.
        what: &'static str,
        /// Whose.
        index: usize,
        /// The number.
        value: f64,
        /// The domain in words: `0 or more`.
        domain: &'static str,
    },
    /// All weights are zero, so nobody decides.
    NoWeight,
    /// No point makes every actor better off than disagreement.
    NoAgreement {
        /// One of two actors whose acceptable sets do not meet.
        first: usize,
        /// The other.
        second: usize,
    },
    /// The answer would need more memory or time than a solver may take.
    TooLarge {
        /// What is too many.
        what: &'static str,
        /// How many came.
        found: usize,
        /// How many are allowed.
        most: usize,
    },
    /// Anything else about the structure of the input.
    Structure(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Empty { what } => write!(f, "there are no {what}"),
            Error::Length {
                what,
                expected,
                found,
            } => write!(f, "expected {expected} {what}, found {found}"),
            Error::NotFinite { what, index } => {
                write!(f, "{what} of number {} is not a finite number", index + 1)
            }
            Error::OutOfRange {
                what,
                index,
                value,
                domain,
            } => write!(
                f,
                "{what} of number {} is {value}, but must be {domain}",
                index + 1
            ),
            Error::NoWeight => write!(f, "all weights are zero, so nobody decides"),
            Error::NoAgreement { first, second } => write!(
                f,
                "no point is better than disagreement for both number {} and number {}",
                first + 1,
                second + 1
            ),
            Error::TooLarge { what, found, most } => {
                write!(f, "{found} {what} are too many; at most {most} are allowed")
            }
            Error::Structure(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}

/// Checks that every number is finite.
pub(crate) fn finite(what: &'static str, list: &[f64]) -> Result<()> {
    match list.iter().position(|v| !v.is_finite()) {
        Some(index) => Err(Error::NotFinite { what, index }),
        None => Ok(()),
    }
}

/// Checks that every number is finite and not negative.
pub(crate) fn not_negative(what: &'static str, list: &[f64]) -> Result<()> {
    finite(what, list)?;
    match list.iter().position(|v| *v < 0.0) {
        Some(index) => Err(Error::OutOfRange {
            what,
            index,
            value: list[index],
            domain: "0 or more",
        }),
        None => Ok(()),
    }
}

/// Checks the length of a list.
pub(crate) fn length(what: &'static str, expected: usize, found: usize) -> Result<()> {
    if expected == found {
        Ok(())
    } else {
        Err(Error::Length {
            what,
            expected,
            found,
        })
    }
}
