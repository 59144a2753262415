//! From actor rows and what surrounds them to covariates.

use super::around::Around;
use super::before::Past;
use super::list::{Actor, Crises};
use super::variables::VARIABLES;
use crate::column::year_of;
use raison_core::record::{Row, Rows};
use std::sync::Arc;

/// What counts as known before the response where the record leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Acts of others on the very day of the trigger count as known.
    pub same_day: bool,
    /// The gravest threat, which the codebook does not date, is used.
    pub threat: bool,
    /// The codes of protracted conflicts are read as they stand, which needs hindsight:
    /// they say how long a conflict or war was to last. Otherwise only a war that is under
    /// way already counts as a long one.
    pub protracted: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            same_day: true,
            threat: true,
            protracted: false,
        }
    }
}

impl Crises {
    /// The table of covariates. The responses of `hidden` rows are seen by no other row.
    pub fn rows(&self, around: &Around, hidden: &[bool], options: Options) -> Rows {
        let names: Arc<[&'static str]> = VARIABLES.iter().map(|v| v.name).collect();
        let leaders: Vec<Option<Arc<str>>> = self
            .actors
            .iter()
            .map(|a| around.leader(a.code, a.trigger).map(|s| s.person.clone()))
            .collect();
        let hidden: Vec<bool> = (0..self.actors.len())
            .map(|i| hidden.get(i).copied().unwrap_or(false))
            .collect();
        let past = Past {
            actors: &self.actors,
            leaders: &leaders,
            hidden: &hidden,
        };
        let mut values = Vec::with_capacity(self.actors.len() * names.len());
        let mut rows = Vec::with_capacity(self.actors.len());
        for (at, actor) in self.actors.iter().enumerate() {
            let mut known = Known {
                pairs: Vec::with_capacity(names.len()),
            };
            known.situation(actor, options);
            known.power(actor, around);
            known.state(actor);
            known.past(actor, &past, at, options);
            known.pair(actor, around);
            known.leader(actor, around);
            values.extend(names.iter().map(|n| known.value(n)));
            rows.push(row(actor, leaders[at].clone()));
        }
        Rows {
            names,
            rows,
            values,
            hidden,
        }
    }
}

fn row(a: &Actor, leader: Option<Arc<str>>) -> Row {
    Row {
        actor: a.id,
        crisis: a.crisis,
        state: a.state.clone(),
        code: a.code,
        title: a.name.clone(),
        leader,
        year: a.year,
        trigger: a.trigger,
        response: a.response,
        class: a.class,
    }
}

/// Values by name, gathered in any order.
struct Known {
    pairs: Vec<(&'static str, f64)>,
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn log_count(n: f64) -> f64 {
    n.ln_1p()
}

impl Known {
    fn set(&mut self, name: &'static str, value: f64) {
        self.pairs.push((name, value));
    }

    fn value(&self, name: &str) -> f64 {
        let found = self.pairs.iter().find(|(n, _)| *n == name);
        found.map_or(f64::NAN, |(_, v)| *v)
    }

    fn situation(&mut self, a: &Actor, options: Options) {
        let codes: [(&'static str, &str, &[i32]); 20] = [
            ("trigger_violent", "triggr", &[9]),
            ("trigger_indirect", "triggr", &[8]),
            ("trigger_military", "triggr", &[7]),
            ("trigger_internal", "triggr", &[6]),
            ("trigger_external", "triggr", &[4]),
            ("trigger_political", "triggr", &[2]),
            ("trigger_soft", "triggr", &[1, 3, 5]),
            ("trigger_nonstate", "trigent", &[996]),
            ("trigger_several", "trigent", &[997]),
            ("trigger_inside", "trigloc", &[2]),
            ("issue_military", "issue", &[1]),
            ("at_home", "cractloc", &[1]),
            ("far_away", "cractloc", &[4]),
            ("dominant_system", "syslev", &[2]),
            ("threat_territory", "gravty", &[3]),
            ("threat_grave", "gravty", &[5, 6]),
            ("threat_influence", "gravty", &[4]),
            ("threat_political", "gravty", &[2]),
            ("threat_economic", "gravty", &[0]),
            ("threat_limited", "gravty", &[1]),
        ];
        for (name, column, values) in codes {
            if column != "gravty" || options.threat {
                self.set(name, a.is(column, values));
            }
        }
        let inside = a.code_of("iwc").map_or(f64::NAN, |c| flag(c != 1));
        self.set("inside_war", inside);
        let long = a.is("pc", &[3]);
        if options.protracted {
            self.set("long_war", long);
            self.set("protracted", a.is("pc", &[2, 3]));
        } else {
            self.set("long_war", long * inside);
        }
        self.set(
            "trigger_code",
            a.code_of("triggr").map_or(f64::NAN, f64::from),
        );
    }

    fn power(&mut self, a: &Actor, around: &Around) {
        let own = around.cinc(a.code, a.trigger_year);
        let source = a.code_of("southv").filter(|c| *c < 990);
        let other = source.and_then(|c| around.cinc(c, a.trigger_year));
        let ratio = match (own, other) {
            (Some(a), Some(b)) => (a / b).ln(),
            _ => f64::NAN,
        };
        let when = |holds: bool| {
            if ratio.is_nan() {
                f64::NAN
            } else {
                flag(holds)
            }
        };
        self.set("power_ratio", ratio);
        self.set("much_weaker", when(ratio < 0.1f64.ln()));
        self.set("weaker", when(ratio < 0.0));
        self.set("parity", when(ratio.abs() < 2f64.ln()));
        self.set("own_capability", own.map_or(f64::NAN, f64::ln));
        self.set("adversary_superpower", a.is("southpow", &[4]));
        self.set("adversary_great", a.is("southpow", &[3]));
        self.set("adversary_small", a.is("southpow", &[1]));
        self.set("own_superpower", a.is("powsta", &[4]));
        self.set("own_great", a.is("powsta", &[3]));
        self.set("own_small", a.is("powsta", &[1]));
        self.set("own_nuclear", a.is("nuclear", &[3, 4]));
        self.set("allied", a.is("allycap", &[3, 4]));
        self.set("non_aligned", a.is("allycap", &[1]));
    }

    fn state(&mut self, a: &Actor) {
        let codes: [(&'static str, &str, &[i32]); 15] = [
            ("democracy", "regime", &[1]),
            ("military_regime", "regime", &[3, 4, 5]),
            ("regime_new", "durreg", &[1]),
            ("regime_old", "durreg", &[3]),
            ("state_new", "age", &[5, 6, 7, 8]),
            ("large_territory", "territ", &[3]),
            ("economy_worse", "econdt", &[1]),
            ("inflation", "inflat", &[1]),
            ("labour_unrest", "labstr", &[1]),
            ("repression", "regrep", &[1]),
            ("unrest", "socunr", &[1]),
            ("mass_violence", "massvl", &[1]),
            ("instability", "gvinst", &[1]),
            ("middle_east", "geog", &[15]),
            ("africa", "geog", &[20, 21, 22, 23, 24]),
        ];
        for (name, column, values) in codes {
            self.set(name, a.is(column, values));
        }
    }

    fn past(&mut self, a: &Actor, past: &Past<'_>, at: usize, options: Options) {
        let b = past.before(at);
        // Shrinkage as in the reference protocol: towards two fifths with the weight of
        // three decisions (four for leaders).
        self.set("own_force", b.own.rate(0.4, 3.0));
        self.set("own_recent_force", b.own_recent.rate(0.4, 3.0));
        self.set("own_alike_force", b.own_alike.rate(0.4, 3.0));
        self.set("own_show", (b.own.show + 0.6) / (b.own.n + 3.0));
        self.set("own_last_force", flag(b.own_last.is_some_and(|c| c >= 2)));
        self.set("own_last_none", flag(b.own_last == Some(0)));
        self.set("own_crises", log_count(b.own.n));
        self.set("leader_force", b.leader.rate(0.375, 4.0));
        self.set("leader_alike_force", b.leader_alike.rate(0.375, 4.0));
        self.set("leader_crises", log_count(b.leader.n));
        self.set("dyad_force", b.dyad.rate(0.4, 3.0));
        self.set("dyad_crises", log_count(b.dyad.n));
        self.set("adversary_force", b.adversary.rate(0.4, 3.0));
        self.set("region_force", b.region.rate(0.4, 5.0));
        self.set("world_force", b.world.rate(0.4, 10.0));
        self.set("world_alike_force", b.world_alike.rate(0.4, 5.0));
        self.set("small_units", b.small_unit.rate(0.4, 3.0));
        self.set("adhoc_units", b.adhoc_unit.rate(0.3, 3.0));
        let moves = past.moves(at, options.same_day);
        self.set("adversary_moved_violent", flag(moves.adversary_violent));
        self.set("adversary_moved_other", flag(moves.adversary_other));
        self.set("others_moved_violent", flag(moves.others_violent));
        self.set("others_moved_other", flag(moves.others_other));
        let anyone = moves.adversary_violent
            || moves.adversary_other
            || moves.others_violent
            || moves.others_other;
        self.set("first_mover", flag(!anyone));
        let _ = a;
    }

    fn pair(&mut self, a: &Actor, around: &Around) {
        let year = a.trigger_year;
        let (all, force) = around.active(a.code, year, a.trigger);
        self.set("own_disputes", log_count(all as f64));
        self.set("own_forceful_disputes", log_count(force as f64));
        let Some(other) = a.code_of("southv").filter(|c| *c < 990) else {
            return;
        };
        let (all, force) = around.disputes(a.code, other, year, a.trigger);
        self.set("dyad_disputes", log_count(all as f64));
        self.set("dyad_forceful_disputes", log_count(force as f64));
        self.set(
            "contiguous",
            flag(around.neighbours(a.code, other, a.trigger)),
        );
    }

    fn leader(&mut self, a: &Actor, around: &Around) {
        let Some(spell) = around.leader(a.code, a.trigger) else {
            return;
        };
        let year = year_of(a.trigger);
        let days = f64::from(a.trigger - spell.start);
        self.set("tenure", (days.max(0.0) / 365.25).ln_1p());
        self.set(
            "age",
            spell.born.map_or(f64::NAN, |b| f64::from(year - b) / 10.0),
        );
        self.set("irregular_entry", flag(spell.irregular));
        let [service, combat, rebel, theta] = spell.attributes;
        self.set("military_service", service);
        self.set("combat", combat);
        self.set("rebel", rebel);
        self.set("willingness", theta);
        let profile = around.profile(a.code, &spell.name, year, a.trigger);
        self.set("profiled", flag(profile.is_some()));
        if let Some([i1, i2, p1, p4]) = profile {
            self.set("profile_strategy", i1);
            self.set("profile_tactics", i2);
            self.set("profile_universe", p1);
            self.set("profile_control", p4);
        }
    }
}
