//! Gambit's `.efg`: games in extensive form.
//!
//! Nodes come in prefix order. Names of an information set and its actions may be left
//! out after its first appearance, payoffs of an outcome likewise; payoffs on the way to
//! an end add up.

use crate::gambit::{BAD_SET, BAD_TREE, NO_PAYOFFS, Step, Stop, WRONG_COUNT, Word, Words, refused};
use crate::nfg::header;
use raison_core::{Diagnostic, FileId, Problems, Span};
use raison_games::ExtensiveForm;
use raison_games::extensive_form::{InformationSet, MOST_NODES, Node};
use std::collections::HashMap;

/// Reads a game; `None` where a problem was reported.
pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Option<ExtensiveForm> {
    let mut words = Words::new(file, text, problems);
    if problems.has_errors() {
        return None;
    }
    let mut reader = Reader::default();
    reader.game(&mut words, problems).ok()
}

/// A move by chance: its actions, probabilities and the place.
type ChanceSet = (Vec<(String, f64)>, Span);

#[derive(Default)]
struct Reader {
    players: usize,
    nodes: Vec<Node>,
    /// Payoffs collected on the way to each node.
    paid: Vec<Vec<f64>>,
    sets: Vec<InformationSet>,
    set_numbers: HashMap<(usize, usize), (usize, Span)>,
    chance_sets: HashMap<usize, ChanceSet>,
    outcomes: HashMap<usize, Vec<f64>>,
    /// Places in the tree that wait for a node: (parent, branch), the next one last.
    open: Vec<(usize, usize)>,
}

impl Reader {
    fn game(&mut self, words: &mut Words<'_>, problems: &mut Problems) -> Step<ExtensiveForm> {
        let start = words.place();
        header(words, "EFG", "2", problems)?;
        let title = words.text("the title in quotes", problems)?;
        words.open(problems)?;
        let players = words.texts("a player's name in quotes, or `}`,", problems)?;
        self.players = players.len();
        let _ = words.opt_text();
        if self.players == 0 {
            let text = "the game has no players";
            problems.push(Diagnostic::error(WRONG_COUNT, text).at(words.before(), ""));
            return Err(Stop);
        }
        self.node(words, problems, vec![0.0; players.len()])?;
        while let Some((parent, branch)) = self.open.pop() {
            self.grow(words, problems, parent, branch)?;
        }
        if !words.is_done() {
            let text = "the tree is complete, but there is more text";
            problems.push(
                Diagnostic::error(BAD_TREE, text)
                    .at(words.place(), "this belongs to no node")
                    .help("an information set above may list too few actions"),
            );
            return Err(Stop);
        }
        let span = start.to(words.before());
        let (sets, nodes) = (
            std::mem::take(&mut self.sets),
            std::mem::take(&mut self.nodes),
        );
        ExtensiveForm::new(title, players, sets, nodes).map_err(|error| {
            problems.push(refused(&error, span));
            Stop
        })
    }

    /// Reads the node at the end of a branch and ties it in.
    fn grow(
        &mut self,
        words: &mut Words<'_>,
        problems: &mut Problems,
        parent: usize,
        branch: usize,
    ) -> Step<()> {
        if words.is_done() {
            let text = format!(
                "the tree is not complete: {} more branches lack a node",
                self.open.len() + 1
            );
            problems
                .push(Diagnostic::error(BAD_TREE, text).at(words.place(), "the text ends here"));
            return Err(Stop);
        }
        let number = self.nodes.len();
        let paid = self.paid[parent].clone();
        self.node(words, problems, paid)?;
        match &mut self.nodes[parent] {
            Node::Chance { moves } => moves[branch].1 = number,
            Node::Decision { next, .. } => next[branch] = number,
            Node::End { .. } => {}
        }
        Ok(())
    }

    fn node(&mut self, words: &mut Words<'_>, problems: &mut Problems, paid: Vec<f64>) -> Step<()> {
        if self.nodes.len() >= MOST_NODES {
            let text = format!("the tree has more than {MOST_NODES} nodes");
            problems.push(Diagnostic::error(crate::codes::TOO_LARGE, text).at(words.place(), ""));
            return Err(Stop);
        }
        let kind = match words.peek() {
            Some(Word::Bare(word)) if matches!(word.as_str(), "c" | "p" | "t") => word.clone(),
            _ => return words.wanted("a node (`c`, `p` or `t`)", problems),
        };
        words.take();
        let _ = words.text("the node's name in quotes (it may be empty)", problems)?;
        match kind.as_str() {
            "c" => self.chance(words, problems, paid),
            "p" => self.decision(words, problems, paid),
            _ => {
                let paid = self.outcome(words, problems, paid)?;
                self.nodes.push(Node::End { payoffs: paid });
                self.paid.push(Vec::new());
                Ok(())
            }
        }
    }

    fn add(&mut self, node: Node, paid: Vec<f64>, branches: usize) {
        let number = self.nodes.len();
        self.nodes.push(node);
        self.paid.push(paid);
        self.open.extend((0..branches).rev().map(|b| (number, b)));
    }

    fn chance(
        &mut self,
        words: &mut Words<'_>,
        problems: &mut Problems,
        paid: Vec<f64>,
    ) -> Step<()> {
        let at = words.place();
        let number = words.count("the number of the chance move", problems)?;
        let _ = words.opt_text();
        if words.peek() == Some(&Word::Open) {
            let list = self.chance_actions(words, problems)?;
            if let Some((known, first)) = self.chance_sets.get(&number)
                && *known != list
            {
                problems.push(differs(at, *first, "chance move", number));
                return Err(Stop);
            }
            self.chance_sets.insert(number, (list, at));
        }
        let Some((list, _)) = self.chance_sets.get(&number) else {
            return words.wanted("a list of chance moves with probabilities", problems);
        };
        let moves: Vec<(f64, usize)> = list.iter().map(|(_, p)| (*p, 0)).collect();
        let paid = self.outcome(words, problems, paid)?;
        let branches = moves.len();
        self.add(Node::Chance { moves }, paid, branches);
        Ok(())
    }

    fn chance_actions(
        &mut self,
        words: &mut Words<'_>,
        problems: &mut Problems,
    ) -> Step<Vec<(String, f64)>> {
        let start = words.place();
        words.open(problems)?;
        let mut list = Vec::new();
        while !words.skip(&Word::Close) {
            let name = words.text("the name of a chance move, or `}`,", problems)?;
            let at = words.place();
            let p = words.number("its probability", problems)?;
            if !(0.0..=1.0).contains(&p) {
                let text = format!("a probability lies between 0 and 1, not at {p}");
                problems.push(Diagnostic::error(crate::codes::OUT_OF_DOMAIN, text).at(at, ""));
                return Err(Stop);
            }
            list.push((name, p));
        }
        let sum: f64 = list.iter().map(|m| m.1).sum();
        if list.is_empty() || (sum - 1.0).abs() > 1e-9 {
            let text = format!("the probabilities of a chance move sum to {sum}, not to 1");
            let span = start.to(words.before());
            problems.push(Diagnostic::error(crate::codes::BAD_SUM, text).at(span, "these"));
            return Err(Stop);
        }
        Ok(list)
    }

    fn decision(
        &mut self,
        words: &mut Words<'_>,
        problems: &mut Problems,
        paid: Vec<f64>,
    ) -> Step<()> {
        let at = words.place();
        let player = words.count("the number of a player", problems)?;
        if player == 0 || player > self.players {
            let text = format!("there is no player number {player}");
            let known = format!("players are numbered 1 to {}", self.players);
            problems.push(Diagnostic::error(BAD_SET, text).at(at, "").help(known));
            return Err(Stop);
        }
        let set_at = words.place();
        let number = words.count("the number of an information set", problems)?;
        let name = words.opt_text();
        let key = (player, number);
        if words.skip(&Word::Open) {
            let actions = words.texts("the name of an action, or `}`,", problems)?;
            self.know_set(key, name.unwrap_or_default(), actions, set_at, problems)?;
        }
        let Some(&(set, _)) = self.set_numbers.get(&key) else {
            return words.wanted("the actions of this information set in braces", problems);
        };
        let paid = self.outcome(words, problems, paid)?;
        let branches = self.sets[set].actions.len();
        let next = vec![0; branches];
        self.add(Node::Decision { set, next }, paid, branches);
        Ok(())
    }

    fn know_set(
        &mut self,
        key: (usize, usize),
        name: String,
        actions: Vec<String>,
        at: Span,
        problems: &mut Problems,
    ) -> Step<()> {
        if actions.is_empty() {
            let text = "an information set has no actions";
            problems.push(Diagnostic::error(BAD_SET, text).at(at, ""));
            return Err(Stop);
        }
        if let Some((set, first)) = self.set_numbers.get(&key) {
            if self.sets[*set].actions == actions {
                return Ok(());
            }
            problems.push(differs(at, *first, "information set", key.1));
            return Err(Stop);
        }
        self.set_numbers.insert(key, (self.sets.len(), at));
        self.sets.push(InformationSet {
            name,
            player: key.0 - 1,
            actions,
        });
        Ok(())
    }

    /// `0`, `3`, `3 "name" { 1, 2 }`: adds what the outcome pays to what was paid before.
    fn outcome(
        &mut self,
        words: &mut Words<'_>,
        problems: &mut Problems,
        mut paid: Vec<f64>,
    ) -> Step<Vec<f64>> {
        let at = words.place();
        let number = words.count("the number of an outcome (0 for none)", problems)?;
        let _ = words.opt_text();
        if words.skip(&Word::Open) {
            let mut list = Vec::new();
            while !words.skip(&Word::Close) {
                list.push(words.number("a payoff or `}`", problems)?);
            }
            if list.len() != self.players {
                let text = format!(
                    "an outcome pays each of {} players, but {} payoffs are given",
                    self.players,
                    list.len()
                );
                problems.push(Diagnostic::error(WRONG_COUNT, text).at(at.to(words.before()), ""));
                return Err(Stop);
            }
            if number != 0 {
                self.outcomes.insert(number, list);
            }
        }
        if number == 0 {
            return Ok(paid);
        }
        let Some(list) = self.outcomes.get(&number) else {
            let text = format!("outcome number {number} has no payoffs yet");
            let help = "write them in braces where the outcome first appears";
            problems.push(Diagnostic::error(NO_PAYOFFS, text).at(at, "").help(help));
            return Err(Stop);
        };
        paid.iter_mut().zip(list).for_each(|(p, v)| *p += v);
        Ok(paid)
    }
}

fn differs(at: Span, first: Span, what: &str, number: usize) -> Diagnostic {
    let text = format!("{what} number {number} has other actions here than before");
    Diagnostic::error(BAD_SET, text)
        .at(at, "here")
        .also(first, "first given here")
        .help("give it the same actions, or another number")
}
