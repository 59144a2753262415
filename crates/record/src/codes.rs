//! The codes of this crate's diagnostics; `docs/explain/codes` has a page for each.

use raison_core::Code;

/// A file that cannot be read: no such file, no permission, a folder where a file is due.
pub const UNREADABLE: Code = Code("R3001");
/// Packed data that ends early or is damaged.
pub const DAMAGED: Code = Code("R3002");
/// A file that unpacks to far more than it should.
pub const TOO_LARGE: Code = Code("R3003");
/// A column that the pack needs is not in the file.
pub const MISSING_COLUMN: Code = Code("R3004");
/// A cell that is not of its column's type.
pub const BAD_CELL: Code = Code("R3005");
/// A row with more or fewer cells than the header.
pub const RAGGED: Code = Code("R3006");
/// A value outside its column's range, as when columns are shifted.
pub const OUT_OF_RANGE: Code = Code("R3007");
/// Two rows with the same key.
pub const DUPLICATE_KEY: Code = Code("R3008");
/// A key column with an empty cell.
pub const EMPTY_KEY: Code = Code("R3009");
/// A file that belongs to no known pack.
pub const UNKNOWN_FILE: Code = Code("R3010");
/// A file that matches no known version.
pub const UNVERIFIED: Code = Code("R3011");
/// The store lacks a table that is asked for.
pub const NOT_IN_STORE: Code = Code("R3012");
/// The store is damaged or changed by others.
pub const STORE_DAMAGED: Code = Code("R3013");
/// Text that is not UTF-8.
pub const NOT_UTF8: Code = Code("R3014");
/// A column that no pack knows; it is left out.
pub const UNKNOWN_COLUMN: Code = Code("R3015");
/// A cell that a lenient pack reads as missing.
pub const CELL_DROPPED: Code = Code("R3016");
/// Two columns with the same name.
pub const DUPLICATE_COLUMN: Code = Code("R3017");
/// A download that did not work.
pub const DOWNLOAD: Code = Code("R3020");
/// A file kind that is not known.
pub const UNKNOWN_FORMAT: Code = Code("R3021");
/// A table, column, attribute or measure name that is not known.
pub const UNKNOWN_NAME: Code = Code("R3030");
/// A request that makes no sense, such as years that end before they start.
pub const BAD_REQUEST: Code = Code("R3031");
/// A formula that cannot be read.
pub const BAD_FORMULA: Code = Code("R3040");
/// A model that cannot be fitted to the data.
pub const NO_FIT: Code = Code("R3041");
