//! Why the doctrine says what it says: eliminations, releases, pillars.

use super::{Ready, Resolved, Struck};
use crate::choice::{signed, strongest_first, two};
use raison_core::choice::coarse;
use raison_core::facts::Facts;
use raison_core::{Draw, Elimination, Exhibit, PrincipleAct, Reason};

impl Ready<'_> {
    pub(super) fn reasons(&self, strikes: &[Struck], draw: Draw<'_>) -> Vec<Reason> {
        let mut facts = self.facts.clone();
        facts.situate(draw);
        let mut reasons: Vec<Reason> = Vec::new();
        for struck in strikes {
            facts.consider(struck.alternative, draw);
            reasons.push(self.strike_reason(struck, &facts));
        }
        let (left, violated) = self.left(strikes);
        if violated {
            let names = self.names(&left);
            let text = format!("every alternative is barred; the least violation is {names}");
            reasons.push(Reason::new(text, 2.0).field("decider.doctrines"));
        }
        reasons.extend(self.pillar_reasons(&left, draw));
        strongest_first(&mut reasons);
        reasons
    }

    pub(super) fn names(&self, which: &[bool]) -> String {
        let chosen = self.s().alternatives.iter().zip(which).filter(|(_, w)| **w);
        chosen
            .map(|(a, _)| format!("`{}`", a.id))
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(super) fn strike_reason(&self, struck: &Struck, facts: &Facts<'_>) -> Reason {
        let p = self.principle(struck.principle);
        let a = &self.s().alternatives[struck.alternative];
        let PrincipleAct::Bar { strength, when } = &p.act else {
            return Reason::default();
        };
        let why = when.program.explain(facts.slots()).to_string();
        let field = format!("doctrine.principle.{}", p.id);
        let part = Reason::new(why, 0.0)
            .field(field.clone())
            .field(format!("alternatives.{}", a.id));
        match struck.opened_by {
            None => {
                let kind = if struck.inviolable {
                    "inviolable"
                } else {
                    "tactical"
                };
                let text = format!(
                    "“{}” ({kind}, {}) strikes out `{}`: {}",
                    p.title,
                    p.standing.word(),
                    a.id,
                    p.words
                );
                Reason::new(text, -1.0)
                    .on(*strength)
                    .citing(&p.sources)
                    .field(field)
                    .part(part)
            }
            Some(by) => {
                let r = self.principle(by);
                let text = format!(
                    "“{}” would strike out `{}`, but “{}” opens it: {}",
                    p.title, a.id, r.title, r.words
                );
                let necessity = match &r.act {
                    PrincipleAct::Release { when, .. } => {
                        when.program.explain(facts.slots()).to_string()
                    }
                    _ => String::new(),
                };
                let release =
                    Reason::new(necessity, 0.0).field(format!("doctrine.principle.{}", r.id));
                Reason::new(text, 0.9)
                    .on(*strength)
                    .citing(&r.sources)
                    .field(field)
                    .part(part)
                    .part(release)
            }
        }
    }

    pub(super) fn pillar_reasons(&self, left: &[bool], draw: Draw<'_>) -> Vec<Reason> {
        let scores = self.scores(draw);
        let open: Vec<f64> = scores
            .iter()
            .zip(left)
            .map(|(s, l)| if *l { *s } else { -9.0 })
            .collect();
        let (first, second) = self.s().first_two(&open);
        if left.iter().filter(|l| **l).count() < 2 {
            return Vec::new();
        }
        let (a, b) = (
            &self.s().alternatives[first],
            &self.s().alternatives[second],
        );
        let weights = self.weights(draw);
        let mut out = Vec::new();
        for ((pillar, aimed), w) in self
            .doctrine
            .pillars
            .iter()
            .zip(&self.pillars)
            .zip(&weights)
        {
            let (x, y) = (aimed.score(first, draw), aimed.score(second, draw));
            let verdict = if coarse(x - y) >= 0.0 { "more" } else { "less" };
            let text = format!(
                "`{}` serves “{}” {verdict} than `{}`: {} against {}, at weight {}",
                a.id,
                pillar.title,
                b.id,
                signed(x),
                signed(y),
                two(*w)
            );
            let numbers = [first, second]
                .into_iter()
                .flat_map(|i| &aimed.aims[i])
                .flat_map(Resolved::numbers);
            out.push(
                Reason::new(text, w * (x - y))
                    .on(pillar.weight)
                    .on_all(numbers)
                    .citing(&pillar.sources)
                    .field(format!("doctrine.pillar.{}", pillar.id)),
            );
        }
        out.extend(self.advice_reason(first, second, draw));
        out
    }

    pub(super) fn advice_reason(
        &self,
        first: usize,
        second: usize,
        draw: Draw<'_>,
    ) -> Option<Reason> {
        let advice = self.advice(draw)?;
        let (a, b) = (
            &self.s().alternatives[first],
            &self.s().alternatives[second],
        );
        let text = format!(
            "the advisers' collective judgement puts `{}` at {} and `{}` at {}",
            a.id,
            signed(advice[first]),
            b.id,
            signed(advice[second])
        );
        let share = if self.pillars.is_empty() {
            1.0
        } else {
            self.collective
        };
        let numbers = self
            .advisers()?
            .into_iter()
            .map(|i| self.s().players[i].influence);
        Some(
            Reason::new(text, share * (advice[first] - advice[second]))
                .on_all(numbers)
                .field("players"),
        )
    }

    pub(super) fn eliminations(&self, strikes: &[Struck], draw: Draw<'_>) -> Exhibit {
        let (left, _) = self.left(strikes);
        let scores = self.scores(draw);
        let steps = self
            .s()
            .alternatives
            .iter()
            .enumerate()
            .map(|(i, a)| Elimination {
                alternative: a.id.clone(),
                bars: strikes
                    .iter()
                    .filter(|s| s.alternative == i)
                    .map(|s| {
                        (
                            self.principle(s.principle).title.clone(),
                            s.opened_by.is_some(),
                        )
                    })
                    .collect(),
                left: left[i],
                score: left[i].then_some(scores[i]),
            })
            .collect();
        Exhibit::Eliminations {
            title: format!("Two stages under “{}”", self.doctrine.title),
            steps,
        }
    }

    /// What hangs on each bar whose strength its source leaves open.
    pub(super) fn codings(&self, draw: Draw<'_>) -> Option<Exhibit> {
        let mut values = draw.0.to_vec();
        let mut rows = Vec::new();
        for p in &self.doctrine.principles {
            let PrincipleAct::Bar { strength, .. } = &p.act else {
                continue;
            };
            if self.question.inputs.get(*strength).amount.is_known() {
                continue;
            }
            for (value, name) in [(0.0, "tactical"), (1.0, "inviolable")] {
                values[strength.0 as usize] = value;
                let mut out = vec![0.0; self.s().alternatives.len()];
                let strikes = self.strikes(Draw(&values));
                self.choose(&strikes, Draw(&values), &mut out);
                let first = self.s().leading(&out);
                let (left, _) = self.left(&strikes);
                rows.push(vec![
                    p.title.clone(),
                    name.to_owned(),
                    self.names(&left),
                    self.s().alternatives[first].title.clone(),
                    two(out[first]),
                ]);
            }
            values[strength.0 as usize] = draw.get(*strength);
        }
        (!rows.is_empty()).then(|| Exhibit::Table {
            title: "What hangs on strengths that the source leaves open".to_owned(),
            columns: ["bar", "coded as", "left", "leads", "probability"]
                .map(String::from)
                .to_vec(),
            rows,
            note: "both codings are run in equal shares of the draws".to_owned(),
        })
    }

    pub(super) fn pillar_table(&self, draw: Draw<'_>) -> Exhibit {
        let weights = self.weights(draw);
        let mut columns = vec!["alternative".to_owned()];
        columns.extend(
            self.doctrine
                .pillars
                .iter()
                .zip(&weights)
                .map(|(p, w)| format!("{} ({})", p.title, two(*w))),
        );
        let rows = self
            .s()
            .alternatives
            .iter()
            .enumerate()
            .map(|(i, a)| {
                let mut row = vec![a.title.clone()];
                row.extend(self.pillars.iter().map(|p| signed(p.score(i, draw))));
                row
            })
            .collect();
        Exhibit::Table {
            title: "How each alternative serves the pillars".to_owned(),
            columns,
            rows,
            note: self.doctrine.gaps.join(" "),
        }
    }
}
