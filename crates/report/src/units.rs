//! What the number in brackets after a reason is, lens by lens.

use raison_core::Case;

/// The unit of a lens's reasons on a case: on a decision of the crisis record, lenses are
/// fitted and count otherwise than on a coded case.
pub(crate) fn unit(case: &Case, lens: &str) -> &'static str {
    match case.learned {
        Some(_) => of_the_record(lens),
        None => of_a_case(lens),
    }
}

fn of_the_record(lens: &str) -> &'static str {
    match lens {
        "composite" => {
            "share × lead over the runner-up, in probability; together they are the mixture's lead"
        }
        "composite:log" => "weight × log-odds, for (+) or against (−) what leads",
        "memory" => {
            "change of the log-odds by having the analogy, for (+) or against (−) what leads"
        }
        _ => {
            "change of the log-odds against the average decision, for (+) or against (−) what leads"
        }
    }
}

/// The unit of a lens's reasons on a coded case, as part of a sentence; a sign says for (+) or against (−)
/// what leads at the central values, unless the words say otherwise.
fn of_a_case(lens: &str) -> &'static str {
    match lens.split(':').next().unwrap_or(lens) {
        "rational" => "difference in expected utility from the runner-up, on the 0–1 scale",
        "prospect" => "difference in prospect value from the runner-up, on the 0–1 scale",
        "strategic" => "payoff lost against the best move; +1 marks the best move itself",
        "organizational" => "probability that the routine is taken; −0.5 marks the impossible",
        "governmental" => {
            "how far it moves the result up or down, as a share of the scale; −1: a veto"
        }
        "leader" => "strength: a probability, or half a distance in standard deviations",
        "doctrine" => "difference in score from the runner-up; −1 marks a bar, +0.9 a release",
        "memory" => "difference in expected success from the runner-up, on the −1 to 1 scale",
        "composite" => "share of the mixture",
        _ => "in the lens's own unit",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn variants_count_in_the_unit_of_their_lens() {
        assert_eq!(
            super::of_a_case("governmental:median"),
            super::of_a_case("governmental")
        );
    }
}
