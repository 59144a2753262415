//! In which years network measures are taken.

use std::fmt;
use std::str::FromStr;

/// The years of the costly measures, those of networks; the last year of a run is always
/// one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Networks {
    /// The first year of the world and every so many years after it.
    Every(u16),
    /// The last year only.
    Last,
    /// These years, in order.
    Years(Vec<i16>),
}

impl Default for Networks {
    fn default() -> Self {
        Networks::Every(5)
    }
}

impl Networks {
    /// Whether they are taken in a year that is not the last, of a world that began at
    /// `start`.
    pub fn due(&self, start: i16, year: i16) -> bool {
        match self {
            Networks::Every(years) => {
                (i32::from(year) - i32::from(start)) % i32::from((*years).max(1)) == 0
            }
            Networks::Last => false,
            Networks::Years(list) => list.binary_search(&year).is_ok(),
        }
    }
}

impl fmt::Display for Networks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Networks::Every(years) => write!(f, "every:{years}"),
            Networks::Last => f.write_str("last"),
            Networks::Years(list) => {
                let words: Vec<String> = list.iter().map(i16::to_string).collect();
                f.write_str(&words.join(","))
            }
        }
    }
}

impl FromStr for Networks {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Some(years) = text.strip_prefix("every:") {
            let years = years.trim().parse().ok().filter(|n| (1..=500).contains(n));
            let wrong = "after `every:` write a number of years from 1 to 500, such as `every:5`";
            return years.map(Networks::Every).ok_or(wrong);
        }
        if text == "last" {
            return Ok(Networks::Last);
        }
        let list: Result<Vec<i16>, _> = text.split(',').map(|y| y.trim().parse()).collect();
        let mut list = list
            .ok()
            .filter(|list| list.iter().all(|y| (1500..=3500).contains(y)))
            .ok_or("write `every:N`, `last`, or years such as `2015,2020`")?;
        list.sort_unstable();
        list.dedup();
        Ok(Networks::Years(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(text: &str) -> Vec<i16> {
        let networks: Networks = text.parse().expect("it is one");
        (2010..2022).filter(|y| networks.due(2010, *y)).collect()
    }

    #[test]
    fn years_are_those_asked_for() {
        assert_eq!(years("every:5"), [2010, 2015, 2020]);
        assert_eq!(years("every:1").len(), 12);
        assert_eq!(years("2020, 2013,2020"), [2013, 2020]);
        assert!(years("last").is_empty());
        assert_eq!(Networks::default(), Networks::Every(5));
    }

    #[test]
    fn what_is_written_is_read_and_all_else_refused() {
        for text in ["every:5", "every:1", "last", "2013,2020"] {
            assert_eq!(
                text.parse::<Networks>().map(|n| n.to_string()),
                Ok(text.into())
            );
        }
        for text in [
            "",
            "5",
            "every",
            "every:0",
            "every:-2",
            "2010-2020",
            "2010,",
            "fifth",
        ] {
            assert!(text.parse::<Networks>().is_err(), "{text}");
        }
    }
}
