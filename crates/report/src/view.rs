//! What a report is drawn from.

use raison_core::{
    Alternative, Case, Citation, Input, Num, Origin, Provenance, Reason, SourceMap, Span,
};
use raison_study::{Agreement, Analysis, Answer, Counterfactual, LensResult};
use std::collections::BTreeMap;

/// A case, what the lenses say of it, and what is needed to print that.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The case as it was asked: the changed one where something was changed.
    pub case: &'a Case,
    /// What the lenses say of it.
    pub analysis: &'a Analysis,
    /// The files that its spans point into.
    pub sources: &'a SourceMap,
    /// One line for a key of the bibliography.
    pub works: &'a dyn Fn(&str) -> Option<String>,
    /// Name and version of the program.
    pub engine: &'a str,
    /// Leaves out what was really chosen and whatever gives it away: scores, findings of
    /// process traces, the inputs and works of the outcome, what came of it, the coder's
    /// words on each number, and titles of works and places in them.
    pub hide_outcome: bool,
    /// The case as coded, where this one was changed from it.
    pub against: Option<Against<'a>>,
    /// A second coding of the case.
    pub rival: Option<Rival<'a>>,
    /// Further doctrines that the case names, each in place of the first.
    pub further: &'a [Further<'a>],
}

/// A further doctrine of a case.
#[derive(Clone, Copy)]
pub struct Further<'a> {
    /// The case with this doctrine in force.
    pub case: &'a Case,
    /// What the doctrine lens says of it.
    pub analysis: &'a Analysis,
}

/// What a changed case is set against.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// The case as coded.
    pub case: &'a Case,
    /// Both analyses and their paired differences.
    pub counterfactual: &'a Counterfactual,
    /// What was changed, in the user's words: `--leader nikita-khrushchev-1961`.
    pub changes: &'a [String],
}

/// A second coding.
#[derive(Clone, Copy)]
pub struct Rival<'a> {
    /// The second coder's case.
    pub case: &'a Case,
    /// How far the two agree.
    pub agreement: &'a Agreement,
    /// The name of the second coder's file.
    pub name: &'a str,
}

/// Where the numbers of a case come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub all: usize,
    pub source: usize,
    pub judgement: usize,
    pub assumed: usize,
    pub set: usize,
    pub unstated: usize,
    pub uncertain: usize,
    /// Those that stand in the case's own files.
    pub own: usize,
}

/// What a reason rests on, in words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rest {
    pub path: Option<String>,
    pub place: Option<String>,
    pub citation: Option<Citation>,
}

impl<'a> View<'a> {
    /// A plain view of an analysis.
    pub fn new(
        case: &'a Case,
        analysis: &'a Analysis,
        sources: &'a SourceMap,
        works: &'a dyn Fn(&str) -> Option<String>,
        engine: &'a str,
    ) -> Self {
        View {
            case,
            analysis,
            sources,
            works,
            engine,
            hide_outcome: false,
            against: None,
            rival: None,
            further: &[],
        }
    }

    pub(crate) fn alternatives(&self) -> &'a [Alternative] {
        &self.case.question.situation.alternatives
    }

    /// The alternative's id, or `?` for an index that is none.
    pub(crate) fn id(&self, index: usize) -> &'a str {
        self.alternatives()
            .get(index)
            .map_or("?", |a| a.id.as_str())
    }

    /// Letter and id: `C blockade`.
    pub(crate) fn name(&self, index: usize) -> String {
        format!("{} {}", letter(index), self.id(index))
    }

    /// `C blockade` for an alternative's title or id, and any other text as it is.
    pub(crate) fn short(&self, text: &str) -> String {
        let known = self
            .alternatives()
            .iter()
            .position(|a| a.title == text || a.id == text);
        known.map_or_else(|| text.to_owned(), |i| self.name(i))
    }

    /// The words of a reason, with a mark on an episode that nobody brought up.
    pub(crate) fn said(&self, reason: &Reason) -> String {
        let text = crate::words::sentence(&reason.text);
        let analogies = &self.case.question.situation.analogies;
        let uninvoked = analogies
            .iter()
            .filter(|a| a.invoked_by.is_empty())
            .find(|a| reason.origins.contains(&Origin::Input(a.success)));
        match uninvoked.map(|a| a.span.is_none()) {
            Some(true) => format!("{text} (From the library, not invoked.)"),
            Some(false) => format!("{text} (Named by the coder, not invoked.)"),
            None => text,
        }
    }

    /// The case with each further doctrine in force. A doctrine told after the decision can
    /// tell how it went, so where that is hidden it is left out.
    pub(crate) fn further(&self) -> Vec<View<'a>> {
        let decided = self.case.question.situation.decided;
        let tells = |f: &&Further<'_>| {
            let doctrine = f.case.question.decider.doctrine.as_ref();
            doctrine.is_some_and(|d| crate::when::account(d, decided).is_after())
        };
        let all = self.further.iter();
        let shown = all.filter(|f| !(self.hide_outcome && tells(f)));
        shown.map(|f| self.with(f)).collect()
    }

    fn with(&self, further: &Further<'a>) -> View<'a> {
        View {
            case: further.case,
            analysis: further.analysis,
            against: None,
            rival: None,
            further: &[],
            ..*self
        }
    }

    /// What was chosen, where it is known and not hidden.
    pub(crate) fn chosen(&self) -> Option<usize> {
        let observed = self.case.observed.as_ref().filter(|_| !self.hide_outcome)?;
        Some(observed.alternative)
    }

    pub(crate) fn input(&self, num: Num) -> Option<&'a Input> {
        let inputs = &self.case.question.inputs;
        ((num.0 as usize) < inputs.len()).then(|| inputs.get(num))
    }

    /// The numbers that may be shown.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &'a Input> {
        let hide = self.hide_outcome;
        let all = self.case.question.inputs.iter().map(|(_, input)| input);
        all.filter(move |i| !(hide && of_outcome(&i.path)))
    }

    /// Whether anything was drawn: without an uncertain input every draw is the same, and
    /// there is neither firmness nor spread.
    pub(crate) fn drawn(&self) -> bool {
        let mut inputs = self.case.question.inputs.iter();
        self.analysis.options.draws > 0 && inputs.any(|(_, i)| !i.amount.is_known())
    }

    /// Why there is no firmness, where there is none.
    pub(crate) fn undrawn(&self) -> &'static str {
        match self.analysis.options.draws {
            0 => "Nothing was drawn, so firmness is not measured.",
            _ => "No input is uncertain, so firmness is not measured.",
        }
    }

    pub(crate) fn place(&self, span: Option<Span>) -> Option<String> {
        span.map(|s| self.sources.place(s))
    }

    /// The folder that the case's own files stand in, with its last `/`.
    pub(crate) fn folder(&self) -> Option<&'a str> {
        let span = self.alternatives().iter().find_map(|a| a.span)?;
        let name = self.sources.file(span.file)?.name.as_str();
        name.rfind('/').map(|at| &name[..=at])
    }

    /// A place without the folder of the case.
    pub(crate) fn near<'p>(&self, place: &'p str) -> &'p str {
        self.folder()
            .and_then(|f| place.strip_prefix(f))
            .unwrap_or(place)
    }

    /// The lenses that answer, with their answers.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&'a LensResult, &'a Answer)> {
        self.analysis
            .lenses
            .iter()
            .filter_map(|l| Some((l, l.answer.as_ref().ok()?)))
    }

    /// Numbers that lenses may read, all and the uncertain ones: not those of the outcome.
    pub(crate) fn read(&self) -> (usize, usize) {
        let all = self.inputs().filter(|i| !of_outcome(&i.path));
        all.fold((0, 0), |(all, uncertain), i| {
            (all + 1, uncertain + usize::from(!i.amount.is_known()))
        })
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for input in self.inputs() {
            counts.all += 1;
            counts.uncertain += usize::from(!input.amount.is_known());
            counts.own += usize::from(self.is_own(&input.path));
            match input.provenance {
                Provenance::Source(_) => counts.source += 1,
                Provenance::Judgement(_) => counts.judgement += 1,
                Provenance::Assumed(_) => counts.assumed += 1,
                Provenance::Set => counts.set += 1,
                Provenance::Unstated => counts.unstated += 1,
            }
        }
        counts
    }

    /// Whether a number stands in the case's own files, and not in those of the leaders, the
    /// doctrine and the earlier cases that it reads.
    fn is_own(&self, path: &str) -> bool {
        const OTHERS: [&str; 3] = ["leader.", "opponent.leader.", "doctrine."];
        if OTHERS.iter().any(|o| path.starts_with(o)) {
            return false;
        }
        let Some(id) = path.strip_prefix("analogies.") else {
            return true;
        };
        let id = id.split('.').next();
        let analogies = self.case.question.situation.analogies.iter();
        let mut earlier = analogies.filter(|a| a.span.is_none());
        !earlier.any(|a| Some(a.id.as_str()) == id)
    }

    pub(crate) fn rest(&self, origin: &Origin) -> Rest {
        match origin {
            Origin::Input(num) => {
                let input = self.input(*num);
                Rest {
                    path: input.map(|i| i.path.clone()),
                    place: self.place(input.and_then(|i| i.span)),
                    citation: None,
                }
            }
            Origin::Work(citation) => Rest {
                citation: Some(citation.clone()),
                ..Rest::default()
            },
            Origin::Field(path) => Rest {
                path: Some(path.clone()),
                place: self.place(field_span(self.case, path)),
                citation: None,
            },
        }
    }

    /// One line for a work. Titles of works can tell the outcome, so where that is hidden
    /// only author and year are left.
    pub(crate) fn work(&self, key: &str) -> Option<String> {
        let line = (self.works)(key)?;
        Some(match line.split_once(". ") {
            Some((short, _)) if self.hide_outcome => short.to_owned(),
            _ => line,
        })
    }

    /// Where in a work something is said; empty where that could tell a hidden outcome.
    pub(crate) fn locator(&self, citation: &'a Citation) -> &'a str {
        if self.hide_outcome {
            ""
        } else {
            &citation.locator
        }
    }

    /// Every work that the case or a shown reason cites, by key, with its locators.
    pub(crate) fn cited(&self) -> BTreeMap<&'a str, Vec<&'a str>> {
        let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for c in crate::cited::citations(self) {
            let locators = out.entry(&c.key).or_default();
            let locator = self.locator(c);
            if !locator.is_empty() && !locators.contains(&locator) {
                locators.push(locator);
            }
        }
        out
    }
}

/// Whether a number says how the decision turned out.
pub(crate) fn of_outcome(path: &str) -> bool {
    path == "observed" || path.starts_with("observed.")
}

/// A, B … Z, AA, AB …
pub(crate) fn letter(index: usize) -> String {
    let mut out = String::new();
    let mut n = index + 1;
    while n > 0 {
        n -= 1;
        out.insert(0, char::from(b'A' + (n % 26) as u8));
        n /= 26;
    }
    out
}

/// Where the thing stands that a dotted path begins with.
fn field_span(case: &Case, path: &str) -> Option<Span> {
    let mut parts = path.split('.');
    let (list, id) = (parts.next()?, parts.next()?);
    let situation = &case.question.situation;
    let doctrine = case.question.decider.doctrine.as_ref();
    match list {
        "alternatives" => situation.alternatives.iter().find(|a| a.id == id)?.span,
        "players" => situation.players.iter().find(|p| p.id == id)?.span,
        "organizations" => situation.organizations.iter().find(|o| o.id == id)?.span,
        "analogies" => situation.analogies.iter().find(|a| a.id == id)?.span,
        "principle" | "principles" => doctrine?.principles.iter().find(|p| p.id == id)?.span,
        "pillar" | "pillars" => doctrine?.pillars.iter().find(|p| p.id == id)?.span,
        "doctrine" => field_span(case, path.strip_prefix("doctrine.")?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letter(0), "A");
        assert_eq!(letter(25), "Z");
        assert_eq!(letter(26), "AA");
        assert_eq!(letter(26 * 27), "AAA");
    }
}
