//! Dates as texts write them. What is not said is not guessed: a day without a year stays
//! one, and `last Monday` is only reported.

use crate::token::{Kind, Token, Tokens};
use std::ops::Range;

/// How much of a date is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
    /// The year.
    Year,
    /// A decade, such as `the 1950s`.
    Decade,
    /// Day and month, or a month, without a year.
    NoYear,
    /// `yesterday`, `last week`, `Monday`.
    Relative,
}

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// As written.
    pub text: String,
    /// How much is said.
    pub precision: Precision,
    /// Year.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl DateMention {
    /// `2026-07-07`, `2026-07`, `2026`, `1950s`, `--02-28`; `None` for relative dates.
    pub fn iso(&self) -> Option<String> {
        let day = self.day.map_or(String::new(), |d| format!("-{d:02}"));
        let month = self.month.map_or(String::new(), |m| format!("-{m:02}"));
        match self.precision {
            Precision::Relative => None,
            Precision::NoYear => Some(format!("-{month}{day}")),
            Precision::Decade => self.year.map(|y| format!("{y}s")),
            _ => self.year.map(|y| format!("{y:04}{month}{day}")),
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const RELATIVE: [&str; 4] = ["yesterday", "today", "tomorrow", "tonight"];

/// All dates of a text.
pub fn dates_in(text: &str) -> Vec<DateMention> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    dates(text, &tokens.list)
}

/// All dates among tokens, from left to right.
pub fn dates(text: &str, tokens: &[Token]) -> Vec<DateMention> {
    let reader = Reader { text, tokens };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.at(at) {
            Some((mention, width)) => {
                out.push(mention);
                at += width;
            }
            None => at += 1,
        }
    }
    out
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

#[derive(Clone, Copy, Default)]
struct Found {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    width: usize,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    fn at(&self, at: usize) -> Option<(DateMention, usize)> {
        let found = self
            .iso(at)
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at));
        if let Some(f) = found {
            let precision = match (f.year, f.month, f.day) {
                (Some(_), _, Some(_)) => Precision::Day,
                (Some(_), Some(_), None) => Precision::Month,
                _ => Precision::NoYear,
            };
            return Some((self.mention(at, precision, f), f.width));
        }
        self.year_alone(at).or_else(|| self.relative(at))
    }

    fn mention(&self, at: usize, precision: Precision, f: Found) -> DateMention {
        let start = self.tokens.get(at).map_or(0, |t| t.start as usize);
        let last = at + f.width.saturating_sub(1);
        let end = self.tokens.get(last).map_or(start, |t| t.end as usize);
        DateMention {
            span: start..end,
            text: self.text.get(start..end).unwrap_or("").to_string(),
            precision,
            year: f.year,
            month: f.month,
            day: f.day,
        }
    }

    /// `2026-07-07`
    fn iso(&self, at: usize) -> Option<Found> {
        let word = self.word(at);
        let mut parts = word.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || parts.next().is_some() {
            return None;
        }
        Some(Found {
            year: Some(year_of(year)?),
            month: Some(in_range(month, 12)?),
            day: Some(in_range(day, 31)?),
            width: 1,
        })
    }

    fn month(&self, at: usize) -> Option<u8> {
        if !self.tokens.get(at)?.capital {
            return None;
        }
        let word = self.word(at).trim_end_matches('.').to_lowercase();
        let long = |m: &str| m == word;
        let short = |m: &str| {
            word.len() >= 3
                && word.len() <= 4
                && m.starts_with(&word)
                && word != "mar"
                && word != "may"
        };
        let found = MONTHS.iter().position(|m| long(m) || short(m))?;
        Some(found as u8 + 1)
    }

    fn day(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let suffix = &word[digits.len()..];
        matches!(suffix, "" | "st" | "nd" | "rd" | "th")
            .then(|| in_range(digits, 31))
            .flatten()
    }

    fn year(&self, at: usize) -> Option<u16> {
        let word = self.word(at);
        (word.len() == 4).then(|| year_of(word)).flatten()
    }

    /// The year after a date: `, 2026`, `2026`, `of 2026`.
    fn year_after(&self, at: usize) -> (Option<u16>, usize) {
        if let Some(year) = self.year(at) {
            return (Some(year), 1);
        }
        let joins = matches!(self.word(at), "," | "of");
        match self.year(at + 1).filter(|_| joins) {
            Some(year) => (Some(year), 2),
            None => (None, 0),
        }
    }

    /// `July 7, 2026`, `July 2026`, `July 7`, `July` (only after a preposition)
    fn month_first(&self, at: usize) -> Option<Found> {
        let month = self.month(at)?;
        let day = self.day(at + 1);
        let (year, more) = self.year_after(at + 1 + usize::from(day.is_some()));
        let before = at.checked_sub(1).map_or("", |i| self.word(i));
        let placed = matches!(
            before,
            "in" | "In" | "since" | "Since" | "last" | "until" | "of" | "by" | "this"
        );
        let ok = day.is_some() || year.is_some() || placed;
        ok.then_some(Found {
            year,
            month: Some(month),
            day,
            width: 1 + usize::from(day.is_some()) + more,
        })
    }

    /// `7 July 2026`, `the 7th of July`
    fn day_first(&self, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        let of = usize::from(self.word(at + 1) == "of");
        let month = self.month(at + 1 + of)?;
        let (year, more) = self.year_after(at + 2 + of);
        Some(Found {
            year,
            month: Some(month),
            day: Some(day),
            width: 2 + of + more,
        })
    }

    /// `1953` where it is no quantity, `the 1950s`
    fn year_alone(&self, at: usize) -> Option<(DateMention, usize)> {
        let word = self.word(at);
        if let Some(decade) = word.strip_suffix('s').filter(|d| d.len() == 4) {
            let year = year_of(decade)?;
            let found = Found {
                year: Some(year),
                width: 1,
                ..Found::default()
            };
            return Some((self.mention(at, Precision::Decade, found), 1));
        }
        let year = self.year(at)?;
        let next = self.word(at + 1);
        let quantity = matches!(
            next,
            "people"
                | "men"
                | "troops"
                | "soldiers"
                | "dollars"
                | "percent"
                | "tons"
                | "miles"
                | "%"
                | "acres"
        );
        let before = at.checked_sub(1).map_or("", |i| self.word(i));
        if quantity || matches!(before, "$" | "No." | "£" | "€") {
            return None;
        }
        let found = Found {
            year: Some(year),
            width: 1,
            ..Found::default()
        };
        Some((self.mention(at, Precision::Year, found), 1))
    }

    fn relative(&self, at: usize) -> Option<(DateMention, usize)> {
        let token = self.tokens.get(at).filter(|t| t.kind == Kind::Word)?;
        let word = self.word(at).to_lowercase();
        let next = self.word(at + 1).to_lowercase();
        let span = [
            "week", "month", "year", "night", "decade", "summer", "winter", "spring", "autumn",
        ];
        let width = if RELATIVE.contains(&word.as_str())
            || DAYS.contains(&word.as_str()) && token.capital
        {
            1
        } else if matches!(word.as_str(), "last" | "next" | "this")
            && (span.contains(&next.as_str()) || DAYS.contains(&next.as_str()))
        {
            2
        } else {
            return None;
        };
        let found = Found {
            width,
            ..Found::default()
        };
        Some((self.mention(at, Precision::Relative, found), width))
    }
}

fn in_range(digits: &str, most: u8) -> Option<u8> {
    let plain =
        !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let number = plain.then(|| digits.parse().ok()).flatten()?;
    (1..=most).contains(&number).then_some(number)
}

fn year_of(digits: &str) -> Option<u16> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    let year = plain.then(|| digits.parse().ok()).flatten()?;
    (1500..=2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, Precision)> {
        let found = dates_in(text);
        found
            .iter()
            .map(|d| (d.iso().unwrap_or_else(|| d.text.clone()), d.precision))
            .collect()
    }

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        use Precision::*;
        assert_eq!(all("on July 7, 2026."), [("2026-07-07".into(), Day)]);
        assert_eq!(all("the 7th of July, 2026"), [("2026-07-07".into(), Day)]);
        assert_eq!(
            all("7 July 2026 and 2026-07-08"),
            [("2026-07-07".into(), Day), ("2026-07-08".into(), Day)]
        );
        assert_eq!(all("in March 2014"), [("2014-03".into(), Month)]);
        assert_eq!(
            all("the 1953 coup, the 1950s"),
            [("1953".into(), Year), ("1950s".into(), Decade)]
        );
        assert_eq!(
            all("on February 28 in strikes"),
            [("--02-28".into(), NoYear)]
        );
        assert_eq!(
            all("yesterday and last week"),
            [
                ("yesterday".into(), Relative),
                ("last week".into(), Relative)
            ]
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        assert_eq!(all("We may march on; 2000 troops, $1953, 45 and 9999"), []);
    }
}
