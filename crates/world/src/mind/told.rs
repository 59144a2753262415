//! Why what was chosen was chosen, in sentences.

use super::{Cabinet, Desk};
use raison_core::choice::{coarse, percent};
use raison_core::{Draw, Reason, Situation, Stance};

/// Lenses that count less than this are not told.
const LIGHT: f64 = 0.1;

impl Cabinet<'_> {
    /// Where each lens that counts stands on what was chosen, with what it says for and
    /// against it, at the values last set.
    pub fn reasons(&self, which: usize, desk: &Desk, chosen: usize) -> Vec<String> {
        let (Some(Some(prepared)), Some(asked)) =
            (self.prepared.get(which), self.questions.list.get(which))
        else {
            return vec!["No lens answers here: the shares decide alone.".to_owned()];
        };
        let Some(base) = desk.bases.get(which).and_then(Option::as_ref) else {
            return Vec::new();
        };
        let s = &asked.question.situation;
        let stances = prepared.stances(Draw(base), chosen);
        let heavy = stances.iter().filter(|x| x.share >= LIGHT);
        heavy
            .enumerate()
            .flat_map(|(k, x)| self.stance(s, x, chosen, if k == 0 { 2 } else { 1 }))
            .collect()
    }

    /// A lens with the strongest that it says for what was chosen, and against it.
    fn stance(&self, s: &Situation, x: &Stance, chosen: usize, most: usize) -> Vec<String> {
        let counts = match x.lens {
            Some(lens) => format!("{lens} (counts {:.2})", x.share),
            None => self.title.to_owned(),
        };
        let mut out = vec![format!("{counts} {}.", standing(s, &x.answer, chosen))];
        let told = |sign: f64, words: &'static str, most: usize| {
            let side = x.reasons.iter().filter(move |r| sign * r.weight > 0.0);
            side.take(most).map(move |r| side_of(words, r))
        };
        out.extend(told(1.0, "for it", most));
        out.extend(told(-1.0, "against it", 1));
        out
    }
}

fn side_of(words: &str, reason: &Reason) -> String {
    format!("{words}: {}.", reason.text.trim_end_matches('.'))
}

/// Where a lens's answer puts an alternative, and what it puts beside it.
fn standing(s: &Situation, p: &[f64], chosen: usize) -> String {
    let own = p.get(chosen).copied().unwrap_or(0.0);
    let rank = 1 + p.iter().filter(|x| coarse(**x) > coarse(own)).count();
    let (first, second) = s.first_two(p);
    let (word, other) = match rank {
        1 if first == chosen => ("next", second),
        1 => ("as likely", first),
        _ => ("first", first),
    };
    let id = s.alternatives.get(other).map_or("", |a| a.id.as_str());
    let beside = p.get(other).copied().unwrap_or(0.0);
    let told = match percent(own) == percent(beside) {
        true => [own, beside].map(|x| format!("{:.1} %", 100.0 * x)),
        false => [own, beside].map(percent),
    };
    format!(
        "ranks it {} of {}, {} ({word} `{id}`, {})",
        ordinal(rank),
        p.len(),
        told[0],
        told[1]
    )
}

/// `1st`, `2nd`, `11th`.
fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, not) if not != 11 => "st",
        (2, not) if not != 12 => "nd",
        (3, not) if not != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ranks_are_written_as_people_write_them() {
        let told = [1, 2, 3, 4, 11, 12, 22].map(ordinal);
        assert_eq!(told.join(" "), "1st 2nd 3rd 4th 11th 12th 22nd");
    }
}
