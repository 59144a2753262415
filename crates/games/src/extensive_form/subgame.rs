//! Subgame-perfect equilibria.
//!
//! A subgame begins at a node that its player can tell from all others and holds every
//! information set that it touches (Selten 1965). Subgames are solved from the last to
//! the first; a solved one is replaced by its payoffs. With perfect information each
//! subgame is one choice: backward induction (Zermelo 1913; Kuhn 1953).

use super::{Behaviour, ExtensiveForm, InformationSet, Node, reduced_normal_form};
use crate::normal_form::{nash, pure_nash};
use crate::{Error, Result};

/// Equilibria kept at most; further ones are counted as [`Subgames::more`].
pub const MOST_SOLUTIONS: usize = 64;

/// A subgame-perfect equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// What everyone does at every information set.
    pub behaviour: Behaviour,
    /// What everyone expects at the root.
    pub payoffs: Vec<f64>,
    /// The largest gain from another plan in any subgame.
    pub regret: f64,
}

/// The subgame-perfect equilibria found.
#[derive(Clone, Debug, PartialEq)]
pub struct Subgames {
    /// The equilibria.
    pub solutions: Vec<Solution>,
    /// Whether there are more than [`MOST_SOLUTIONS`].
    pub more: bool,
    /// Whether only pure equilibria were looked for in some subgame, because more than
    /// two players act in it.
    pub pure_only: bool,
    /// The root nodes of the subgames.
    pub roots: Vec<usize>,
    /// Whether some player was indifferent, so that equilibria form a continuum of which
    /// the extreme ones are listed.
    pub indifferent: bool,
}

/// A partial answer: actions at the sets of solved subgames, and the value at their root.
#[derive(Clone)]
struct Part {
    behaviour: Vec<Option<Vec<f64>>>,
    value: Vec<f64>,
}

/// All subgame-perfect equilibria in which every subgame plays an extreme equilibrium.
///
/// # Errors
/// Trees without perfect recall; subgames too large to solve; a subgame of more than two
/// active players without a pure equilibrium.
pub fn subgame_perfect(tree: &ExtensiveForm) -> Result<Subgames> {
    if !tree.has_perfect_recall() {
        let text = "a player forgets what it knew or did (imperfect recall), so behaviour at \
                    information sets does not describe its plans";
        return Err(Error::Structure(text.to_owned()));
    }
    let roots = roots(tree);
    let mut answer = Subgames {
        solutions: Vec::new(),
        more: false,
        pure_only: false,
        indifferent: false,
        roots: roots.clone(),
    };
    let mut solved: Vec<Option<Vec<Part>>> = vec![None; tree.nodes.len()];
    for &root in roots.iter().rev() {
        let parts = solve(tree, root, &mut solved, &mut answer)?;
        solved[root] = Some(parts);
    }
    let top = solved[0].take().unwrap_or_default();
    answer.solutions = top
        .into_iter()
        .map(|part| finish(tree, part, &roots))
        .collect();
    Ok(answer)
}

/// The nodes where subgames begin, in the order of nodes; the root is always one.
fn roots(tree: &ExtensiveForm) -> Vec<usize> {
    let count = tree.nodes.len();
    // Nodes need not be numbered in preorder, so subtrees are found by ancestors.
    let mut parent = vec![0; count];
    for (k, node) in tree.nodes.iter().enumerate() {
        node.next().for_each(|n| parent[n] = k);
    }
    let depth = tree.depths();
    let mut open = vec![true; count];
    for members in &tree.members {
        let Some((&first, rest)) = members.split_first() else {
            continue;
        };
        let mut meet = first;
        for &other in rest {
            meet = common(&parent, &depth, meet, other);
        }
        // Every node strictly below the meeting point and above a member splits the set.
        for &member in members.iter().filter(|_| !rest.is_empty()) {
            let mut at = member;
            while at != meet && open[at] {
                open[at] = false;
                at = parent[at];
            }
        }
    }
    let starts = |k: &usize| open[*k] && !matches!(tree.nodes[*k], Node::End { .. });
    let mut list: Vec<usize> = (0..count).filter(starts).collect();
    if list.first() != Some(&0) {
        list.insert(0, 0);
    }
    list
}

fn common(parent: &[usize], depth: &[usize], mut a: usize, mut b: usize) -> usize {
    while a != b {
        if depth[a] >= depth[b] {
            a = parent[a]
        } else {
            b = parent[b]
        }
    }
    a
}

/// Solves the subgame at `root`, those below it being solved.
fn solve(
    tree: &ExtensiveForm,
    root: usize,
    solved: &mut [Option<Vec<Part>>],
    answer: &mut Subgames,
) -> Result<Vec<Part>> {
    let (inner, leaves) = inside(tree, root, solved);
    let mut found: Vec<Part> = Vec::new();
    let mut choice = vec![0; leaves.len()];
    loop {
        let parts: Vec<&Part> = leaves
            .iter()
            .zip(&choice)
            .filter_map(|(leaf, c)| solved[*leaf].as_ref().and_then(|list| list.get(*c)))
            .collect();
        for part in solve_with(tree, root, &inner, &leaves, &parts, answer)? {
            if found.len() == MOST_SOLUTIONS {
                answer.more = true;
                return Ok(found);
            }
            found.push(part);
        }
        let sizes = leaves
            .iter()
            .map(|l| solved[*l].as_ref().map_or(1, Vec::len));
        if !next_choice(&mut choice, sizes) {
            return Ok(found);
        }
    }
}

/// Counts `choice` up; false after the last.
fn next_choice(choice: &mut [usize], sizes: impl Iterator<Item = usize>) -> bool {
    for (c, size) in choice.iter_mut().zip(sizes) {
        *c += 1;
        if *c < size {
            return true;
        }
        *c = 0;
    }
    false
}

/// The nodes of a subgame that belong to no deeper one, and the roots of deeper ones.
fn inside(
    tree: &ExtensiveForm,
    root: usize,
    solved: &[Option<Vec<Part>>],
) -> (Vec<usize>, Vec<usize>) {
    let (mut inner, mut leaves, mut waiting) = (Vec::new(), Vec::new(), vec![root]);
    while let Some(k) = waiting.pop() {
        if k != root && solved[k].is_some() {
            leaves.push(k);
        } else {
            inner.push(k);
            waiting.extend(tree.nodes[k].next());
        }
    }
    inner.sort_unstable();
    leaves.sort_unstable();
    (inner, leaves)
}

fn solve_with(
    tree: &ExtensiveForm,
    root: usize,
    inner: &[usize],
    leaves: &[usize],
    parts: &[&Part],
    answer: &mut Subgames,
) -> Result<Vec<Part>> {
    let mut known = vec![None; tree.sets.len()];
    for part in parts {
        for (to, from) in known.iter_mut().zip(&part.behaviour) {
            if from.is_some() {
                to.clone_from(from);
            }
        }
    }
    let value = |k: usize| -> Vec<f64> {
        match (leaves.binary_search(&k), &tree.nodes[k]) {
            (Ok(place), _) => parts[place].value.clone(),
            (_, Node::End { payoffs }) => payoffs.clone(),
            _ => Vec::new(),
        }
    };
    let choices: Vec<Local> = match &tree.nodes[root] {
        Node::Chance { moves } if is_plain(tree, inner) => vec![by_chance(moves, value)],
        Node::Decision { set, next } if is_plain(tree, inner) => {
            by_choice(tree, *set, next, value, answer)
        }
        _ => by_normal_form(tree, inner, value, answer)?,
    };
    let complete = |(moves, value): Local| {
        let mut behaviour = known.clone();
        moves
            .into_iter()
            .for_each(|(set, mix)| behaviour[set] = Some(mix));
        Part { behaviour, value }
    };
    Ok(choices.into_iter().map(complete).collect())
}

/// Moves at some information sets, and what they are worth to everyone.
type Local = (Vec<(usize, Vec<f64>)>, Vec<f64>);

/// One node with nothing but ends and solved subgames behind it.
fn is_plain(tree: &ExtensiveForm, inner: &[usize]) -> bool {
    let moving = |k: &&usize| !matches!(tree.nodes[**k], Node::End { .. });
    inner.iter().filter(moving).count() == 1
}

fn by_chance(moves: &[(f64, usize)], value: impl Fn(usize) -> Vec<f64>) -> Local {
    let mut sum: Vec<f64> = Vec::new();
    for (p, next) in moves {
        let there = value(*next);
        sum.resize(there.len(), 0.0);
        sum.iter_mut().zip(&there).for_each(|(s, v)| *s += p * v);
    }
    (Vec::new(), sum)
}

/// Every best action, each as a solution of its own.
fn by_choice(
    tree: &ExtensiveForm,
    set: usize,
    next: &[usize],
    value: impl Fn(usize) -> Vec<f64>,
    answer: &mut Subgames,
) -> Vec<Local> {
    let player = tree.sets[set].player;
    let values: Vec<Vec<f64>> = next.iter().map(|n| value(*n)).collect();
    let best = values
        .iter()
        .map(|v| v[player])
        .fold(f64::NEG_INFINITY, f64::max);
    let size = values.iter().map(|v| v[player].abs()).fold(1.0, f64::max);
    let good = |(_, v): &(usize, &Vec<f64>)| v[player] >= best - 1e-12 * size;
    let list: Vec<Local> = values
        .iter()
        .enumerate()
        .filter(good)
        .map(|(a, v)| {
            let mix = (0..next.len())
                .map(|b| if a == b { 1.0 } else { 0.0 })
                .collect();
            (vec![(set, mix)], v.clone())
        })
        .collect();
    answer.indifferent |= list.len() > 1;
    list
}

/// Builds the subgame as a tree of its own and solves its reduced normal form.
fn by_normal_form(
    tree: &ExtensiveForm,
    inner: &[usize],
    value: impl Fn(usize) -> Vec<f64>,
    answer: &mut Subgames,
) -> Result<Vec<Local>> {
    let (small, sets) = cut_out(tree, inner, value)?;
    let reduced = reduced_normal_form(&small)?;
    let active = reduced.game.sizes().iter().filter(|k| **k > 1).count();
    let profiles = if active <= 2 && reduced.game.sizes().len() >= 2 {
        let two = nash_of_two(&reduced.game)?;
        answer.indifferent |= two.1;
        two.0
    } else {
        answer.pure_only |= active > 1;
        let pure = pure_nash(&reduced.game);
        pure.iter().map(|p| p.profile(&reduced.game)).collect()
    };
    if profiles.is_empty() {
        let text = "a subgame of more than two players has no pure equilibrium; mixed ones of \
                    more than two players are not computed";
        return Err(Error::Structure(text.to_owned()));
    }
    let local = |profile| {
        let behaviour = reduced.behaviour(&small, profile);
        let value = small.values(&behaviour)[..small.players.len()].to_vec();
        (sets.iter().copied().zip(behaviour).collect(), value)
    };
    Ok(profiles.iter().map(local).collect())
}

/// Equilibria of a game in which at most two players have a choice.
fn nash_of_two(game: &crate::NormalForm) -> Result<(Vec<crate::normal_form::Profile>, bool)> {
    let sizes = game.sizes();
    let mut active: Vec<usize> = (0..sizes.len()).filter(|p| sizes[*p] > 1).collect();
    for player in 0..sizes.len() {
        if active.len() < 2 && !active.contains(&player) {
            active.push(player);
        }
    }
    active.sort_unstable();
    let players = active.iter().map(|p| game.players()[*p].clone()).collect();
    let all = (0..game.profiles()).flat_map(|k| active.iter().map(move |p| game.payoffs_of(k)[*p]));
    let two = crate::NormalForm::new("", players, all.collect())?;
    let found = nash(&two)?;
    let full = |profile: &Vec<Vec<f64>>| {
        let of = |p: usize| match active.iter().position(|a| *a == p) {
            Some(k) => profile[k].clone(),
            None => vec![1.0],
        };
        (0..sizes.len()).map(of).collect()
    };
    Ok((found.profiles.iter().map(full).collect(), found.degenerate))
}

/// The subgame alone; also the numbers of its information sets in the whole tree.
fn cut_out(
    tree: &ExtensiveForm,
    inner: &[usize],
    value: impl Fn(usize) -> Vec<f64>,
) -> Result<(ExtensiveForm, Vec<usize>)> {
    let mut sets: Vec<usize> = Vec::new();
    let mut old: Vec<usize> = inner.to_vec();
    for &k in inner {
        old.extend(
            tree.nodes[k]
                .next()
                .filter(|n| inner.binary_search(n).is_err()),
        );
        if let Node::Decision { set, .. } = tree.nodes[k] {
            sets.push(set);
        }
    }
    old.sort_unstable();
    sets.sort_unstable();
    sets.dedup();
    let new = |k: &usize| old.binary_search(k).unwrap_or(usize::MAX);
    let node = |k: &usize| match &tree.nodes[*k] {
        _ if inner.binary_search(k).is_err() => Node::End { payoffs: value(*k) },
        Node::End { payoffs } => Node::End {
            payoffs: payoffs.clone(),
        },
        Node::Chance { moves } => Node::Chance {
            moves: moves.iter().map(|(p, n)| (*p, new(n))).collect(),
        },
        Node::Decision { set, next } => Node::Decision {
            set: sets.binary_search(set).unwrap_or(usize::MAX),
            next: next.iter().map(new).collect(),
        },
    };
    let nodes = old.iter().map(node).collect();
    let list: Vec<InformationSet> = sets.iter().map(|s| tree.sets[*s].clone()).collect();
    Ok((
        ExtensiveForm::new("", tree.players.clone(), list, nodes)?,
        sets,
    ))
}

fn finish(tree: &ExtensiveForm, part: Part, roots: &[usize]) -> Solution {
    let even = |set: &InformationSet| vec![1.0 / set.actions.len() as f64; set.actions.len()];
    let behaviour: Behaviour = part
        .behaviour
        .into_iter()
        .zip(&tree.sets)
        .map(|(mix, set)| mix.unwrap_or_else(|| even(set)))
        .collect();
    let regret = regret(tree, &behaviour, roots);
    Solution {
        regret,
        payoffs: part.value,
        behaviour,
    }
}

/// The largest gain in any subgame. With perfect information one deviation at a time
/// suffices; otherwise every subgame is searched for a better plan.
fn regret(tree: &ExtensiveForm, behaviour: &Behaviour, roots: &[usize]) -> f64 {
    if !tree.has_perfect_information() {
        let within = roots
            .iter()
            .filter(|r| !matches!(tree.nodes[**r], Node::Chance { .. }));
        let at = |r: &usize| {
            tree.below(*r).map_or(0.0, |(t, s)| {
                let part: Behaviour = s.iter().map(|k| behaviour[*k].clone()).collect();
                t.regret(&part)
            })
        };
        return within.map(at).fold(tree.regret(behaviour), f64::max);
    }
    let values = tree.values(behaviour);
    let n = tree.players.len();
    let gain = |(k, node): (usize, &Node)| match node {
        Node::Decision { set, next } => {
            let p = tree.sets[*set].player;
            let best = next
                .iter()
                .map(|m| values[m * n + p])
                .fold(f64::NEG_INFINITY, f64::max);
            best - values[k * n + p]
        }
        _ => 0.0,
    };
    tree.nodes.iter().enumerate().map(gain).fold(0.0, f64::max)
}

impl ExtensiveForm {
    /// The tree below a node as a game of its own, with its sets' numbers.
    fn below(&self, root: usize) -> Option<(ExtensiveForm, Vec<usize>)> {
        let (inner, _) = inside(self, root, &vec![None; self.nodes.len()]);
        cut_out(self, &inner, |_| Vec::new()).ok()
    }
}
