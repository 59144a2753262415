//! What a leader's beliefs say for and against one alternative.

use super::{ACTS, Ready};
use raison_core::choice::percent;
use raison_core::{Draw, Reason};

/// One kind of act of the leader, at an alternative.
struct Part {
    verb: &'static str,
    share: f64,
    /// Share of the act that comes to the alternative.
    here: f64,
    /// The alternative that most of the act comes to, with that share.
    most: (usize, f64),
}

impl Ready<'_> {
    pub(super) fn speaks_for(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        let parts = self.parts(draw, alternative);
        let by = |x: f64, y: f64| x.total_cmp(&y);
        let best = parts
            .iter()
            .max_by(|x, y| by(x.share * x.here, y.share * y.here));
        let away = |p: &Part| p.share * (p.most.1 - p.here);
        let worst = parts.iter().filter(|p| p.most.0 != alternative);
        let worst = worst.max_by(|x, y| by(away(x), away(y)));
        let mut out = Vec::new();
        out.extend(best.map(|p| self.toward(p, draw)));
        let worst = worst.filter(|p| best.is_none_or(|b| b.verb != p.verb));
        out.extend(worst.filter(|p| away(p) > 0.005).map(|p| self.other_way(p)));
        out
    }

    fn parts(&self, draw: Draw<'_>, alternative: usize) -> Vec<Part> {
        let places = self.places(draw);
        let acts = self.acts(self.at(draw), draw);
        let mut near = vec![0.0; places.len()];
        let mut part = |((_, at, verb), share): (&(&str, f64, &'static str), f64)| {
            self.near(&places, *at, &mut near);
            let most = self.question.situation.leading(&near);
            Part {
                verb,
                share,
                here: near[alternative],
                most: (most, near[most]),
            }
        };
        ACTS.iter().zip(acts).map(&mut part).collect()
    }

    fn toward(&self, p: &Part, draw: Draw<'_>) -> Reason {
        let text = format!(
            "to {} is {} of what {} does (the game of types ends in cooperation with {}), and \
             {} of that comes to it",
            p.verb,
            percent(p.share),
            self.leader.name,
            percent(self.at(draw)),
            percent(p.here)
        );
        self.rests(Reason::new(text, p.share * p.here))
    }

    fn other_way(&self, p: &Part) -> Reason {
        let id = &self.question.situation.alternatives[p.most.0].id;
        let text = format!(
            "to {} is {} of what the leader does, and {} of that comes to `{id}`",
            p.verb,
            percent(p.share),
            percent(p.most.1)
        );
        self.rests(Reason::new(text, -p.share * (p.most.1 - p.here)))
    }

    fn rests(&self, reason: Reason) -> Reason {
        let numbers = ACTS.iter().filter_map(|(key, _, _)| self.leader.index(key));
        reason
            .on_all(numbers)
            .on_all([self.scores.i1, self.scores.p4])
            .field("decider.leader")
    }
}
