//! Filters that tables are cut with.

use crate::column::{RowFilter, RowView};

/// Rows with the lower state code first.
pub fn lower_code_first() -> impl RowFilter {
    |row: &dyn RowView| row.number("ccode1") < row.number("ccode2")
}

/// Rows of some years.
pub fn between(from: Option<i32>, to: Option<i32>) -> impl RowFilter {
    move |row: &dyn RowView| {
        let year = row.number("year").unwrap_or(f64::NAN);
        from.is_none_or(|f| year >= f64::from(f)) && to.is_none_or(|t| year <= f64::from(t))
    }
}
