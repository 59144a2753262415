//! Sentences that every format prints in the same words.

/// What a score on a case is worth whose coder knew how it ended.
pub(crate) const FIT: &str =
    "This case was coded knowing the outcome: a score on it is fit, not evidence.";

/// How the scores are read.
pub(crate) const SCORES: &str = "Log score: ln((1 − ε) p + ε / n) with ε = 0.01 and n \
alternatives; 0 is perfect, and a chosen alternative that was barred is heavily, not \
infinitely, punished. Brier: 0 is perfect, 2 the worst. p is the probability given to what \
was chosen, not smoothed.";

/// What a flip is.
pub(crate) const FLIP: &str = "a property of the model, not of the world";

/// What probabilities are worth that were not fitted.
pub(crate) const UNCALIBRATED: &str = "The choice precision and scales behind these \
probabilities have not been fitted on other decisions: read the ranks and the firmness \
first.";

/// What calibration on the record means, and what it does not cover.
pub(crate) const CALIBRATED: &str = "Calibrated here means that a lens was held against \
earlier decisions of the crisis record: on average it claims no more than its theory earned \
there. Ranks are the lens's own, and how this case was coded is not covered.";

/// What was left out, and why, where the outcome is hidden.
pub(crate) const HIDDEN: &str = "The outcome is hidden: what was chosen and what came of it, \
the scores, the findings on process traces, the coder's notes and the titles of works, which \
would give it away, are left out.";

/// How firm is measured.
pub(crate) const FIRM: &str =
    "Firmness is the share of draws of the uncertain inputs in which the alternative leads.";

/// What nearly tied means.
pub(crate) const NEARLY: &str = "= marks an exact tie, ≈ a near one: within 2 points of the highest \
mean probability where that leads in less than 90 % of draws, or leading in at least as many \
draws; … stands for several.";

/// What stands in for a missing input.
pub(crate) const ASSUMED: &str =
    "Nobody stated these inputs; a documented default stands in for each.";

/// Where the numbers stand, as `raison check` counts those of the case.
pub(crate) fn own(own: usize, all: usize) -> String {
    let whole = crate::figures::whole;
    match all - own.min(all) {
        0 => "All stand in the case's own files.".to_owned(),
        others => format!(
            "{} stand in the case's own files, as `raison check` counts them, and {} in those of \
             the leaders, the doctrine and the earlier cases that it reads.",
            whole(own),
            whole(others)
        ),
    }
}
