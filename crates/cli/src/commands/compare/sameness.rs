//! What two folders of runs have in common: the luck, or nothing.

use crate::commands::worlds::Runs;
use crate::failure::Failure;
use raison::core::{Code, Diagnostic};
use std::path::Path;

/// Two folders go on from different pasts.
const OTHER_PAST: Code = Code("R6050");

/// What runs of the same number have in common.
pub enum Sameness {
    /// The luck: differences are taken within runs.
    Luck,
    /// Nothing, and why: differences are those of means.
    Nothing(String),
}

impl Sameness {
    /// Looks at what was asked for both folders.
    ///
    /// # Errors
    /// Where one goes on from a moment of a run from which the other does not.
    pub fn of(a: (&Path, &Runs), b: (&Path, &Runs)) -> Result<Sameness, Failure> {
        let (x, y) = (&a.1.asked, &b.1.asked);
        if x.branch != y.branch {
            return Err(other_past(a, b));
        }
        let mut apart = Vec::new();
        if x.world != y.world && digest(&a.1.manifest) != digest(&b.1.manifest) {
            apart.push(format!("the worlds are `{}` and `{}`", x.world, y.world));
        }
        if x.seed != y.seed {
            apart.push(format!("the seeds are {} and {}", x.seed, y.seed));
        }
        Ok(match apart.is_empty() {
            true => Sameness::Luck,
            false => Sameness::Nothing(apart.join("; ")),
        })
    }

    /// Whether differences are taken within runs.
    pub fn paired(&self) -> bool {
        matches!(self, Sameness::Luck)
    }

    /// What the differences are, for the head of a table.
    pub fn words(&self) -> String {
        match self {
            Sameness::Luck => "Differences within runs, with 95 % intervals.".to_owned(),
            Sameness::Nothing(why) => format!(
                "Not in the same luck: {why}. So these are differences of the means of runs that have \
                 nothing in common, each with a 95 % interval of such a difference: whatever differs \
                 between the two folders is in them."
            ),
        }
    }
}

fn digest(manifest: &str) -> Option<&str> {
    manifest.lines().find(|l| l.starts_with("digest: "))
}

fn other_past((a, x): (&Path, &Runs), (b, y): (&Path, &Runs)) -> Failure {
    let told = |path: &Path, runs: &Runs| match &runs.asked.branch {
        Some(at) => format!("`{}` goes on from {at}", path.display()),
        None => format!("`{}` begins with the world", path.display()),
    };
    let branch = |runs: &Runs| {
        let at = runs.asked.branch.as_deref()?;
        Some(at.rsplit(", ").next().unwrap_or(at).to_owned())
    };
    let (whole, at) = match (branch(x), branch(y)) {
        (None, Some(at)) => (a.display().to_string(), at),
        (Some(at), None) => (b.display().to_string(), at),
        (_, at) => ("FOLDER".to_owned(), at.unwrap_or_default()),
    };
    Failure::problems(vec![
        Diagnostic::error(
            OTHER_PAST,
            "the two folders do not go on from the same past",
        )
        .note(format!("{}; {}", told(a, x), told(b, y)))
        .note(
            "every run of a branch has the past of one run; against other pasts that alone makes \
                 differences, whatever the branch changes",
        )
        .help(format!(
            "make the base a branch of the same moment in which nothing is changed: \
                 `raison simulate {whole} --branch {at} --out same`, and compare with `same`"
        )),
    ])
}
