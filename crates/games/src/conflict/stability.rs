//! Nash, general metarational, symmetric metarational and sequential stability.

use super::{Conflict, Moves};

/// When a player is content to leave a state alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Concept {
    /// No move makes it better off (Nash 1950).
    Nash,
    /// The others can answer every improvement by something no better than the state
    /// (Howard 1971).
    Gmr,
    /// They can, and the player could not escape afterwards (Howard 1971).
    Smr,
    /// They can by moves that improve their own position (Fraser & Hipel 1979).
    Seq,
}

impl Concept {
    /// All four.
    pub const ALL: [Concept; 4] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq];

    /// The usual abbreviation.
    pub fn name(self) -> &'static str {
        match self {
            Concept::Nash => "Nash",
            Concept::Gmr => "GMR",
            Concept::Smr => "SMR",
            Concept::Seq => "SEQ",
        }
    }
}

/// Which states are stable for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stability {
    /// Per player and state, one bit per concept.
    bits: Vec<Vec<u8>>,
}

impl Stability {
    /// Whether `player` is content with `state`.
    pub fn is_stable(&self, concept: Concept, player: usize, state: usize) -> bool {
        self.bits[player][state] >> concept as u8 & 1 == 1
    }

    /// The states stable for `player`.
    pub fn stable(&self, concept: Concept, player: usize) -> Vec<usize> {
        let states = 0..self.bits[player].len();
        states
            .filter(|s| self.is_stable(concept, player, *s))
            .collect()
    }

    /// Equilibria: the states stable for all.
    pub fn equilibria(&self, concept: Concept) -> Vec<usize> {
        let states = 0..self.bits.first().map_or(0, Vec::len);
        let all = |s: &usize| (0..self.bits.len()).all(|p| self.is_stable(concept, p, *s));
        states.filter(all).collect()
    }
}

/// Stability of every state for every player under all four concepts.
pub fn stability(conflict: &Conflict) -> Stability {
    let bits = (0..conflict.players.len()).map(|p| of_player(conflict, p));
    Stability {
        bits: bits.collect(),
    }
}

fn of_player(conflict: &Conflict, player: usize) -> Vec<u8> {
    let ranks = &conflict.ranks[player];
    // The best the player can still reach, itself included.
    let escape = best_within_reach(conflict, player);
    let worst = worst_answer(conflict, player, ranks, false);
    let worst_lasting = worst_answer(conflict, player, &escape, false);
    let worst_credible = worst_answer(conflict, player, ranks, true);
    let after = [worst, worst_lasting, worst_credible];
    let limits = after.map(|worst| over_improvements(conflict, player, &worst));
    let mut bits = vec![0u8; conflict.states];
    for s in 0..conflict.states {
        let deterred = |k: usize| limits[k][s].is_none_or(|limit| limit <= ranks[s]);
        let nash = limits[0][s].is_none();
        let list = [nash, deterred(0), deterred(1), deterred(2)];
        bits[s] = list
            .iter()
            .enumerate()
            .fold(0, |b, (k, on)| b | u8::from(*on) << k);
    }
    bits
}

/// For each state the highest rank among it and those the player can move to.
fn best_within_reach(conflict: &Conflict, player: usize) -> Vec<u32> {
    let ranks = &conflict.ranks[player];
    match &conflict.moves[player] {
        Moves::Lists { starts, targets } => (0..conflict.states)
            .map(|s| {
                let list = &targets[starts[s] as usize..starts[s + 1] as usize];
                let best = list.iter().map(|t| ranks[*t as usize]).max();
                best.unwrap_or(0).max(ranks[s])
            })
            .collect(),
        Moves::Groups { group, .. } => {
            let mut best = vec![0; group.len()];
            for (g, r) in group.iter().zip(ranks) {
                best[*g as usize] = best[*g as usize].max(*r);
            }
            group.iter().map(|g| best[*g as usize]).collect()
        }
    }
}

/// For each state the largest `value` among the player's improvements; `None` where there
/// is no improvement.
fn over_improvements(conflict: &Conflict, player: usize, value: &[u32]) -> Vec<Option<u32>> {
    let ranks = &conflict.ranks[player];
    match &conflict.moves[player] {
        Moves::Lists { starts, targets } => (0..conflict.states)
            .map(|s| {
                let list = &targets[starts[s] as usize..starts[s + 1] as usize];
                let better = list
                    .iter()
                    .map(|t| *t as usize)
                    .filter(|t| ranks[*t] > ranks[s]);
                better.map(|t| value[t]).max()
            })
            .collect(),
        Moves::Groups { group, .. } => {
            let order = by_group_and_rank(group, ranks);
            let mut out = vec![None; group.len()];
            for block in order.chunk_by(|a, b| group[*a as usize] == group[*b as usize]) {
                let mut above = None;
                for tie in block.rchunk_by_rank(ranks) {
                    tie.iter().for_each(|s| out[*s as usize] = above);
                    let here = tie.iter().map(|s| value[*s as usize]).max();
                    above = above.max(here);
                }
            }
            out
        }
    }
}

/// States by group, then from bad to good.
fn by_group_and_rank(group: &[u32], ranks: &[u32]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..group.len() as u32).collect();
    order.sort_unstable_by_key(|s| (group[*s as usize], ranks[*s as usize], *s));
    order
}

trait ByRank {
    fn rchunk_by_rank<'a>(&'a self, ranks: &[u32]) -> Vec<&'a [u32]>;
}

impl ByRank for [u32] {
    /// Ties, from good to bad.
    fn rchunk_by_rank<'a>(&'a self, ranks: &[u32]) -> Vec<&'a [u32]> {
        let mut list: Vec<&[u32]> = self
            .chunk_by(|a, b| ranks[*a as usize] == ranks[*b as usize])
            .collect();
        list.reverse();
        list
    }
}

/// For each state the least `value` that the other players can bring about from it by a
/// legal sequence of moves, or of improvements where `credible`; standing still included.
///
/// States are taken from low to high value and spread backwards along moves; the first
/// value to arrive is the least.
fn worst_answer(conflict: &Conflict, player: usize, value: &[u32], credible: bool) -> Vec<u32> {
    let others: Vec<usize> = (0..conflict.players.len())
        .filter(|p| *p != player)
        .collect();
    let backward: Vec<Backward> = others
        .iter()
        .map(|p| Backward::new(conflict, *p, credible))
        .collect();
    let mut order: Vec<u32> = (0..conflict.states as u32).collect();
    order.sort_unstable_by_key(|s| value[*s as usize]);
    let mut sweep = Sweep::new(conflict.states, backward, conflict.transitive);
    for s in order {
        sweep.spread(s, value[s as usize]);
    }
    sweep.found
}

/// The moves of one player read backwards.
enum Backward {
    Lists {
        starts: Vec<u32>,
        sources: Vec<u32>,
    },
    /// Members of each group from bad to good. The state at position k is reached from
    /// those at `begin[k]..until[k]`: all of its group or, where only improvements count,
    /// the worse ones.
    Groups {
        place: Vec<u32>,
        order: Vec<u32>,
        begin: Vec<u32>,
        until: Vec<u32>,
    },
}

impl Backward {
    fn new(conflict: &Conflict, player: usize, credible: bool) -> Self {
        let ranks = &conflict.ranks[player];
        match &conflict.moves[player] {
            Moves::Lists { starts, targets } => {
                let wanted = |s: usize, t: usize| !credible || ranks[t] > ranks[s];
                reverse(conflict.states, starts, targets, wanted)
            }
            Moves::Groups { group, starts, .. } => {
                let order = by_group_and_rank(group, ranks);
                let n = order.len();
                let (mut place, mut begin, mut until) = (vec![0; n], vec![0; n], vec![0; n]);
                for (k, &s) in order.iter().enumerate() {
                    let g = group[s as usize] as usize;
                    place[s as usize] = k as u32;
                    begin[k] = starts[g];
                    let tied =
                        k as u32 > starts[g] && ranks[order[k - 1] as usize] == ranks[s as usize];
                    until[k] = match credible {
                        true if tied => until[k - 1],
                        true => k as u32,
                        false => starts[g + 1],
                    };
                }
                Backward::Groups {
                    place,
                    order,
                    begin,
                    until,
                }
            }
        }
    }
}

fn reverse(
    states: usize,
    starts: &[u32],
    targets: &[u32],
    wanted: impl Fn(usize, usize) -> bool,
) -> Backward {
    let mut back = vec![0u32; states + 1];
    let each = |f: &mut dyn FnMut(usize, usize)| {
        for s in 0..states {
            for t in &targets[starts[s] as usize..starts[s + 1] as usize] {
                if wanted(s, *t as usize) {
                    f(s, *t as usize);
                }
            }
        }
    };
    each(&mut |_, t| back[t + 1] += 1);
    for s in 0..states {
        back[s + 1] += back[s];
    }
    let mut fill = back.clone();
    let mut sources = vec![0u32; back[states] as usize];
    each(&mut |s, t| {
        sources[fill[t] as usize] = s as u32;
        fill[t] += 1;
    });
    Backward::Lists {
        starts: back,
        sources,
    }
}

struct Sweep {
    found: Vec<u32>,
    /// Per state: whether it is done as a place where play may stand, and per last mover.
    seen: Vec<u64>,
    /// Per player, at the first position of each group: everything before is done.
    done: Vec<Vec<u32>>,
    players: Vec<Backward>,
    transitive: bool,
    waiting: Vec<(u32, u32)>,
}

/// "Nobody has moved yet": the start of a sequence.
const NOBODY: u32 = 63;

impl Sweep {
    fn new(states: usize, players: Vec<Backward>, transitive: bool) -> Self {
        let done = players.iter().map(|p| match p {
            Backward::Groups { .. } => vec![0; states],
            Backward::Lists { .. } => Vec::new(),
        });
        Self {
            found: vec![0; states],
            seen: vec![0; states],
            done: done.collect(),
            players,
            transitive,
            waiting: Vec::new(),
        }
    }

    /// Play may end in `state`, whoever moved last.
    fn spread(&mut self, state: u32, value: u32) {
        for last in (0..self.players.len() as u32).chain([NOBODY]) {
            self.visit(state, last, value);
        }
        while let Some((at, last)) = self.waiting.pop() {
            if last == NOBODY {
                continue;
            }
            self.back(at, last as usize, value);
        }
    }

    /// `state` is reached with `last` having moved last; the next mover is somebody else.
    fn visit(&mut self, state: u32, last: u32, value: u32) {
        let seen = &mut self.seen[state as usize];
        if *seen >> last & 1 == 1 {
            return;
        }
        *seen |= 1 << last;
        if last == NOBODY {
            self.found[state as usize] = value;
        } else {
            self.waiting.push((state, last));
        }
    }

    /// Everything from which `mover` can step to `at`.
    fn back(&mut self, at: u32, mover: usize, value: u32) {
        let sources: Vec<u32> = match &self.players[mover] {
            Backward::Lists { starts, sources } => {
                let range = starts[at as usize] as usize..starts[at as usize + 1] as usize;
                sources[range].to_vec()
            }
            Backward::Groups {
                place,
                order,
                begin,
                until,
            } => {
                let k = place[at as usize] as usize;
                let (first, end) = (begin[k] as usize, until[k] as usize);
                // What has been swept from this group before need not be again.
                let from = first.max(self.done[mover][first] as usize);
                self.done[mover][first] = self.done[mover][first].max(end as u32);
                order[from.min(end)..end].to_vec()
            }
        };
        let anyone = self.transitive;
        for source in sources {
            for before in (0..self.players.len() as u32).chain([NOBODY]) {
                if anyone || before != mover as u32 {
                    self.visit(source, before, value);
                }
            }
        }
    }
}
