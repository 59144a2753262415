//! The aims of the minds that decide in a world, with the states that they name.

use crate::system::System;
use raison_core::world::{Layer, Mind};
use raison_core::{Direction, Measure};

/// Whom an aim means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Nobody in particular.
    Anybody,
    /// This state.
    State(u16),
    /// A state that is not in the world: nothing serves the aim.
    Absent,
}

/// What a doctrine wants of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// As the doctrine names it.
    pub measure: Measure,
    /// The layer that it names.
    pub layer: Option<Layer>,
    /// Whom it means.
    pub whom: Whom,
    /// Which way.
    pub direction: Direction,
    /// Weight of the pillar times the aim's part in it, at central values.
    pub weight: f64,
}

impl Aim {
    /// Whether it means a layer: it names that one, or none.
    pub fn means(&self, layer: Layer) -> bool {
        self.layer.is_none_or(|l| l == layer)
    }
}

/// The aims of a mind, in the order of its pillars.
pub fn of(system: &System, mind: &Mind) -> Vec<Aim> {
    let values = mind.inputs.central();
    let value = |n: raison_core::Num| values.get(n.0 as usize).copied().unwrap_or(0.0);
    let pillars = mind.doctrine.iter().flat_map(|d| &d.pillars);
    let mut out = Vec::new();
    for pillar in pillars {
        let total: f64 = pillar.aims.iter().map(|a| a.weight).sum();
        for aim in &pillar.aims {
            let share = if total > 0.0 { aim.weight / total } else { 0.0 };
            out.push(Aim {
                measure: aim.measure.clone(),
                layer: aim.measure.layer.as_deref().and_then(Layer::of),
                whom: whom(system, aim.measure.on.as_deref()),
                direction: aim.direction,
                weight: value(pillar.weight) * share,
            });
        }
    }
    out
}

fn whom(system: &System, code: Option<&str>) -> Whom {
    match code.map(|c| system.world.state(c)) {
        None => Whom::Anybody,
        Some(Some(i)) => Whom::State(i as u16),
        Some(None) => Whom::Absent,
    }
}
