//! Pacts made and ended outside any crisis.

use super::{Decisions, Setting};
use crate::luck::{Purpose, pair};
use crate::snapshot::{CONSULT, DEFENCE, PEACEFUL, Snapshot};

pub(super) fn decide(set: &Setting<'_>, s: &Snapshot, d: &mut Decisions) {
    let n = set.system.n;
    let form = set.luck.year(Purpose::Pact, set.year);
    let chance = set.params.alliance_form();
    for (at, p) in set.system.pairs.iter().enumerate() {
        let (i, j) = (p.a as usize, p.b as usize);
        let alike = set.system.regime(i) == set.system.regime(j);
        let u = form.uniform(p.key);
        if u >= chance * if alike { 2.0 } else { 0.5 } || s.pact[i * n + j] != 0 || s.peace[at] < 5
        {
            continue;
        }
        let kind = set.luck.uniform(Purpose::PactKind, p.key, set.year);
        let bits = if kind < 0.43 {
            DEFENCE | CONSULT
        } else {
            PEACEFUL | CONSULT
        };
        d.pacts.push((p.a, p.b, bits));
    }
    let end = set.luck.year(Purpose::PactEnd, set.year);
    let chance = set.params.alliance_end();
    for i in 0..n {
        for j in i + 1..n {
            if s.pact[i * n + j] != 0
                && end.uniform(pair(set.system.keys[i], set.system.keys[j])) < chance
            {
                d.ends.push((i as u16, j as u16));
            }
        }
    }
}
