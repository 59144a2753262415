//! The interpretive choices of the challenge model, each with a name.

use std::fmt;

/// Makes a switch with named settings.
macro_rules! switch {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$item])* $variant),+ }

        impl $name {
            /// Every setting with its name.
            pub const ALL: &'static [(&'static str, $name)] = &[$(($text, $name::$variant)),+];

            /// The setting's name.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

switch! {
    /// What the votes for one side are divided by to get its victory probability.
    Denominator {
        /// All votes cast on this pair, so that P_ij + P_ji = 1 (Scholz et al. 2011,
        /// eq. 31; Bueno de Mesquita 1994).
        Pair = "pair",
        /// All votes cast on all ordered pairs of actors: probabilities of about 0.01
        /// that do not sum to 1 (the code behind Scholz et al. 2011, Table 2, as
        /// McKibben re-expressed it in 2014).
        AllPairs = "all-pairs",
    }
}

switch! {
    /// Whether votes bend distances by the voter's risk exponent in the second pass.
    VoteRisk {
        /// Plain distances (eq. 31 as printed).
        None = "none",
        /// Distance to the power of the voter's own r.
        Own = "own",
    }
}

switch! {
    /// Whose expected utility is the second coordinate of a contest.
    SecondView {
        /// The rival's own: E_j(U_ji), with the rival's r (Bueno de Mesquita; Scholz et al.).
        Rival = "rival",
        /// The focal actor's estimate of it: E_i(U_ji), with the focal actor's r.
        Own = "own",
    }
}

switch! {
    /// The range R that scales distances.
    Range {
        /// Spread of positions in the current round.
        Round = "round",
        /// Spread of the first positions.
        Fixed = "fixed",
    }
}

switch! {
    /// Where the risk exponents come from.
    Risk {
        /// Security compared with the most and least secure actor (eqs 32–34).
        Actors = "actors",
        /// Security compared with the best and worst position that the actor itself could
        /// hold among those held now (Bueno de Mesquita 1985).
        Positions = "positions",
        /// Everyone is risk neutral: r = 1.
        Off = "off",
    }
}

switch! {
    /// Which of several compromises an actor takes.
    Selection {
        /// The one that moves it least (Scholz et al. 2011, section on selection).
        LeastMove = "least-move",
        /// The one with the smallest average of both positions weighted by expected
        /// utility, as in the code behind Scholz et al. 2011, Table 2.
        Average = "average",
        /// The one whose proposer expects most from enforcing it; then the least move.
        Enforcer = "enforcer",
    }
}

switch! {
    /// Whether an actor whose loss outweighs the other's gain gives in fully.
    Capitulation {
        /// It moves to the other's position.
        Full = "yes",
        /// It stays; the code behind Table 2 never fires its test.
        Never = "no",
    }
}

switch! {
    /// What the weaker side of a conflict (both expect gains) does.
    Conflict {
        /// It moves to the stronger side's position.
        Concede = "concede",
        /// Nobody moves.
        Stand = "stand",
    }
}

switch! {
    /// When bargaining ends before the last round.
    Stopping {
        /// Never.
        Never = "never",
        /// Once the weighted median has moved by less than a hundredth of the first range
        /// in a round.
        Median = "median",
    }
}

/// All switches. [`Switches::default`] is the preset [`Switches::paper`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Switches {
    /// See [`Denominator`].
    pub denominator: Denominator,
    /// See [`VoteRisk`].
    pub vote_risk: VoteRisk,
    /// See [`SecondView`].
    pub second_view: SecondView,
    /// See [`Range`].
    pub range: Range,
    /// See [`Risk`].
    pub risk: Risk,
    /// Probability, in 0..=1, that the rival stays where it is if unchallenged; with
    /// 1 − Q it drifts to the median (Scholz et al. 2011, eqs 10–13).
    pub q: f64,
    /// See [`Selection`].
    pub selection: Selection,
    /// See [`Capitulation`].
    pub capitulation: Capitulation,
    /// See [`Conflict`].
    pub conflict: Conflict,
    /// See [`Stopping`].
    pub stopping: Stopping,
}

impl Switches {
    /// The equations as printed in Scholz, Calbert & Smith 2011.
    pub fn paper() -> Self {
        Self {
            denominator: Denominator::Pair,
            vote_risk: VoteRisk::None,
            second_view: SecondView::Rival,
            range: Range::Round,
            risk: Risk::Actors,
            q: 1.0,
            selection: Selection::LeastMove,
            capitulation: Capitulation::Full,
            conflict: Conflict::Concede,
            stopping: Stopping::Never,
        }
    }

    /// What produced the published Table 2 of Scholz, Calbert & Smith 2011.
    pub fn scholz2011() -> Self {
        Self {
            denominator: Denominator::AllPairs,
            vote_risk: VoteRisk::Own,
            second_view: SecondView::Own,
            range: Range::Fixed,
            selection: Selection::Average,
            capitulation: Capitulation::Never,
            ..Self::paper()
        }
    }

    /// `scholz2011` with its two slips repaired: the least move decides among
    /// compromises, and capitulation fires.
    pub fn repaired() -> Self {
        Self {
            selection: Selection::LeastMove,
            capitulation: Capitulation::Full,
            ..Self::scholz2011()
        }
    }

    /// The presets by name.
    pub fn presets() -> [(&'static str, Self); 3] {
        [
            ("paper", Self::paper()),
            ("scholz2011", Self::scholz2011()),
            ("repaired", Self::repaired()),
        ]
    }
}

impl Default for Switches {
    fn default() -> Self {
        Self::paper()
    }
}
