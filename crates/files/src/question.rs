//! Making a question whole: looking back, and naming what nobody stated.

use crate::codes;
use crate::number;
use crate::suggest::did_you_mean;
use crate::table::assumed;
use raison_core::vocabulary::{FEATURES, TAGS};
use raison_core::{
    Alternative, Analogy, Case, Citation, Condition, Diagnostic, Domain, Effect, Input, Inputs,
    Measure, Num, PrincipleAct, Problems, Provenance, Question, Rule, Span, Uncertain, UnitKind,
    facts,
};

/// Adds an earlier case as an episode that `question` can look back to. A case without
/// a coded success teaches nothing and is left out; so is one that the question codes
/// as an episode of its own, whose coding stands and counts once.
pub fn remember(question: &mut Question, earlier: &Case) {
    let then = &earlier.question;
    let Some(observed) = &earlier.observed else {
        return;
    };
    let own = &question.situation.analogies;
    if own.iter().any(|a| a.id == then.situation.id) {
        return;
    }
    let Some(success) = observed.success else {
        return;
    };
    let Some(action) = then.situation.alternatives.get(observed.alternative) else {
        return;
    };
    let id = then.situation.id.clone();
    let mut copy = |num: Num, path: String| {
        let input = then.inputs.get(num).clone();
        question.inputs.add(Input { path, ..input })
    };
    let features = then
        .situation
        .features
        .iter()
        .zip(FEATURES)
        .map(|(num, (name, _))| num.map(|n| copy(n, format!("analogies.{id}.features.{name}"))))
        .collect();
    let success = copy(success, format!("analogies.{id}.success"));
    let then_at = action.conflict.map(|n| then.inputs.get(n).amount.central());
    let resembles = question
        .situation
        .alternatives
        .iter()
        .map(|a| {
            let now_at = a.conflict.map(|n| question.inputs.get(n).amount.central());
            resemblance(a, now_at, action, then_at)
        })
        .collect();
    question.situation.analogies.push(Analogy {
        title: then.situation.title.clone(),
        date: then.situation.decided,
        state: then.decider.state.clone(),
        invoked_by: Vec::new(),
        features,
        resembles,
        success,
        sources: observed.sources.clone(),
        span: None,
        id,
    });
}

/// How far two actions resemble one another, 0 to 1: half the Jaccard index of their
/// tags, half their nearness on the cooperation–conflict scale (0 from two steps on).
fn resemblance(a: &Alternative, a_at: Option<f64>, b: &Alternative, b_at: Option<f64>) -> f64 {
    let both = TAGS.iter().filter(|(t, _)| has(a, t) && has(b, t)).count();
    let either = TAGS.iter().filter(|(t, _)| has(a, t) || has(b, t)).count();
    let jaccard = if either == 0 {
        0.0
    } else {
        both as f64 / either as f64
    };
    let near = match (a_at, b_at) {
        (Some(x), Some(y)) => (1.0 - (x - y).abs() / 2.0).max(0.0),
        _ => 0.0,
    };
    0.5 * jaccard + 0.5 * near
}

fn has(a: &Alternative, tag: &str) -> bool {
    a.tags.iter().any(|t| t == tag)
}

/// Adds an input for every value that a lens will need and nobody stated, and warns.
pub fn complete(question: &mut Question, problems: &mut Problems) {
    missing_features(question, problems);
    missing_effects(question, problems);
    missing_rational(question, problems);
    missing_governmental(question, problems);
    missing_leader(question, problems);
}

/// Adds a documented default for a value that a lens reads and nobody stated, and warns:
/// never in silence.
fn stand_in(
    question: &mut Question,
    path: &str,
    amount: Uncertain,
    domain: Domain,
    why: &str,
    problems: &mut Problems,
) -> Num {
    let problem = assumed(path, amount, why);
    problems.push(match in_file(question) {
        Some(span) => problem.at(span, "in this case"),
        None => problem,
    });
    assume(&mut question.inputs, path.to_owned(), amount, domain, why)
}

/// The head of the file that states the alternatives: where a missing value is missing.
fn in_file(question: &Question) -> Option<Span> {
    let mut alternatives = question.situation.alternatives.iter();
    let span = alternatives.find_map(|a| a.span)?;
    Some(Span::new(span.file, 0, 0))
}

const ANYTHING: Uncertain = Uncertain::Range {
    low: 0.0,
    high: 1.0,
};

fn missing_rational(question: &mut Question, problems: &mut Problems) {
    let situation = &question.situation;
    let asked = situation
        .alternatives
        .iter()
        .any(|a| !a.outcomes.is_empty());
    if asked && situation.risk_aversion.is_none() {
        let domain = Domain {
            low: -10.0,
            high: 10.0,
        };
        let why = "the lens `rational` reads the attitude to risk: neutral stands in";
        let path = "rational.risk_aversion";
        let num = stand_in(question, path, Uncertain::Known(0.0), domain, why, problems);
        question.situation.risk_aversion = Some(num);
    }
    if asked && question.situation.aspiration.is_none() {
        let why = "the lens `prospect` takes the level aspired to for its second reference point";
        let path = "rational.aspiration";
        let num = stand_in(question, path, ANYTHING, Domain::UNIT, why, problems);
        question.situation.aspiration = Some(num);
    }
}

fn missing_governmental(question: &mut Question, problems: &mut Problems) {
    let channel = &question.situation.channel;
    if channel.decides.is_some() && channel.openness.is_none() {
        let why = "the lens `governmental` reads how far advice moves the one who decides";
        let path = "channel.openness";
        let num = stand_in(question, path, ANYTHING, Domain::UNIT, why, problems);
        question.situation.channel.openness = Some(num);
    }
    missing_quota(question, problems);
}

/// A qualified majority without a quota: two thirds, as most often in constitutions.
fn missing_quota(question: &mut Question, problems: &mut Problems) {
    let channel = &question.situation.channel;
    if channel.rule != Some(Rule::Qualified) || channel.quota.is_some() {
        return;
    }
    let why = "the rule is a qualified majority: two thirds stand in";
    let two_thirds = Uncertain::Known(2.0 / 3.0);
    let num = stand_in(
        question,
        "channel.quota",
        two_thirds,
        crate::case::QUOTA,
        why,
        problems,
    );
    question.situation.channel.quota = Some(num);
}

fn missing_leader(question: &mut Question, problems: &mut Problems) {
    if question.decider.leader.is_none() {
        return;
    }
    let why =
        "the lens `leader` plays its game from the present state: is the present move conflictual?";
    if question.decider.conflictual.is_none() {
        let path = "decider.conflictual";
        let num = stand_in(question, path, ANYTHING, Domain::UNIT, why, problems);
        question.decider.conflictual = Some(num);
    }
    let opponent = question.situation.opponent.as_ref();
    if opponent.is_some_and(|o| o.conflictual.is_none()) {
        let path = "opponent.conflictual";
        let num = stand_in(question, path, ANYTHING, Domain::UNIT, why, problems);
        if let Some(opponent) = &mut question.situation.opponent {
            opponent.conflictual = Some(num);
        }
    }
}

fn conditions(question: &Question) -> Vec<Condition> {
    let routines = question
        .situation
        .organizations
        .iter()
        .flat_map(|o| &o.routines);
    let triggers = routines.filter_map(|r| r.trigger.clone());
    let principles = question.decider.doctrine.iter().flat_map(|d| &d.principles);
    let whens = principles.filter_map(|p| match &p.act {
        PrincipleAct::Bar { when, .. } | PrincipleAct::Release { when, .. } => Some(when.clone()),
        PrincipleAct::Weigh { .. } => None,
    });
    triggers.chain(whens).collect()
}

fn missing_features(question: &mut Question, problems: &mut Problems) {
    for condition in conditions(question) {
        for slot in condition.program.reads() {
            let Some(index) = facts::feature_of(*slot) else {
                continue;
            };
            if question
                .situation
                .features
                .get(index)
                .copied()
                .flatten()
                .is_some()
            {
                continue;
            }
            let path = format!("situation.{}", FEATURES[index].0);
            let amount = Uncertain::Range {
                low: 0.0,
                high: 1.0,
            };
            let why = "a condition reads it, and the case does not state it";
            let mut problem = assumed(&path, amount, why);
            if let Some(span) = condition.program.place_of(*slot).or(condition.span) {
                problem = problem.at(span, "read here");
            }
            problems.push(problem);
            let num = assume(&mut question.inputs, path, amount, Domain::UNIT, why);
            if let Some(place) = question.situation.features.get_mut(index) {
                *place = Some(num);
            }
        }
    }
}

fn assume(inputs: &mut Inputs, path: String, amount: Uncertain, domain: Domain, why: &str) -> Num {
    inputs.add(Input {
        path,
        amount,
        domain,
        provenance: Provenance::Assumed(why.to_owned()),
        span: None,
    })
}

fn missing_effects(question: &mut Question, problems: &mut Problems) {
    let Some(doctrine) = &question.decider.doctrine else {
        return;
    };
    let aims: Vec<(Measure, Option<raison_core::Span>)> = doctrine
        .pillars
        .iter()
        .flat_map(|p| p.aims.iter().map(|a| (a.measure.clone(), p.span)))
        .collect();
    let mut done: Vec<Measure> = Vec::new();
    for (measure, span) in aims {
        if done.contains(&measure) {
            continue;
        }
        let lacking: Vec<usize> = (0..question.situation.alternatives.len())
            .filter(|i| !question.situation.alternatives[*i].states_effect(&measure))
            .collect();
        if !lacking.is_empty() {
            problems.push(no_effect(question, &measure, &lacking, span));
        }
        for i in lacking {
            let a = &mut question.situation.alternatives[i];
            let path = format!("alternatives.{}.effects.{measure}", a.id);
            let why = "a pillar aims at it, and the case states no effect";
            let change = assume(
                &mut question.inputs,
                path,
                Uncertain::Known(0.0),
                Domain::SIGNED,
                why,
            );
            a.effects.push(Effect {
                measure: measure.clone(),
                change,
            });
        }
        done.push(measure);
    }
}

fn no_effect(
    question: &Question,
    measure: &Measure,
    lacking: &[usize],
    span: Option<raison_core::Span>,
) -> Diagnostic {
    let names: Vec<&str> = lacking
        .iter()
        .map(|i| question.situation.alternatives[*i].id.as_str())
        .collect();
    let problem = Diagnostic::warning(
        codes::NO_EFFECT,
        format!(
            "no effect on `{measure}` is stated for {}; taken as no change",
            crate::suggest::listed(names)
        ),
    )
    .help("state it under `effects`, or see in `analyze` what other values would flip");
    match span {
        Some(span) => problem.at(span, "this pillar aims at it"),
        None => problem,
    }
}

/// Sets one path of a question to a value, as `--set PATH=VALUE` does.
///
/// # Errors
/// One diagnostic that says what is wrong with the path or the value.
pub fn set(question: &mut Question, path: &str, value: &str) -> Result<(), Diagnostic> {
    if set_word(question, path, value)? {
        return Ok(());
    }
    let Some(num) = question.inputs.find(path) else {
        let paths = question.inputs.iter().map(|(_, i)| i.path.as_str());
        return Err(
            Diagnostic::error(codes::UNKNOWN_PATH, format!("no input `{path}`"))
                .help_if(did_you_mean(path, paths))
                .help("`raison analyze CASE --format json` lists all inputs with their paths"),
        );
    };
    let domain = question.inputs.get(num).domain;
    let value = match value.trim() {
        "true" | "yes" => "1",
        "false" | "no" => "0",
        other => other,
    };
    let amount = number::from_text(value).map_err(|bad| {
        Diagnostic::error(codes::BAD_NUMBER, unfit(path, value, &bad))
            .help("write 0.4, a range [0.3, 0.6] or an estimate [0.3, 0.4, 0.6]")
    })?;
    let (low, high) = amount.ends();
    if question.inputs.is_binary(num) && !(low == high && [0.0, 1.0].contains(&low)) {
        return Err(Diagnostic::error(
            codes::OUT_OF_DOMAIN,
            format!("`{path}` is 0 or 1, and nothing between"),
        ));
    }
    for x in [low, high] {
        if !domain.holds(x) {
            return Err(Diagnostic::error(
                codes::OUT_OF_DOMAIN,
                format!(
                    "`{path}` cannot be {}: it goes from {} to {}",
                    brief(x),
                    brief(domain.low),
                    brief(domain.high)
                ),
            ));
        }
    }
    question.inputs.set(num, amount);
    Ok(())
}

/// Why a value of `--set` is none for a path.
fn unfit(path: &str, value: &str, bad: &number::Bad) -> String {
    match bad {
        _ if value.is_empty() => format!("no value for `{path}`"),
        number::Bad::Order => {
            format!("`{value}` for `{path}` does not rise: the low end stands first")
        }
        number::Bad::NotFinite => {
            format!("`{value}` for `{path}` is too large, or no number at all")
        }
        number::Bad::Length(n) => {
            format!("`{value}` for `{path}` has {n} parts: a range has two, an estimate three")
        }
        _ => format!("`{value}` is not a number for `{path}`"),
    }
}

/// A number in a few digits.
fn brief(x: f64) -> String {
    match x.abs() {
        s if s != 0.0 && !(1e-4..1e7).contains(&s) => format!("{x:e}"),
        _ => x.to_string(),
    }
}

/// The few paths that hold words.
fn set_word(question: &mut Question, path: &str, value: &str) -> Result<bool, Diagnostic> {
    let value = value.trim().trim_matches('"');
    match path {
        "decider.unit.kind" => {
            let kinds = [
                UnitKind::PredominantLeader,
                UnitKind::SingleGroup,
                UnitKind::Coalition,
            ];
            let words = kinds.map(UnitKind::word);
            let at = choose(path, value, &words)?;
            match &mut question.decider.unit {
                Some(unit) => unit.kind = kinds[at],
                None => {
                    question.decider.unit = Some(raison_core::DecisionUnit {
                        kind: kinds[at],
                        sensitive: None,
                        consensus: None,
                        bargaining: None,
                    });
                }
            }
        }
        "channel.decides" => {
            let ids: Vec<&str> = question
                .situation
                .players
                .iter()
                .map(|p| p.id.as_str())
                .collect();
            let at = if value == "none" {
                None
            } else {
                Some(choose(path, value, &ids)?)
            };
            question.situation.channel.decides = at;
        }
        "channel.rule" => {
            let at = choose(path, value, &Rule::WORDS)?;
            question.situation.channel.rule = Some(Rule::ALL[at]);
            // The report lists what stands in for a quota that the case does not state.
            missing_quota(question, &mut Problems::default());
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn choose(path: &str, value: &str, words: &[&str]) -> Result<usize, Diagnostic> {
    words.iter().position(|w| *w == value).ok_or_else(|| {
        Diagnostic::error(codes::UNKNOWN_WORD, format!("`{path}` cannot be `{value}`"))
            .help_if(did_you_mean(value, words.iter().copied()))
            .help(format!(
                "one of {}",
                crate::suggest::listed(words.iter().copied())
            ))
    })
}

/// How the numbers of a question are supported: with a source, by judgement, assumed,
/// set by the user, unstated.
pub fn provenance_counts(inputs: &Inputs) -> [usize; 5] {
    let mut counts = [0; 5];
    for (_, input) in inputs.iter() {
        let place = match &input.provenance {
            Provenance::Source(_) => 0,
            Provenance::Judgement(_) => 1,
            Provenance::Assumed(_) => 2,
            Provenance::Set => 3,
            Provenance::Unstated => 4,
        };
        counts[place] += 1;
    }
    counts
}

/// All works that a question cites, each once, in order of their keys.
pub fn works(inputs: &Inputs) -> Vec<Citation> {
    let mut all: Vec<Citation> = inputs
        .iter()
        .filter_map(|(_, i)| match &i.provenance {
            Provenance::Source(works) => Some(works.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    all.sort_by(|a, b| (&a.key, &a.locator).cmp(&(&b.key, &b.locator)));
    all.dedup();
    all
}
