//! What comes first, where several may come first alike.
//!
//! The order of a file means nothing. So wherever a lens or a report says which of
//! several leads, values within [`TIE`] of one another count as equal, and the id that
//! sorts first breaks the tie; who shares it is [`tied`].

/// Values closer than this are a tie: far above the error of summing in another order,
/// far below any difference that means something.
pub const TIE: f64 = 1e-9;

/// Index of the largest value. Of several within [`TIE`] of it, the one whose name sorts
/// first; 0 where there is none.
pub fn leading<K: Ord>(values: &[f64], name: impl Fn(usize) -> K) -> usize {
    largest(values, &name, None).unwrap_or(0)
}

/// Index of the largest value and of the largest of the others, ties as in [`leading`];
/// the same index twice where there is only one.
pub fn first_two<K: Ord>(values: &[f64], name: impl Fn(usize) -> K) -> (usize, usize) {
    let first = largest(values, &name, None).unwrap_or(0);
    (first, largest(values, &name, Some(first)).unwrap_or(first))
}

/// All that share the largest value within [`TIE`], in the order of their names; one
/// alone where nothing ties with it.
pub fn tied<K: Ord>(values: &[f64], name: impl Fn(usize) -> K) -> Vec<usize> {
    let top = top(values, None);
    let mut all: Vec<usize> = (0..values.len())
        .filter(|i| values[*i] >= top - TIE)
        .collect();
    all.sort_by_key(|i| name(*i));
    all
}

/// Order of two sizes, the larger first; those within about [`TIE`] are alike.
pub fn larger_first(a: f64, b: f64) -> std::cmp::Ordering {
    coarse(b).total_cmp(&coarse(a))
}

/// A value without what lies below [`TIE`], so that sums in another order, and figures
/// printed from them, come out the same.
pub fn coarse(x: f64) -> f64 {
    let steps = (x / TIE).round();
    if steps.is_finite() && steps.abs() < 9e15 {
        steps * TIE + 0.0
    } else {
        x
    }
}

/// A probability in whole per cent; what is neither 0 nor 1 is not written as either.
pub fn percent(p: f64) -> String {
    match 100.0 * p {
        x if x > 0.0 && x < 0.5 => "<1 %".to_owned(),
        x if (99.5..100.0).contains(&x) => ">99 %".to_owned(),
        x => format!("{x:.0} %"),
    }
}

fn top(values: &[f64], skip: Option<usize>) -> f64 {
    let others = values.iter().enumerate().filter(|(i, _)| Some(*i) != skip);
    others.map(|(_, v)| *v).fold(f64::NEG_INFINITY, f64::max)
}

fn largest<K: Ord>(
    values: &[f64],
    name: &impl Fn(usize) -> K,
    skip: Option<usize>,
) -> Option<usize> {
    let top = top(values, skip);
    (0..values.len())
        .filter(|i| Some(*i) != skip && values[*i] >= top - TIE)
        .min_by_key(|i| name(*i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_chances_are_not_written_as_none_or_all() {
        let told = [0.0, 0.004, 0.5, 0.996, 1.0].map(percent);
        assert_eq!(told, ["0 %", "<1 %", "50 %", ">99 %", "100 %"]);
    }

    #[test]
    fn names_break_ties_and_order_does_not() {
        let names = ["strike", "blockade", "wait"];
        let values = [0.4, 0.4 - 1e-12, 0.2];
        let by_name = |i: usize| names[i];
        assert_eq!(leading(&values, by_name), 1);
        assert_eq!(first_two(&values, by_name), (1, 0));
        assert_eq!(tied(&values, by_name), [1, 0]);
        let turned = [0.2, 0.4 - 1e-12, 0.4];
        assert_eq!(leading(&turned, |i| names[2 - i]), 1);
        assert_eq!(tied(&[0.9, 0.1], |i| i), [0]);
        assert_eq!(first_two(&[0.3], |i| i), (0, 0));
        assert_eq!(leading(&[], |i| i), 0);
    }

    #[test]
    fn coarse_values_print_alike() {
        assert_eq!(coarse(0.1 + 0.2), coarse(0.3));
        assert_eq!(format!("{:+.2}", coarse(-1e-17)), "+0.00");
        assert_eq!(coarse(f64::INFINITY), f64::INFINITY);
        assert_eq!(larger_first(0.1 + 0.2, 0.3), std::cmp::Ordering::Equal);
        assert_eq!(larger_first(2.0, 1.0), std::cmp::Ordering::Less);
    }
}
