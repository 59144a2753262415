//! States in which Archigos follows a head of state or government although final
//! authority lies elsewhere, or with a college whose chair rotates: there an entry or exit
//! is no change of who decides.

/// A stretch of years of one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Gleditsch-Ward code.
    pub gwcode: i32,
    /// Name.
    pub name: &'static str,
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// Who Archigos follows, and where authority lies.
    pub why: &'static str,
}

/// The list. It is a judgement of ours, and short on purpose: only cases in which the
/// constitution itself puts the last word elsewhere or rotates the chair.
pub const ELSEWHERE: [Elsewhere; 5] = [
    Elsewhere {
        gwcode: 630,
        name: "Iran",
        from: 1989,
        to: 2015,
        why: "presidents are followed; the constitution gives the last word to the Supreme Leader",
    },
    Elsewhere {
        gwcode: 225,
        name: "Switzerland",
        from: 1848,
        to: 2015,
        why: "yearly presidents are followed; the Federal Council decides as a college",
    },
    Elsewhere {
        gwcode: 346,
        name: "Bosnia and Herzegovina",
        from: 1998,
        to: 2015,
        why: "chairs of the three-member presidency are followed, who rotate every eight months",
    },
    Elsewhere {
        gwcode: 345,
        name: "Yugoslavia",
        from: 1980,
        to: 1989,
        why: "yearly presidents of the collective presidency are followed",
    },
    Elsewhere {
        gwcode: 165,
        name: "Uruguay",
        from: 1955,
        to: 1966,
        why: "yearly presidents of the National Council of Government are followed",
    },
];

/// Whether authority lay elsewhere in a state and year.
pub fn elsewhere(gwcode: i32, year: i32) -> bool {
    ELSEWHERE
        .iter()
        .any(|e| e.gwcode == gwcode && (e.from..=e.to).contains(&year))
}
