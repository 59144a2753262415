//! Named switches from `--set name=value`.

use super::{BAD_SETTING, UNKNOWN_SWITCH};
use raison_core::{Diagnostic, Problems};
use raison_files::suggest::{did_you_mean, listed};

/// The switches that a user set, and what was wrong with them.
pub struct Switches {
    list: Vec<(String, String)>,
    known: Vec<&'static str>,
    problems: Problems,
}

impl Switches {
    /// Splits `name=value` texts; a later setting of the same name wins.
    pub fn new(texts: &[String]) -> Self {
        let mut problems = Problems::new();
        let mut list = Vec::new();
        for text in texts {
            match text.split_once('=') {
                Some((name, value)) => list.push((name.trim().to_owned(), value.trim().to_owned())),
                None => problems.push(
                    Diagnostic::error(BAD_SETTING, format!("`{text}` sets nothing"))
                        .help("write `--set name=value`"),
                ),
            }
        }
        Self {
            list,
            known: Vec::new(),
            problems,
        }
    }

    /// The text of a switch, which is known from now on.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let same = |n: &str| n.eq_ignore_ascii_case(name);
        self.list
            .iter()
            .rev()
            .find(|(n, _)| same(n))
            .map(|(_, v)| v.clone())
    }

    /// A number.
    pub fn number(&mut self, name: &'static str) -> Option<f64> {
        let text = self.text(name)?;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            _ => {
                self.bad(name, &text, "a finite number is wanted".to_owned());
                None
            }
        }
    }

    /// Several numbers with commas between.
    pub fn numbers(&mut self, name: &'static str) -> Option<Vec<f64>> {
        let text = self.text(name)?;
        let parts: Option<Vec<f64>> = text
            .split(',')
            .map(|t| t.trim().parse().ok().filter(|v: &f64| v.is_finite()))
            .collect();
        if parts.is_none() {
            self.bad(
                name,
                &text,
                "finite numbers with commas between are wanted".to_owned(),
            );
        }
        parts
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, all: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = all
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(&text))
            .map(|(_, t)| *t);
        if found.is_none() {
            let names = || all.iter().map(|(n, _)| *n);
            let near = did_you_mean(&text, names());
            let help = near.unwrap_or_else(|| format!("one of {}", listed(names())));
            self.bad(name, &text, help);
        }
        found
    }

    /// Yes or no.
    pub fn yes(&mut self, name: &'static str) -> bool {
        let words = [
            ("yes", true),
            ("no", false),
            ("true", true),
            ("false", false),
            ("on", true),
            ("off", false),
        ];
        self.choice(name, &words).unwrap_or(false)
    }

    /// Reports a setting that cannot be.
    pub fn bad(&mut self, name: &str, text: &str, help: String) {
        let text: String = text.chars().take(80).collect();
        self.problems.push(
            Diagnostic::error(BAD_SETTING, format!("`{name}` cannot be `{text}`")).help(help),
        );
    }

    /// Reports the switches that nobody asked for, for the solver called `what`.
    pub fn finish(mut self, what: &str) -> Vec<Diagnostic> {
        for (name, _) in &self.list {
            if self.known.iter().any(|k| k.eq_ignore_ascii_case(name)) {
                continue;
            }
            let near = did_you_mean(name, self.known.iter().copied());
            let none_near = near.is_none();
            let mut problem =
                Diagnostic::error(UNKNOWN_SWITCH, format!("{what} has no switch `{name}`"))
                    .help_if(near);
            if none_near {
                problem = problem.help(format!(
                    "switches here: {}",
                    listed(self.known.iter().copied())
                ));
            }
            self.problems.push(problem);
        }
        self.problems.into_vec()
    }
}
