//! What the lenses read that is later than the decision, and of when a doctrine's words are.

use crate::view::View;
use raison_core::{Date, Doctrine, Leader, Learned, Norm};

/// Lenses that read leaders' profiles and the norm groups behind them.
const READ_PROFILES: [&str; 2] = ["leader", "composite"];
/// Lenses that read the doctrine.
const READ_DOCTRINE: [&str; 2] = ["doctrine", "composite"];

/// Something that a lens reads although it is later than the case's information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Later {
    /// `leader`, `opponent-leader`, `norm`, `doctrine` or `fitted`.
    pub what: &'static str,
    /// Slug of the file, where it is one.
    pub id: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// In words, as part of a list.
    pub text: String,
}

/// Everything later than `information_until` that a lens that answers has read. Fitted
/// numbers are an exception only where the case says that they rest on later decisions.
pub(crate) fn later(view: &View<'_>) -> Vec<Later> {
    let question = &view.case.question;
    let (until, decider) = (question.situation.information_until, &question.decider);
    let mut out: Vec<Later> = view.case.learned.and_then(fitted).into_iter().collect();
    if answers(view, &READ_PROFILES) {
        let opponent = question.situation.opponent.as_ref();
        let theirs = opponent.and_then(|o| o.leader.as_ref());
        let leaders = [
            ("leader", decider.leader.as_ref()),
            ("opponent-leader", theirs),
        ];
        for (what, leader) in leaders {
            out.extend(leader.and_then(|l| profile(what, l, until)));
        }
        for norm in leaders.iter().filter_map(|(_, l)| Some(&l.as_ref()?.norm)) {
            out.extend(group(norm, until).filter(|n| !out.contains(n)));
        }
    }
    if answers(view, &READ_DOCTRINE) {
        let doctrine = decider.doctrine.as_ref();
        out.extend(doctrine.and_then(|d| words(d, until)));
    }
    out
}

/// Lenses that learned from later decisions.
fn fitted(learned: Learned) -> Option<Later> {
    learned.later.then(|| Later {
        what: "fitted",
        id: None,
        from: None,
        to: None,
        text: format!("the lenses were {learned}"),
    })
}

/// Whether one of these lenses, or a variant of one, answers.
fn answers(view: &View<'_>, lenses: &[&str]) -> bool {
    view.answers().any(|(l, _)| lenses.contains(&stem(l.id)))
}

fn stem(id: &str) -> &str {
    id.split(':').next().unwrap_or(id)
}

fn profile(what: &'static str, leader: &Leader, until: Date) -> Option<Later> {
    let to = leader.to.filter(|to| *to > until)?;
    let years = years(leader.from, Some(to));
    let text = match leader.basis.as_str() {
        "pooled" => format!("the profile of {} is pooled over {years}", leader.name),
        "norm" => format!(
            "the means of a norm group ({years}) stand in for a leader whom nobody scored ({})",
            leader.id
        ),
        _ => format!("the profile of {} rests on words of {years}", leader.name),
    };
    Some(Later {
        what,
        id: Some(leader.id.clone()),
        from: leader.from,
        to: Some(to),
        text,
    })
}

fn group(norm: &Norm, until: Date) -> Option<Later> {
    let to = norm.to.filter(|to| *to > until)?;
    let years = years(norm.from, Some(to));
    Some(Later {
        what: "norm",
        id: Some(norm.id.clone()),
        from: norm.from,
        to: Some(to),
        text: format!(
            "scores are read against the norm group {} ({years})",
            norm.id
        ),
    })
}

fn words(d: &Doctrine, until: Date) -> Option<Later> {
    let text = match (d.told, d.from) {
        (Some(told), _) if told > until => {
            format!(
                "the doctrine {} is an account told in {}",
                d.id,
                told.year()
            )
        }
        (_, Some(from)) if from > until => {
            format!("the doctrine {} dates from {}", d.id, from.year())
        }
        _ => return None,
    };
    Some(Later {
        what: "doctrine",
        id: Some(d.id.clone()),
        from: d.from,
        to: d.told.or(d.to),
        text,
    })
}

/// `no lens reads anything later`, with what is excepted.
pub(crate) fn sentence(view: &View<'_>) -> String {
    let list: Vec<String> = later(view).into_iter().map(|l| l.text).collect();
    match list.is_empty() {
        true => "no lens reads anything later".to_owned(),
        false => format!("no lens reads anything later, except: {}", list.join("; ")),
    }
}

/// Of when the words of a doctrine are, seen from a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    Retrospective,
    OfTheTime,
    Earlier,
    Later,
    Undated,
}

impl Account {
    /// Whether the words are of a time after the decision.
    pub(crate) fn is_after(self) -> bool {
        matches!(self, Account::Retrospective | Account::Later)
    }

    /// The word used in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Account::Retrospective => "retrospective",
            Account::OfTheTime => "of-the-time",
            Account::Earlier => "earlier",
            Account::Later => "later",
            Account::Undated => "undated",
        }
    }
}

/// Of when the words of a doctrine are. Words that ceased to hold no more than a year
/// before the decision are of the time.
pub(crate) fn account(d: &Doctrine, decided: Date) -> Account {
    let last = d.to.map(|to| to.year());
    match (d.told, d.from) {
        (Some(told), _) if told > decided => Account::Retrospective,
        (_, Some(from)) if from > decided => Account::Later,
        (_, None) => Account::Undated,
        (_, Some(from)) => {
            let last = last.unwrap_or(from.year());
            if last + 1 >= decided.year() {
                Account::OfTheTime
            } else {
                Account::Earlier
            }
        }
    }
}

/// The same in words: `statements of the time, 2013–2015`.
pub(crate) fn label(d: &Doctrine, decided: Date) -> String {
    let years = match d.to {
        None => d.from.map_or(String::new(), |f| format!("{} on", f.year())),
        to => years(d.from, to),
    };
    match account(d, decided) {
        Account::Retrospective => {
            let told = d.told.map_or(String::new(), |t| t.year().to_string());
            format!("retrospective account, told in {told}")
        }
        Account::OfTheTime => format!("statements of the time, {years}"),
        Account::Earlier if d.to.is_none() => format!("earlier statements, from {years}"),
        Account::Earlier => format!("earlier statements, {years}"),
        Account::Later => format!("later statements, {years}"),
        Account::Undated => "undated".to_owned(),
    }
}

/// `1954–1968`, or one year.
fn years(from: Option<Date>, to: Option<Date>) -> String {
    match (from.map(|d| d.year()), to.map(|d| d.year())) {
        (Some(a), Some(b)) if a != b => format!("{a}–{b}"),
        (Some(y), _) | (None, Some(y)) => y.to_string(),
        (None, None) => "years not stated".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doctrine(from: &str, to: &str, told: &str) -> Doctrine {
        Doctrine {
            id: "d".into(),
            title: String::new(),
            state: String::new(),
            holder: String::new(),
            from: from.parse().ok(),
            to: to.parse().ok(),
            told: told.parse().ok(),
            principles: Vec::new(),
            pillars: Vec::new(),
            gaps: Vec::new(),
        }
    }

    #[test]
    fn a_doctrine_is_labelled_by_when_its_words_are() {
        let decided: Date = "2015-07-14".parse().expect("a date");
        let label = |from, to, told| label(&doctrine(from, to, told), decided);
        assert_eq!(
            label("2013-09-17", "2015-07-13", ""),
            "statements of the time, 2013–2015"
        );
        assert_eq!(
            label("1989-06-04", "2026-02-28", "2026-07-01"),
            "retrospective account, told in 2026"
        );
        assert_eq!(
            label("1823-12-02", "", ""),
            "earlier statements, from 1823 on"
        );
        assert_eq!(
            label("1823-12-02", "1826-01-01", ""),
            "earlier statements, 1823–1826"
        );
        assert_eq!(label("2016-01-01", "", ""), "later statements, 2016 on");
        assert_eq!(label("", "", ""), "undated");
    }

    #[test]
    fn lenses_that_learned_from_later_decisions_are_excepted() {
        let learned = |later| Learned {
            decisions: 905,
            later,
        };
        assert_eq!(fitted(learned(false)), None);
        let text = fitted(learned(true)).map(|l| l.text);
        let expected = "the lenses were fitted on 905 decisions of all other crises, since too \
                        few are earlier";
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn only_what_is_later_is_excepted() {
        let until: Date = "2015-07-13".parse().expect("a date");
        let told = doctrine("1989-06-04", "2026-02-28", "2026-07-01");
        assert!(words(&told, until).is_some_and(|l| l.text.contains("told in 2026")));
        assert_eq!(words(&doctrine("2013-09-17", "", ""), until), None);
    }
}
