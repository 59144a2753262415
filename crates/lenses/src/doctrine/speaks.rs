//! What a doctrine says for and against one alternative.

use super::{Aimed, Ready};
use crate::choice::{rival, signed, strongest_first, two};
use raison_core::{Direction, Draw, Pillar, Reason};

impl Ready<'_> {
    pub(super) fn speaks_for(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        let strikes = self.strikes(draw);
        let (left, _) = self.left(&strikes);
        let mut facts = self.facts.clone();
        facts.situate(draw);
        facts.consider(alternative, draw);
        let own = strikes.iter().filter(|x| x.alternative == alternative);
        let mut reasons: Vec<Reason> = own
            .map(|x| {
                let mut reason = self.strike_reason(x, &facts);
                reason.text.push_str(&self.whose());
                reason
            })
            .collect();
        let barred: Vec<bool> = left.iter().map(|l| !l).collect();
        if left[alternative] && barred.contains(&true) {
            let text = format!(
                "principles of the doctrine strike out {}",
                self.names(&barred)
            );
            reasons.push(Reason::new(text, 0.8).field("decider.doctrines"));
        }
        reasons.extend(self.pillars_for(&left, alternative, draw));
        strongest_first(&mut reasons);
        reasons
    }

    /// How it serves each pillar, against the rival among what principles leave open.
    fn pillars_for(&self, left: &[bool], alternative: usize, draw: Draw<'_>) -> Vec<Reason> {
        let open: Vec<f64> = self
            .scores(draw)
            .iter()
            .zip(left)
            .map(|(s, l)| if *l { *s } else { -9.0 })
            .collect();
        let other = rival(self.s(), &open, alternative);
        let id = &self.s().alternatives[other].id;
        let weights = self.weights(draw);
        let mut out = Vec::new();
        let all = self.doctrine.pillars.iter().zip(&self.pillars);
        for ((pillar, aimed), w) in all.zip(&weights) {
            let (x, y) = (aimed.score(alternative, draw), aimed.score(other, draw));
            if signed(x) == signed(y) {
                continue;
            }
            let text = format!(
                "“{}”{} {}{} against {} of `{id}`, at weight {}",
                pillar.title,
                self.whose(),
                signed(x),
                self.by_what(pillar, aimed, alternative, draw),
                signed(y),
                two(*w)
            );
            out.push(
                Reason::new(text, w * (x - y))
                    .on(pillar.weight)
                    .citing(&pillar.sources)
                    .field(format!("doctrine.pillar.{}", pillar.id)),
            );
        }
        out.extend(self.advice_reason(alternative, other, draw));
        out
    }

    /// The two measures through which an alternative serves a pillar most.
    fn by_what(&self, pillar: &Pillar, aimed: &Aimed, at: usize, draw: Draw<'_>) -> String {
        let a = &self.s().alternatives[at];
        let aims = pillar.aims.iter().filter(|aim| {
            let stated = a.effect(&aim.measure).is_some();
            stated || a.outcomes.iter().any(|o| o.effect(&aim.measure).is_some())
        });
        let mut parts: Vec<(f64, String)> = aims
            .zip(&aimed.aims[at])
            .map(|(aim, r)| {
                let served = r.served(draw);
                let change = match aim.direction {
                    Direction::Lower => -served,
                    _ => served,
                };
                (
                    r.share * served,
                    format!("`{}` {}", aim.measure, signed(change)),
                )
            })
            .filter(|(x, _)| signed(*x) != signed(0.0))
            .collect();
        parts.sort_by(|x, y| y.0.abs().total_cmp(&x.0.abs()).then(x.1.cmp(&y.1)));
        let told: Vec<String> = parts.into_iter().take(2).map(|p| p.1).collect();
        match told.is_empty() {
            true => String::new(),
            false => format!(" (through {})", told.join(", ")),
        }
    }

    /// Says whose words are quoted, where another state decides.
    fn whose(&self) -> String {
        let (theirs, own) = (&self.doctrine.state, &self.question.decider.state);
        match theirs.is_empty() || theirs == own {
            true => String::new(),
            false => format!(" (in the words of {theirs}'s doctrine)"),
        }
    }
}
