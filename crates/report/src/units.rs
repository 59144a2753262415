//! What the number in brackets after a reason is, lens by lens.

/// The unit of a lens's reasons, as part of a sentence; a sign says for (+) or against (−)
/// what leads at the central values, unless the words say otherwise.
pub(crate) fn unit(lens: &str) -> &'static str {
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
            super::unit("governmental:median"),
            super::unit("governmental")
        );
    }
}
