//! Study files: what a study of the library sets, for a reader to copy and change.

use crate::embedded::Embedded;
use raison_core::{Code, Diagnostic, SourceMap, Span};
use raison_files::Shelf;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A study file cannot be used.
pub const BAD_STUDY: Code = Code("R5502");

/// Problems and the texts that they point into.
pub type Problems = (Vec<Diagnostic>, SourceMap);

/// A study: its name, as after `raison study`, and what it sets.
pub trait Study: DeserializeOwned {
    /// The name.
    const NAME: &'static str;

    /// The kind and the study that the file says it is.
    fn head(&self) -> (&str, &str);

    /// Complaints about values that cannot be.
    fn wrong(&self) -> Vec<String>;
}

macro_rules! study {
    ($(#[$about:meta])* $name:ident, $id:literal, { $($(#[$doc:meta])* $field:ident: $type:ty,)* }, $wrong:expr) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            kind: String,
            study: String,
            /// Title.
            pub title: String,
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Study for $name {
            const NAME: &'static str = $id;

            fn head(&self) -> (&str, &str) {
                (&self.kind, &self.study)
            }

            fn wrong(&self) -> Vec<String> {
                let check: fn(&$name) -> Vec<(bool, &'static str)> = $wrong;
                let bad = check(self).into_iter().filter(|(fine, _)| !fine);
                bad.map(|(_, what)| what.to_owned()).collect()
            }
        }
    };
}

study! {
    /// Sobol indices of a case.
    Sensitivity, "sensitivity", {
        /// The case.
        case: String,
        /// Lenses; none means all that fit.
        lenses: Vec<String>,
        /// Sobol points.
        points: usize,
        /// Seed.
        seed: u64,
        /// Most inputs with indices of their own.
        most: usize,
    }, |s| vec![
        ((2..=65_536).contains(&s.points), "`points` goes from 2 to 65536"),
        ((1..=1000).contains(&s.most), "`most` goes from 1 to 1000"),
    ]
}

study! {
    /// A counterfactual.
    Counterfactual, "counterfactual", {
        /// The case.
        case: String,
        /// Lenses; none means all that fit.
        lenses: Vec<String>,
        /// What is changed: `leader=SLUG`, `doctrine=SLUG`, `lens=LENS`, `PATH=VALUE`.
        swap: Vec<String>,
        /// Paired draws.
        draws: u32,
        /// Seed.
        seed: u64,
    }, |s| vec![
        (s.draws <= 200_000, "`draws` is at most 200000"),
        (!s.swap.is_empty(), "`swap` names nothing to change"),
    ]
}

study! {
    /// Shares of variance of leaders.
    LeaderShare, "leader-share", {
        /// Years of a period block.
        block_years: i32,
        /// Shuffles of leaders within states.
        permutations: usize,
        /// Bootstrap draws.
        bootstrap: usize,
        /// Seed.
        seed: u64,
    }, |s| vec![
        ((1..=100).contains(&s.block_years), "`block_years` goes from 1 to 100"),
        ((9..=1_000_000).contains(&s.permutations), "`permutations` goes from 9 to 1000000"),
        ((10..=100_000).contains(&s.bootstrap), "`bootstrap` goes from 10 to 100000"),
    ]
}

study! {
    /// Exits of leaders.
    Succession, "succession", {
        /// Years on each side of an exit.
        window_years: i32,
        /// Randomisation draws.
        draws: usize,
        /// Seed.
        seed: u64,
    }, |s| vec![
        ((1..=15).contains(&s.window_years), "`window_years` goes from 1 to 15"),
        ((9..=100_000).contains(&s.draws), "`draws` goes from 9 to 100000"),
    ]
}

/// The study of the built-in library.
///
/// # Errors
/// Never, as a test holds.
pub fn built_in<S: Study>() -> Result<S, Problems> {
    let found = Embedded.read(&format!("studies/{}.toml", S::NAME));
    let (name, bytes) = found.unwrap_or_default();
    read(&name, &bytes)
}

/// The study of a file.
///
/// # Errors
/// Every problem of the file.
pub fn read<S: Study>(name: &str, bytes: &[u8]) -> Result<S, Problems> {
    let mut sources = SourceMap::new();
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = sources.add(name, text.clone());
    let help = format!(
        "`library/studies/{}.toml` shows what a study file looks like",
        S::NAME
    );
    let study: S = match toml::from_str(&text) {
        Ok(study) => study,
        Err(e) => {
            let message = format!("`{name}` cannot be used: {}", e.message());
            let mut problem = Diagnostic::error(BAD_STUDY, message).help(help);
            if let Some(range) = e.span().filter(|r| r.end > r.start) {
                problem = problem.at(Span::new(file, range.start, range.end), "here");
            }
            return Err((vec![problem], sources));
        }
    };
    let mut wrong = study.wrong();
    let (kind, name) = study.head();
    if kind != "study" || name != S::NAME {
        wrong.insert(
            0,
            format!("this is a {kind} `{name}`, not the study `{}`", S::NAME),
        );
    }
    if wrong.is_empty() {
        return Ok(study);
    }
    let problems = wrong
        .into_iter()
        .map(|w| Diagnostic::error(BAD_STUDY, w).help(help.clone()));
    Err((problems.collect(), sources))
}

/// What is wrong with a study file, whichever study it is for.
pub fn problems(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    #[derive(Deserialize)]
    struct Named {
        study: String,
    }
    let text = String::from_utf8_lossy(bytes);
    let named: Option<Named> = toml::from_str(&text).ok();
    let found = match named.as_ref().map(|n| n.study.as_str()) {
        Some(Sensitivity::NAME) => read::<Sensitivity>(name, bytes).map(|_| ()),
        Some(Counterfactual::NAME) => read::<Counterfactual>(name, bytes).map(|_| ()),
        Some(LeaderShare::NAME) => read::<LeaderShare>(name, bytes).map(|_| ()),
        Some(Succession::NAME) => read::<Succession>(name, bytes).map(|_| ()),
        #[cfg(feature = "record")]
        Some("backtest") => crate::backtest::Settings::read(name, bytes).map(|_| ()),
        #[cfg(not(feature = "record"))]
        Some("backtest") => Ok(()),
        _ => Err((vec![no_study(name)], SourceMap::new())),
    };
    found.err().map_or_else(Vec::new, |(problems, _)| problems)
}

fn no_study(name: &str) -> Diagnostic {
    Diagnostic::error(
        BAD_STUDY,
        format!("`{name}` does not say which study it is for"),
    )
    .help(
        "write `study = \"…\"`: backtest, counterfactual, leader-share, sensitivity or succession",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_studies_of_the_library_can_be_used() {
        fn good<S: Study>() {
            if let Err((problems, _)) = built_in::<S>() {
                panic!("{problems:?}");
            }
        }
        good::<Sensitivity>();
        good::<Counterfactual>();
        good::<LeaderShare>();
        good::<Succession>();
    }

    #[test]
    fn what_is_wrong_is_said() {
        let say = |text: &str| {
            let (problems, _) = read::<Succession>("x.toml", text.as_bytes()).expect_err("wrong");
            let all: Vec<String> = problems.iter().map(|p| p.message.clone()).collect();
            all.join("; ")
        };
        let head = "kind = \"study\"\nstudy = \"succession\"\ntitle = \"t\"\n";
        assert!(
            say(&format!("{head}window_years = 0\ndraws = 1\nseed = 1")).contains("`draws` goes")
        );
        assert!(
            say(&format!("{head}window_year = 3\ndraws = 99\nseed = 1")).contains("window_years")
        );
        let other = head.replace("succession", "backtest");
        let text = format!("{other}window_years = 3\ndraws = 99\nseed = 1");
        assert!(say(&text).contains("not the study"));
        assert!(say("kind = ").contains("cannot be used"));
    }
}
