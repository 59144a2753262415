//! Regimes: how often a class is left, by class and neighbourhood.

use super::{Facts, Values, put};
use raison_record::stats::formula::Formula;
use raison_record::stats::logit::{Sample, fit as logit};
use raison_record::{Column, Outcome, Table};
use raison_world::system::class;

#[derive(Default)]
struct Side {
    changed: Vec<i32>,
    mixed: Vec<f64>,
    neighbours: Vec<f64>,
    direct: (f64, f64),
}

/// A logit of moving up among those below democracy, and of moving down among those above
/// autocracy, on state-years before the start.
pub fn fit(facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let (mut up, mut down) = (Side::default(), Side::default());
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
            let (now, next) = (class(now), class(next));
            if now < 2 {
                up.add(now, next > now, share, next.abs_diff(now) == 2);
            }
            if now > 0 {
                down.add(now, next < now, share, next.abs_diff(now) == 2);
            }
        }
    }
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
