//! Who can stop an alternative: players with a veto, and a vote that it would lose.

use super::Ready;
use crate::near::apart;
use raison_core::{Alternative, Draw, Player, Reason, Rule};
use raison_games::bargaining::Quota;

/// What stops an alternative.
pub(super) enum Block<'q> {
    /// A player who can block alone.
    Veto(&'q Player),
    /// A vote that it would lose: who refuses, and their share of the influence present.
    Vote(Vec<&'q Player>, f64),
}

/// Of what a player accepts where nothing is said of it: half of the scale.
const HALF: f64 = 0.5;

impl<'q> Ready<'q> {
    /// Votes that the channel's rule asks for; a simple majority where it states none.
    pub(super) fn quota(&self, draw: Draw<'_>) -> Quota {
        let channel = &self.s().channel;
        match channel.rule {
            None | Some(Rule::Majority) => Quota::Majority,
            Some(Rule::Qualified) => Quota::Share(draw.get_or(channel.quota, 2.0 / 3.0)),
            Some(Rule::Unanimity) => Quota::Share(1.0),
        }
    }

    /// What stops each alternative.
    pub(super) fn blocked(&self, draw: Draw<'_>) -> Vec<Vec<Block<'q>>> {
        let all = self.s().alternatives.iter();
        all.map(|a| self.blocks(a, draw)).collect()
    }

    fn blocks(&self, a: &Alternative, draw: Draw<'_>) -> Vec<Block<'q>> {
        let players = self.players.iter().map(|i| &self.s().players[*i]);
        let refusing: Vec<&Player> = players
            .filter(|p| self.present(p, draw) && self.refuses(p, a, draw))
            .collect();
        let veto = |p: &&Player| draw.get(p.veto) >= 0.5;
        let vetoes = refusing.iter().copied().filter(veto).map(Block::Veto);
        vetoes.chain(self.voted_down(&refusing, draw)).collect()
    }

    /// Whether an alternative lies farther from a player than the player goes along.
    fn refuses(&self, p: &Player, a: &Alternative, draw: Draw<'_>) -> bool {
        let Some(first) = self.s().dimensions.first() else {
            return false;
        };
        let reach = p
            .accepts_within
            .map_or(HALF, |n| draw.get(n) / (first.high - first.low));
        apart(self.s(), &self.used, p, a, draw).is_some_and(|d| d > reach + 1e-12)
    }

    /// Under a stated rule, an alternative falls where those who say how far they go
    /// along, and would have to go farther, leave it too few votes. Votes are influence.
    fn voted_down(&self, refusing: &[&'q Player], draw: Draw<'_>) -> Option<Block<'q>> {
        let rule = self.s().channel.rule?;
        let against: Vec<&Player> = refusing
            .iter()
            .copied()
            .filter(|p| p.accepts_within.is_some())
            .collect();
        let voters = self.players.iter().map(|i| &self.s().players[*i]);
        let total: f64 = voters
            .filter(|p| self.present(p, draw))
            .map(|p| draw.get(p.influence))
            .sum();
        let lost: f64 = against.iter().map(|p| draw.get(p.influence)).sum();
        let share = if total > 0.0 { lost / total } else { 0.0 };
        let falls = match (rule, self.quota(draw)) {
            (Rule::Unanimity, _) => !against.is_empty(),
            (_, Quota::Share(needed)) => 1.0 - share < needed - 1e-12,
            _ => 1.0 - share <= 0.5 + 1e-12,
        };
        (falls && !against.is_empty()).then_some(Block::Vote(against, share))
    }

    pub(super) fn block_reasons(&self, a: &Alternative, blocks: &[Block<'_>]) -> Vec<Reason> {
        blocks.iter().map(|b| self.block_reason(a, b)).collect()
    }

    fn block_reason(&self, a: &Alternative, block: &Block<'_>) -> Reason {
        match block {
            Block::Veto(p) => {
                let reason = Reason::new(format!("{} blocks `{}`", p.name, a.id), -1.0);
                self.rests(reason.on(p.veto), p)
            }
            Block::Vote(against, share) => {
                let names: Vec<&str> = against.iter().map(|p| p.name.as_str()).collect();
                let text = format!(
                    "`{}` would lose the vote ({}): {} would not go along, {} of the influence present",
                    a.id,
                    self.rule_word(),
                    names.join(", "),
                    crate::choice::two(*share)
                );
                let reason = Reason::new(text, -1.0).on_all(self.s().channel.quota);
                let reason = against
                    .iter()
                    .fold(reason, |r, p| self.rests(r.on(p.influence), p));
                reason.field("channel.rule")
            }
        }
    }

    fn rests(&self, reason: Reason, p: &Player) -> Reason {
        let positions = self.used.iter().filter_map(|d| p.positions[*d]);
        reason.on_all(p.accepts_within).on_all(positions)
    }

    fn rule_word(&self) -> &'static str {
        self.s().channel.rule.map_or("majority", Rule::word)
    }
}
