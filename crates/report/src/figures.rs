//! Numbers as people read them.

use raison_core::Uncertain;

/// A number with at most three decimals, without trailing zeros; `–` where it is
/// undefined.
pub(crate) fn number(x: f64) -> String {
    if !x.is_finite() {
        return undefined(x).to_owned();
    }
    let size = x.abs();
    let text = match size {
        s if s >= 1e6 || (s < 5e-4 && s > 0.0) => return format!("{x:.1e}").replace('-', "−"),
        s if s >= 100.0 => format!("{x:.1}"),
        _ => format!("{x:.3}"),
    };
    let text = text.trim_end_matches('0').trim_end_matches('.');
    minus(if text == "-0" { "0" } else { text })
}

/// A number with its sign and two decimals.
pub(crate) fn signed(x: f64) -> String {
    if !x.is_finite() {
        return undefined(x).to_owned();
    }
    let text = format!("{x:+.2}");
    minus(if text == "-0.00" { "+0.00" } else { &text })
}

/// A number with two decimals.
pub(crate) fn fixed(x: f64) -> String {
    if !x.is_finite() {
        return undefined(x).to_owned();
    }
    let text = format!("{x:.2}");
    minus(if text == "-0.00" { "0.00" } else { &text })
}

/// A share as a whole percentage without its sign; what is not quite none or all says
/// so.
pub(crate) fn percent(p: f64) -> String {
    match p {
        p if !p.is_finite() => undefined(p).to_owned(),
        p if p > 0.0 && p < 0.005 => "<1".to_owned(),
        p if (0.995..1.0).contains(&p) => ">99".to_owned(),
        p => format!("{:.0}", p * 100.0),
    }
}

/// A change of a share in whole percentage points with its sign.
pub(crate) fn points(p: f64) -> String {
    if !p.is_finite() {
        return undefined(p).to_owned();
    }
    let text = format!("{:+.0}", p * 100.0);
    match text.as_str() {
        "-0" | "+0" => "0".to_owned(),
        other => minus(other),
    }
}

/// Two ends: `0.2–0.4`, or `−1 to 0.5` where a sign would blur the dash.
pub(crate) fn range(low: f64, high: f64) -> String {
    let dash = if low < 0.0 || high < 0.0 {
        " to "
    } else {
        "–"
    };
    format!("{}{dash}{}", number(low), number(high))
}

/// A number with its range.
pub(crate) fn amount(amount: Uncertain) -> String {
    let central = number(amount.central());
    match amount {
        Uncertain::Known(_) => central,
        _ => {
            let (low, high) = amount.ends();
            format!("{central} ({})", range(low, high))
        }
    }
}

/// Whether a cell holds a figure rather than words.
pub(crate) fn is_figure(cell: &str) -> bool {
    let mark = |c: char| c.is_ascii_digit() || " .,+-−–%<>∞()[]/×".contains(c);
    cell.chars().all(mark)
}

/// A whole number with thousands set apart.
pub(crate) fn whole(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 lens`, `2 lenses`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", whole(n), if n == 1 { one } else { many })
}

fn undefined(x: f64) -> &'static str {
    match x {
        f64::INFINITY => "∞",
        f64::NEG_INFINITY => "−∞",
        _ => "–",
    }
}

/// The text with minus signs before figures, where hyphens stand for them.
pub(crate) fn typeset(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let sign = c == '-'
            && matches!(before, ' ' | '(' | '“' | '\u{a0}')
            && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(if sign { '−' } else { c });
        before = c;
    }
    out
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_before_figures_become_minus_signs() {
        assert_eq!(typeset("-0.26 and (-1), x"), "−0.26 and (−1), x");
        let kept = "NSC-68 of 1950-04-14, I-1, 5-10, a - b, --draws -x";
        assert_eq!(typeset(kept), kept);
    }

    #[test]
    fn figures_read_as_written() {
        assert_eq!(number(0.35), "0.35");
        assert_eq!(number(-2.0), "−2");
        assert_eq!(number(1234.56), "1234.6");
        assert_eq!(number(f64::NAN), "–");
        assert_eq!(number(f64::INFINITY), "∞");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(0.00004), "4.0e−5");
        assert_eq!(signed(-0.001), "+0.00");
        assert_eq!(percent(0.004), "<1");
        assert_eq!(percent(0.999), ">99");
        assert_eq!(percent(1.0), "100");
        assert_eq!(percent(0.0), "0");
        assert_eq!(points(-0.12), "−12");
        assert_eq!(whole(1_234_567), "1,234,567");
        assert_eq!(count(1, "lens", "lenses"), "1 lens");
    }
}
