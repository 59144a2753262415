//! Regimes: how often a class is left, by class and neighbourhood.

use super::{Facts, Values, put};
use raison_record::stats::formula::Formula;
use raison_record::stats::logit::{Sample, fit as logit};
use raison_record::{Column, Outcome, Table};
use raison_world::system::{CONSOLIDATED, class};

#[derive(Default)]
struct Side {
    changed: Vec<i32>,
    mixed: Vec<f64>,
    neighbours: Vec<f64>,
    direct: (f64, f64),
}

/// Democracies of a kind, and in how many of their years something happened.
#[derive(Default)]
struct Rate {
    years: f64,
    cases: f64,
}

impl Rate {
    fn add(&mut self, happened: bool) {
        self.years += 1.0;
        self.cases += f64::from(u8::from(happened));
    }

    /// The yearly rate, half a case added.
    fn value(&self) -> f64 {
        (self.cases + 0.5) / (self.years + 1.0)
    }
}

/// A logit of moving up among those below democracy, and of moving down among those above
/// autocracy, on state-years before the start. Consolidated democracies have a rate of
/// their own: too few of them ever end for a coefficient.
pub fn fit(facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let (mut up, mut down) = (Side::default(), Side::default());
    let (mut ends, mut firm) = (Rate::default(), Rate::default());
    for year in 1816..from - 1 {
        let near = facts.neighbours(year);
        for s in facts.alive(year) {
            let polity = |y: i32| facts.polity.get(&(s, y)).copied();
            let (Some(now), Some(next)) = (polity(year), polity(year + 1)) else {
                continue;
            };
            let known: Vec<f64> = near
                .get(&s)
                .into_iter()
                .flatten()
                .filter_map(|n| facts.polity.get(&(*n, year)).copied())
                .collect();
            let free = known.iter().filter(|p| **p >= 6.0).count() as f64;
            let share = if known.is_empty() {
                0.5
            } else {
                free / known.len() as f64
            };
            let scores = (now, next);
            let (now, next) = (class(now), class(next));
            if scores.0 >= CONSOLIDATED {
                ends.add(next < 2);
                continue;
            }
            if now == 2 {
                firm.add(scores.1 >= CONSOLIDATED);
            }
            if now < 2 {
                up.add(now, next > now, share, next.abs_diff(now) == 2);
            }
            if now > 0 {
                down.add(now, next < now, share, next.abs_diff(now) == 2);
            }
        }
    }
    put(out, "regime.down.consolidated", ends.value());
    put(out, "regime.consolidate", firm.value());
    up.put("up", out)?;
    down.put("down", out)
}

impl Side {
    fn add(&mut self, now: usize, changed: bool, share: f64, far: bool) {
        self.changed.push(i32::from(changed));
        self.mixed.push(f64::from(u8::from(now == 1)));
        self.neighbours.push(share);
        if changed && now != 1 {
            self.direct.0 += 1.0;
            self.direct.1 += f64::from(u8::from(far));
        }
    }

    fn put(self, way: &str, out: &mut Values) -> Outcome<()> {
        let mut t = Table::default();
        t.set("changed", Column::Int(self.changed));
        t.set("mixed", Column::Float(self.mixed));
        t.set("neighbours", Column::Float(self.neighbours));
        let formula = Formula::parse("changed ~ mixed + neighbours")?;
        let got = logit(&Sample::new(formula, &t)?, None)?;
        let names = ["constant", "mixed", "neighbours"];
        for (name, c) in names.iter().zip(&got.coefficients) {
            put(out, &format!("regime.{way}.{name}"), c.estimate);
        }
        let direct = self.direct.1 / self.direct.0;
        put(out, &format!("regime.{way}.direct"), direct);
        Ok(())
    }
}
