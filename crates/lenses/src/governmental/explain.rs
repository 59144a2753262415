//! Who pulled the result where, and the solvers side by side.

use super::{Ready, SOLVERS, Scale};
use crate::choice::{strongest_first, two};
use raison_core::{Draw, Exhibit, Placed, Player, Reason};

impl Ready<'_> {
    pub(super) fn reasons(&self, draw: Draw<'_>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for d in &self.used {
            reasons.extend(self.pulls(*d, draw));
        }
        for (a, blocks) in self.s().alternatives.iter().zip(self.blocked(draw)) {
            reasons.extend(self.block_reasons(a, &blocks));
        }
        strongest_first(&mut reasons);
        reasons
    }

    /// How far the point would move without each player, as a share of the scale.
    pub(super) fn pulls(&self, d: usize, draw: Draw<'_>) -> Vec<Reason> {
        let dim = &self.s().dimensions[d];
        let width = dim.high - dim.low;
        let table = self.table(d, Scale::Own, draw);
        let solve = |group: &super::Group| {
            let advice = self.advice(self.solver, d, Scale::Own, draw, group);
            self.result(d, Scale::Own, draw, advice)
        };
        let point = solve(&table.group);
        let mut out = Vec::new();
        for (i, p) in table.players.iter().enumerate() {
            let mut without = table.group.clone();
            without.influence[i] = 0.0;
            let other = solve(&without);
            let text = format!(
                "{}{} at {} on “{}” moves the result from {} to {}",
                p.name,
                post(p),
                show(table.group.positions[i], width),
                dim.title,
                show(other, width),
                show(point, width)
            );
            out.push(
                Reason::new(text, (point - other) / width)
                    .on_all([p.influence, p.salience])
                    .on_all(p.positions[d]),
            );
        }
        if let Some((p, own, open)) = self.decider(d, Scale::Own, draw) {
            let text = format!(
                "{}{} decides, from {} on “{}”, and lets advice count {}: the result is {}",
                p.name,
                post(p),
                show(own, width),
                dim.title,
                two(open),
                show(point, width)
            );
            let pull = (1.0 - open) * (own - 0.5 * (dim.low + dim.high)) / width;
            out.push(
                Reason::new(text, pull)
                    .on_all(p.positions[d])
                    .on_all(self.s().channel.openness),
            );
        }
        out
    }

    pub(super) fn exhibits(&self, draw: Draw<'_>) -> Vec<Exhibit> {
        let mut out: Vec<Exhibit> = self
            .used
            .iter()
            .enumerate()
            .map(|(k, d)| self.positions(k, *d, draw))
            .collect();
        out.push(self.side_by_side(draw));
        out
    }

    pub(super) fn positions(&self, k: usize, d: usize, draw: Draw<'_>) -> Exhibit {
        let s = self.s();
        let dim = &s.dimensions[d];
        let inputs = &self.question.inputs;
        let placed = |p: &Player| {
            let num = p.positions[d]?;
            let (low, high) = inputs.get(num).amount.ends();
            let weight = if self.present(p, draw) {
                draw.get(p.influence) * draw.get(p.salience)
            } else {
                0.0
            };
            Some(Placed {
                name: p.name.clone(),
                low,
                at: draw.get(num),
                high,
                weight,
            })
        };
        Exhibit::Positions {
            title: dim.title.clone(),
            range: (dim.low, dim.high),
            labels: (dim.low_label.clone(), dim.high_label.clone()),
            players: s.players.iter().filter_map(placed).collect(),
            alternatives: s
                .alternatives
                .iter()
                .filter_map(|a| Some((a.title.clone(), draw.get(a.positions[d]?))))
                .collect(),
            results: SOLVERS
                .iter()
                .map(|(solver, name, _)| {
                    (
                        (*name).to_owned(),
                        self.points(*solver, Scale::Own, draw)[k],
                    )
                })
                .collect(),
        }
    }

    /// Every solver on the coder's own scale and on the rival one.
    pub(super) fn side_by_side(&self, draw: Draw<'_>) -> Exhibit {
        let s = self.s();
        let has_rival = self
            .used
            .iter()
            .any(|d| s.dimensions[*d].rival_scale.len() >= 2);
        let scales: &[(Scale, &str)] = if has_rival {
            &[(Scale::Own, "own"), (Scale::Rival, "rival")]
        } else {
            &[(Scale::Own, "own")]
        };
        let mut rows = Vec::new();
        let mut p = vec![0.0; s.alternatives.len()];
        for (scale, scale_name) in scales {
            for (solver, name, _) in SOLVERS {
                self.spread(solver, *scale, draw, &mut p);
                let first = s.leading(&p);
                let points = self.points(solver, *scale, draw);
                let points: Vec<String> = points.iter().map(|x| format!("{x:.1}")).collect();
                rows.push(vec![
                    name.to_owned(),
                    (*scale_name).to_owned(),
                    points.join(", "),
                    s.alternatives[first].title.clone(),
                    two(p[first]),
                ]);
            }
        }
        Exhibit::Table {
            title: "Solvers side by side".to_owned(),
            columns: ["solver", "scale", "result", "leads", "probability"].map(String::from).to_vec(),
            rows,
            note: "a mean favours whatever lies mid-scale: compare the rival scale, where the coder gives one".to_owned(),
        }
    }
}

/// A position for readers: more decimals on narrow scales.
fn show(x: f64, width: f64) -> String {
    if width >= 20.0 {
        format!("{x:.1}")
    } else {
        format!("{x:.3}")
    }
}

fn post(p: &Player) -> String {
    if p.post.is_empty() {
        String::new()
    } else {
        format!(" ({})", p.post)
    }
}
