//! The pacts of the start are those that a world states.

mod common;

use raison_core::Draw;
use raison_core::world::Layer;
use raison_world::params::Params;
use raison_world::snapshot::{CONSULT, DEFENCE, OFFENCE, PEACEFUL, Snapshot};
use raison_world::system::System;

/// What each pair of states is obliged to, as the file has it, `n × n`.
fn stated(system: &System) -> Vec<u8> {
    let mut out = vec![0; system.n * system.n];
    let alliances = system.world.ties.iter();
    for t in alliances.filter(|t| t.layer == Layer::Alliance) {
        let o = &t.obligations;
        let yes = |x: bool, bit: u8| if x { bit } else { 0 };
        let bits = yes(o.defence, DEFENCE)
            | yes(o.offence, OFFENCE)
            | yes(o.neutrality || o.nonaggression, PEACEFUL)
            | yes(o.consultation, CONSULT);
        out[t.from * system.n + t.to] |= bits;
        out[t.to * system.n + t.from] |= bits;
    }
    out
}

#[test]
fn every_stated_obligation_holds_at_the_start_and_no_other() {
    for slug in ["great-powers-1914", "cold-war-1962", "world-2010"] {
        let system = System::new(common::library(slug));
        let values = system.world.inputs.central();
        let s = Snapshot::start(&system, Draw(&values), &Params::defaults());
        let stated = stated(&system);
        assert!(stated.iter().any(|b| b & DEFENCE != 0));
        for i in 0..system.n {
            for j in 0..system.n {
                let at = i * system.n + j;
                let pair = (slug, system.code(i), system.code(j));
                assert_eq!(s.pact[at], stated[at], "{pair:?}");
            }
        }
        assert!(slug == "great-powers-1914" || !s.blocs.is_empty(), "{slug}");
    }
}
