//! Text into checked values: all knowledge of file formats lives here.
//!
//! A loader reports every problem it finds, each with its place. It knows no lens, and
//! it never opens a file by itself: a [`library::Shelf`] hands it names and bytes.

pub mod actors;
pub mod case;
pub mod cite;
pub mod codes;
pub mod condition;
pub mod conflict;
pub mod csv_rows;
pub mod doctrine;
pub mod efg;
pub mod gambit;
pub mod leader;
pub mod library;
pub mod nfg;
pub mod number;
pub mod predicate;
pub mod question;
pub mod source;
pub mod statement;
pub mod suggest;
pub mod table;

pub use cite::{Bibliography, Work};
pub use library::{Chosen, Kind, Loader, Shelf, Swap};
