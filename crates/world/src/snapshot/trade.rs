//! Trade of every pair.
//!
//! All pairs trade, so this is the one part of a year that grows with the square of the
//! states. It is laid out in whole rows, of which the processor works on several numbers
//! at once, and sums run down the columns: rows and columns are the same, and each sum
//! still adds in the order of the states.

use super::{LEAST, Snapshot};
use crate::params::Params;
use crate::system::System;
use raison_core::Draw;
use raison_core::world::Layer;

/// How a state's trade is spread over its partners.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Trade with the largest partner, million dollars.
    pub largest: f32,
    /// Sum of the squares of trade with each partner.
    pub squares: f64,
}

impl Snapshot {
    /// Sets affinities so that the first year's trade is the stated one where it is
    /// stated, and gravity's elsewhere.
    pub(super) fn scale_trade(&mut self, system: &System, draw: Draw<'_>, params: &Params) {
        self.flow(system, params);
        let n = system.n;
        let mut stated = false;
        for tie in system.world.ties.iter().filter(|t| t.layer == Layer::Trade) {
            let (i, j) = (tie.from, tie.to);
            let gravity = self.trade[i * n + j].max(1e-9);
            let factor = (draw.get(tie.weight) as f32 / gravity).clamp(1e-6, 1e6);
            self.affinity[i * n + j] = factor;
            self.affinity[j * n + i] = factor;
            stated = true;
        }
        if stated {
            self.flow(system, params);
        }
    }

    /// What keeps world trade in step with world GDP. The elasticity compares pairs of one
    /// time; over time it would let trade grow with GDP to twice its power. That openness
    /// has no trend is an assumption.
    fn in_step(&self, elasticity: f64) -> f64 {
        let now = self.world_gdp().max(LEAST);
        (self.whole.max(LEAST) / now).powf(2.0 * elasticity - 1.0)
    }

    /// Trade of every pair: gravity times affinity, in step with world GDP, cut by
    /// sanctions and war.
    pub fn flow(&mut self, system: &System, params: &Params) {
        let n = system.n;
        let (constant, elasticity) = (params.trade_constant().exp(), params.trade_gdp());
        let (distance, border) = (params.trade_distance(), params.trade_border().exp());
        let step = self.in_step(elasticity).sqrt();
        let mass: Vec<f32> = self
            .gdp
            .iter()
            .map(|g| ((g * 1000.0).powf(elasticity) * step) as f32)
            .collect();
        let left = self.payment_loss(params);
        let closed = left.iter().any(|x| *x != 1.0);
        let resistance = system.resistance(constant, distance, border);
        let wide = n.max(1);
        let given = resistance.chunks_exact(wide);
        let given = given.zip(self.affinity.chunks_exact(wide));
        let rows = self.trade.chunks_exact_mut(wide).zip(given);
        for (i, (row, (resistance, affinity))) in rows.enumerate() {
            let (own, kept) = (mass[i], left[i]);
            let given = resistance.iter().zip(affinity).zip(&mass);
            for (t, ((r, a), mass)) in row.iter_mut().zip(given) {
                *t = own * mass * r * a;
            }
            row[i] = 0.0;
            if closed {
                for (t, left) in row.iter_mut().zip(&left) {
                    *t *= if kept < *left { kept } else { *left };
                }
            }
        }
        self.cut(params, n);
        self.sum_up(n);
    }

    /// Total trade of each state.
    fn sum_up(&mut self, n: usize) {
        self.total.fill(0.0);
        for row in self.trade.chunks_exact(n.max(1)) {
            for (sum, t) in self.total.iter_mut().zip(row) {
                *sum += f64::from(*t);
            }
        }
    }

    /// How the trade of each state is spread.
    pub fn spread(&self) -> Vec<Spread> {
        let n = self.total.len();
        let mut largest = vec![0.0f32; n];
        let mut squares = vec![0.0f64; n];
        for row in self.trade.chunks_exact(n.max(1)) {
            for (top, t) in largest.iter_mut().zip(row) {
                *top = if *t > *top { *t } else { *top };
            }
            for (sum, t) in squares.iter_mut().zip(row) {
                *sum += f64::from(*t) * f64::from(*t);
            }
        }
        let both = largest.into_iter().zip(squares);
        both.map(|(largest, squares)| Spread { largest, squares })
            .collect()
    }

    fn cut(&mut self, params: &Params, n: usize) {
        let (sanction, war) = (params.sanction_trade() as f32, params.trade_war() as f32);
        let mut by = |i: u16, j: u16, factor: f32| {
            self.trade[i as usize * n + j as usize] *= factor;
            self.trade[j as usize * n + i as usize] *= factor;
        };
        for s in &self.sanctions {
            by(s.by, s.on, sanction);
        }
        for w in &self.wars {
            for a in &w.attackers {
                w.defenders.iter().for_each(|d| by(*a, *d, war));
            }
        }
    }

    /// What is left of each state's trade after hubs that sanction it closed to it.
    fn payment_loss(&self, params: &Params) -> Vec<f32> {
        let mut left = vec![1.0f32; self.share.len()];
        for s in &self.sanctions {
            if let Some(x) = left.get_mut(s.on as usize) {
                *x = (1.0 - params.sanction_payments() * self.payments_closed(s.on)) as f32;
            }
        }
        left
    }
}
