//! Pacts of two and of several.

use super::{Facts, Values, put};
use raison_record::{Outcome, Store};
use raison_world::blocs::layers;
use raison_world::mind::STRATEGY_SHARES;
use raison_world::record_world::region;
use std::collections::{BTreeMap, BTreeSet};

type Pair = (i32, i32);

/// A pact of several: who is in it, and whether it obliges to defend.
struct Group {
    members: BTreeSet<i32>,
    defends: bool,
}

/// The pacts of a year, in pacts of several and those of two that are left.
struct Laid {
    blocs: Vec<Group>,
    two: BTreeSet<Pair>,
    all: BTreeMap<Pair, bool>,
}

impl Laid {
    /// Whether two states have a pact, or one that obliges to defend.
    fn holds(&self, defends: bool, pair: &Pair) -> bool {
        self.all.get(pair).is_some_and(|d| *d || !defends)
    }
}

fn lay(facts: &Facts, year: i32) -> Laid {
    let alive: Vec<i32> = facts.alive(year).into_iter().collect();
    let empty = BTreeMap::new();
    let inside = |s: &i32| alive.binary_search(s).is_ok();
    let all: BTreeMap<Pair, bool> = facts
        .pacts
        .get(&year)
        .unwrap_or(&empty)
        .iter()
        .filter(|((a, b), _)| inside(a) && inside(b))
        .map(|(p, d)| (*p, *d))
        .collect();
    let pact = |i: usize, j: usize| all.get(&order(alive[i], alive[j])).copied();
    let found = layers(
        alive.len(),
        |i, j| pact(i, j) == Some(true),
        |i, j| pact(i, j).is_some(),
    );
    let codes = |g: Vec<u16>| g.iter().map(|i| alive[*i as usize]).collect();
    let blocs: Vec<Group> = found
        .into_iter()
        .map(|(g, defends)| Group {
            members: codes(g),
            defends,
        })
        .collect();
    // A pact to defend within a looser one is a pact of two as well.
    let covered = |(a, b): &Pair, defence: bool| {
        let inside = |g: &&Group| g.members.contains(a) && g.members.contains(b);
        blocs.iter().filter(inside).any(|g| g.defends || !defence)
    };
    let open = all.iter().filter(|(p, d)| !covered(p, **d));
    let two = open.map(|(p, _)| *p).collect();
    Laid { blocs, two, all }
}

fn order(a: i32, b: i32) -> Pair {
    (a.min(b), a.max(b))
}

/// Counts over pairs of years without a general war.
#[derive(Default)]
struct Counts {
    state_years: f64,
    founded: f64,
    bloc_years: f64,
    dissolved: f64,
    outside: f64,
    joined: f64,
    inside: f64,
    left: f64,
    two: f64,
    ended: f64,
    /// Relevant pairs without a pact, and new pacts of two among them: other regimes, and
    /// one class of regime.
    free: [f64; 2],
    made: [f64; 2],
    /// New pacts of two of any pair, and those of all new that oblige to defend.
    new: f64,
    defence: (f64, f64),
}

/// Rates on years before the start.
pub fn fit(_: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let general = facts.general_wars();
    let mut c = Counts::default();
    let first = facts.pacts.keys().next().copied().unwrap_or(from);
    let mut now = lay(facts, first);
    for year in first..from - 1 {
        let next = lay(facts, year + 1);
        if !general.contains(&year) && !general.contains(&(year + 1)) {
            c.blocs(facts, year, &now, &next);
            c.pairs(facts, year, &now, &next);
        }
        now = next;
    }
    let rate = |x: f64, of: f64| if of > 0.0 { x / of } else { f64::NAN };
    let (other, like) = (rate(c.made[0], c.free[0]), rate(c.made[1], c.free[1]));
    put(out, "alliance.form", other);
    put(out, "alliance.alike", (like / other).clamp(0.1, 10.0));
    // Half of new pacts of two are sought by strategies, each state's and each year's with
    // the share that strategies have where no lens tilts them.
    let sought = rate(0.5 * c.new, c.state_years) / STRATEGY_SHARES[3];
    put(out, "alliance.balance", sought.min(1.0));
    put(out, "alliance.defence", rate(c.defence.1, c.defence.0));
    put(out, "alliance.end", rate(c.ended, c.two));
    put(out, "bloc.form", rate(c.founded, c.state_years));
    put(out, "bloc.join", rate(c.joined, c.outside));
    put(out, "bloc.leave", rate(c.left, c.inside));
    put(out, "bloc.end", rate(c.dissolved, c.bloc_years));
    Ok(())
}

fn all_pairs(g: &BTreeSet<i32>) -> impl Iterator<Item = Pair> {
    let list: Vec<i32> = g.iter().copied().collect();
    let n = list.len();
    (0..n).flat_map(move |i| {
        let list = list.clone();
        (i + 1..n).map(move |j| (list[i], list[j]))
    })
}

/// Share of some states' pairs that have a pact, of a kind.
fn kept(g: &BTreeSet<i32>, defends: bool, then: &Laid) -> f64 {
    let n = all_pairs(g).count().max(1) as f64;
    all_pairs(g).filter(|p| then.holds(defends, p)).count() as f64 / n
}

impl Counts {
    fn blocs(&mut self, facts: &Facts, year: i32, now: &Laid, next: &Laid) {
        let alive = facts.alive(year + 1);
        self.state_years += alive.len() as f64;
        for group in &now.blocs {
            let (g, defends) = (&group.members, group.defends);
            let stay: BTreeSet<i32> = g.intersection(&alive).copied().collect();
            self.bloc_years += 1.0;
            // A pact of several ends where most of its pairs do.
            if stay.len() < 2 || kept(&stay, defends, next) < 0.5 {
                self.dissolved += 1.0;
                continue;
            }
            let tied = |s: i32| {
                let others = stay.iter().filter(|m| **m != s);
                let with = others
                    .clone()
                    .filter(|m| next.holds(defends, &order(s, **m)));
                with.count() as f64 / others.count().max(1) as f64
            };
            self.inside += stay.len() as f64;
            self.left += stay.iter().filter(|m| tied(**m) < 0.5).count() as f64;
            let home = home(g);
            let near = |s: &&i32| region(**s) == home && !g.contains(s);
            for s in alive.iter().filter(near) {
                let before = g.iter().filter(|m| now.holds(defends, &order(*s, **m)));
                if before.count() * 2 > g.len() {
                    continue;
                }
                self.outside += 1.0;
                self.joined += f64::from(u8::from(tied(*s) > 0.5));
            }
        }
        let fresh = |g: &&Group| kept(&g.members, g.defends, now) < 0.5 && !grown(g, now);
        self.founded += next.blocs.iter().filter(fresh).count() as f64;
    }

    fn pairs(&mut self, facts: &Facts, year: i32, now: &Laid, next: &Laid) {
        let alive: Vec<i32> = facts.alive(year + 1).into_iter().collect();
        let inside = |s: i32| alive.binary_search(&s).is_ok();
        for p in now.two.iter().filter(|p| inside(p.0) && inside(p.1)) {
            self.two += 1.0;
            self.ended += f64::from(u8::from(!next.all.contains_key(p)));
        }
        for (p, defence) in next.all.iter().filter(|(p, _)| !now.all.contains_key(p)) {
            self.defence.0 += 1.0;
            self.defence.1 += f64::from(u8::from(*defence));
            self.new += f64::from(u8::from(next.two.contains(p)));
        }
        let near = facts.neighbours(year + 1);
        let class = |s: i32| {
            let polity = facts.polity.get(&(s, year));
            raison_world::system::class(polity.copied().unwrap_or(0.0))
        };
        for (i, a) in alive.iter().enumerate() {
            for b in &alive[i + 1..] {
                let border = near.get(a).is_some_and(|l| l.contains(b));
                let relevant = border || facts.major(*a, year + 1) || facts.major(*b, year + 1);
                if !relevant || now.all.contains_key(&(*a, *b)) {
                    continue;
                }
                let alike = usize::from(class(*a) == class(*b));
                self.free[alike] += 1.0;
                self.made[alike] += f64::from(u8::from(next.two.contains(&(*a, *b))));
            }
        }
    }
}

/// Whether a group of this year is one of last year with some more members.
fn grown(g: &Group, now: &Laid) -> bool {
    let alike = now.blocs.iter().filter(|old| old.defends == g.defends);
    let shared = |old: &Group| old.members.intersection(&g.members).count();
    alike
        .into_iter()
        .any(|old| shared(old) * 2 > g.members.len())
}

/// The region of most members.
fn home(g: &BTreeSet<i32>) -> &'static str {
    let mut count: BTreeMap<&'static str, usize> = BTreeMap::new();
    g.iter()
        .for_each(|s| *count.entry(region(*s)).or_default() += 1);
    let best = count.into_iter().max_by_key(|(_, n)| *n);
    best.map_or("", |(r, _)| r)
}
