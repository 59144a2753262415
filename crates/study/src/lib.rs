//! See ARCHITECTURE.md for what this crate may know.
