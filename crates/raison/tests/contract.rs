//! One battery that every lens passes on every case of the library, without writing a
//! test of its own.

use raison::core::draws::Stream;
use raison::core::{Case, Draw, Lens, Origin, Prepared, PrincipleAct, Question, Reason};
use raison::embedded::Embedded;
use raison::files::{Kind, Shelf, Swap};

fn cases() -> Vec<(Case, raison::files::Bibliography)> {
    let shelf = Embedded;
    let slugs = shelf.slugs(Kind::Case);
    assert!(slugs.len() >= 6, "the library holds its cases: {slugs:?}");
    slugs
        .iter()
        .map(|slug| {
            let mut loader = raison::loader(&shelf);
            let case = loader.shelf_case(slug, &Swap::default());
            assert!(
                !loader.problems.has_errors(),
                "{slug}: {:?}",
                loader.problems.as_slice()
            );
            (case.expect("readable"), loader.bibliography)
        })
        .collect()
}

fn lenses() -> Vec<Box<dyn Lens>> {
    let mut list = raison::lenses::all();
    list.extend(raison::lenses::variants());
    assert!(list.len() >= 8);
    list
}

fn ask(prepared: &dyn Prepared, values: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![f64::NAN; n];
    prepared.probabilities(Draw(values), &mut out);
    out
}

fn each(mut check: impl FnMut(&str, &dyn Lens, &Case, &dyn Prepared)) {
    let mut answered = 0;
    for (case, _) in cases() {
        for lens in lenses() {
            let Ok(prepared) = lens.prepare(&case.question) else {
                continue;
            };
            let name = format!("{} on {}", lens.id(), case.question.situation.id);
            check(&name, lens.as_ref(), &case, prepared.as_ref());
            answered += 1;
        }
    }
    assert!(answered >= 50, "most lenses answer most cases: {answered}");
}

fn distribution(name: &str, p: &[f64]) {
    assert!(
        p.iter().all(|x| x.is_finite() && *x >= 0.0),
        "{name}: {p:?}"
    );
    let sum: f64 = p.iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "{name}: sums to {sum}");
}

#[test]
fn probabilities_are_a_distribution_everywhere_in_the_domain() {
    each(|name, _, case, prepared| {
        let inputs = &case.question.inputs;
        let n = case.question.situation.alternatives.len();
        let ends = |low: bool| -> Vec<f64> {
            let end = |d: raison::core::Domain| if low { d.low } else { d.high };
            inputs.iter().map(|(_, i)| end(i.domain)).collect()
        };
        distribution(name, &ask(prepared, &inputs.central(), n));
        distribution(name, &ask(prepared, &ends(true), n));
        distribution(name, &ask(prepared, &ends(false), n));
        for draw in 0..50 {
            let anywhere: Vec<f64> = inputs
                .iter()
                .map(|(_, i)| {
                    let u = Stream::new(11, &i.path, draw).uniform();
                    i.domain.low + u * (i.domain.high - i.domain.low).min(1e3)
                })
                .collect();
            distribution(name, &ask(prepared, &anywhere, n));
        }
    });
}

#[test]
fn same_input_same_output_and_the_whole_judgement_agrees() {
    each(|name, lens, case, prepared| {
        let values = case.question.inputs.central();
        let n = case.question.situation.alternatives.len();
        let p = ask(prepared, &values, n);
        let again = lens
            .prepare(&case.question)
            .unwrap_or_else(|_| panic!("{name} abstains the second time"));
        assert_eq!(p, ask(again.as_ref(), &values, n), "{name}");
        let judgement = prepared.judge(Draw(&values));
        assert_eq!(judgement.probabilities, p, "{name}");
        assert!(
            judgement.check.value.is_finite(),
            "{name}: {:?}",
            judgement.check
        );
        assert!(!judgement.reasons.is_empty(), "{name} gives no reason");
    });
}

fn reversed(question: &Question) -> Question {
    let mut q = question.clone();
    let n = q.situation.alternatives.len();
    let s = &mut q.situation;
    s.alternatives.reverse();
    s.status_quo = s.status_quo.map(|i| n - 1 - i);
    for routine in s.organizations.iter_mut().flat_map(|o| &mut o.routines) {
        routine.delivers = n - 1 - routine.delivers;
    }
    s.analogies.iter_mut().for_each(|a| a.resembles.reverse());
    for node in s.game.iter_mut().flat_map(|g| &mut g.nodes) {
        if let raison::core::GameAct::Move { moves, .. } = &mut node.act {
            moves
                .iter_mut()
                .for_each(|m| m.alternative = m.alternative.map(|a| n - 1 - a));
        }
    }
    q
}

#[test]
fn the_order_of_alternatives_does_not_matter() {
    each(|name, lens, case, prepared| {
        let turned = reversed(&case.question);
        let other = lens
            .prepare(&turned)
            .unwrap_or_else(|_| panic!("{name} abstains"));
        let values = case.question.inputs.central();
        let n = case.question.situation.alternatives.len();
        let p = ask(prepared, &values, n);
        let mut q = ask(other.as_ref(), &values, n);
        q.reverse();
        for (a, b) in p.iter().zip(&q) {
            assert!((a - b).abs() < 1e-9, "{name}: {p:?} against {q:?}");
        }
    });
}

/// The same question with everything that a file lists in the opposite order.
fn turned(question: &Question) -> Question {
    let mut q = reversed(question);
    let s = &mut q.situation;
    s.criteria.reverse();
    for outcome in s.alternatives.iter_mut().flat_map(|a| &mut a.outcomes) {
        outcome.values.reverse();
    }
    let players = s.players.len();
    s.players.reverse();
    s.channel.decides = s.channel.decides.map(|i| players - 1 - i);
    for o in &mut s.organizations {
        o.priorities.reverse();
        o.in_use = o.routines.len() - 1 - o.in_use;
        o.routines.reverse();
    }
    s.organizations.reverse();
    s.analogies.reverse();
    q
}

/// What readers see of an answer: who leads, who ties, what flips it, and why.
type Told = (Vec<String>, Vec<(String, f64, String)>, Vec<(String, f64)>);

fn told(question: &Question, prepared: &dyn Prepared) -> Told {
    let s = &question.situation;
    let id = |i: usize| s.alternatives[i].id.clone();
    let central = question.inputs.central();
    let judgement = prepared.judge(Draw(&central));
    let flips = raison::study::flips::flips(prepared, question);
    let path = |f: &raison::study::Flip| question.inputs.get(f.input).path.clone();
    let mut reasons = Vec::new();
    judgement
        .reasons
        .iter()
        .for_each(|r| in_full(r, &mut reasons));
    (
        s.tied(&judgement.probabilities)
            .into_iter()
            .map(id)
            .collect(),
        flips
            .iter()
            .map(|f| (path(f), f.to, id(f.leading)))
            .collect(),
        reasons,
    )
}

fn in_full(reason: &Reason, out: &mut Vec<(String, f64)>) {
    out.push((reason.text.clone(), reason.weight));
    reason.parts.iter().for_each(|part| in_full(part, out));
}

#[test]
fn no_order_in_a_file_changes_what_is_told() {
    let mut flipped = 0;
    let mut ties = 0;
    each(|name, lens, case, prepared| {
        let other = turned(&case.question);
        let again = lens
            .prepare(&other)
            .unwrap_or_else(|_| panic!("{name} abstains"));
        let (a, b) = (told(&case.question, prepared), told(&other, again.as_ref()));
        assert_eq!(a.0, b.0, "{name}: what leads, and what ties with it");
        assert_eq!(a.1, b.1, "{name}: flips");
        for ((x, p), (y, q)) in a.2.iter().zip(&b.2) {
            assert_eq!(x, y, "{name}: reasons");
            assert!((p - q).abs() < 1e-9, "{name}: {x}: {p} against {q}");
        }
        assert_eq!(a.2.len(), b.2.len(), "{name}");
        flipped += a.1.len();
        ties += usize::from(a.0.len() > 1);
    });
    assert!(flipped >= 100, "flips were compared: {flipped}");
    assert!(ties >= 1, "a tie was compared");
}

#[test]
fn no_episode_is_remembered_twice() {
    for (case, _) in cases() {
        let s = &case.question.situation;
        let mut ids: Vec<&str> = s.analogies.iter().map(|a| a.id.as_str()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(all, ids.len(), "{}: {ids:?}", s.id);
    }
}

/// Beginnings of the paths that a lens may read, with `*` for one id.
fn reads(lens: &str) -> &'static [&'static str] {
    match lens {
        "rational" => &[
            "criteria.",
            "alternatives.*.outcomes.",
            "rational.risk_aversion",
        ],
        "prospect" => &[
            "criteria.",
            "alternatives.*.outcomes.",
            "rational.aspiration",
        ],
        "strategic" => &["game."],
        "organizational" => &[
            "alternatives.*.outcomes.",
            "organizations.",
            "organizational.",
            "situation.",
            "alternatives.*.conflict",
            "alternatives.*.effects.",
        ],
        "governmental" | "governmental:median" | "governmental:nash" => {
            &["alternatives.*.positions.", "players.", "channel."]
        }
        "leader" => &[
            "alternatives.*.conflict",
            "leader.",
            "decider.conflictual",
            "opponent.",
        ],
        "doctrine" => &[
            "doctrine.",
            "situation.",
            "alternatives.*.effects.",
            "alternatives.*.conflict",
            "alternatives.*.positions.",
            "players.",
        ],
        "memory" => &["analogies.", "situation."],
        _ => &[""],
    }
}

fn may_read(lens: &str, path: &str) -> bool {
    reads(lens)
        .iter()
        .any(|pattern| match pattern.split_once("*.") {
            None => path.starts_with(pattern),
            Some((head, tail)) => path
                .strip_prefix(head)
                .and_then(|rest| rest.split_once('.'))
                .is_some_and(|(_, rest)| rest.starts_with(tail)),
        })
}

#[test]
fn fields_that_a_lens_does_not_read_do_not_matter() {
    each(|name, lens, case, prepared| {
        let inputs = &case.question.inputs;
        let n = case.question.situation.alternatives.len();
        let mut values = inputs.central();
        let p = ask(prepared, &values, n);
        for (num, input) in inputs.iter() {
            if !may_read(lens.id(), &input.path) {
                let d = input.domain;
                values[num.0 as usize] = if values[num.0 as usize] < d.high {
                    d.high
                } else {
                    d.low
                };
            }
        }
        assert_eq!(p, ask(prepared, &values, n), "{name}");
    });
}

#[test]
fn every_reason_points_at_something_that_exists() {
    for (case, works) in cases() {
        for lens in lenses() {
            let Ok(prepared) = lens.prepare(&case.question) else {
                continue;
            };
            let central = case.question.inputs.central();
            for reason in prepared.judge(Draw(&central)).reasons {
                pointed(lens.id(), &reason, &case, &works);
            }
        }
    }
}

fn pointed(lens: &str, reason: &Reason, case: &Case, works: &raison::files::Bibliography) {
    assert!(
        !reason.text.is_empty() && reason.weight.is_finite(),
        "{lens}: {reason:?}"
    );
    assert!(
        !reason.origins.is_empty(),
        "{lens}: nothing behind {:?}",
        reason.text
    );
    for origin in &reason.origins {
        match origin {
            Origin::Input(num) => assert!((num.0 as usize) < case.question.inputs.len()),
            Origin::Work(work) => assert!(
                works.get(&work.key).is_some(),
                "{lens}: no work {}",
                work.key
            ),
            Origin::Field(path) => assert!(exists(path, &case.question), "{lens}: no field {path}"),
        }
    }
    reason
        .parts
        .iter()
        .for_each(|part| pointed(lens, part, case, works));
}

fn exists(path: &str, q: &Question) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let s = &q.situation;
    match parts.as_slice() {
        ["alternatives", id, ..] => s.alternative(id).is_some(),
        ["organizations", id, "routines", routine] => s
            .organizations
            .iter()
            .any(|o| o.id == *id && o.routines.iter().any(|r| r.id == *routine)),
        ["game"] => s.game.is_some(),
        ["organizations"] => !s.organizations.is_empty(),
        ["channel", "rule"] => s.channel.rule.is_some(),
        ["players"] => !s.players.is_empty(),
        ["analogies", id] => s.analogies.iter().any(|a| a.id == *id),
        ["decider", "leader"] => q.decider.leader.is_some(),
        ["decider", "doctrines"] => q.decider.doctrine.is_some(),
        ["decider", "unit"] => q.decider.unit.is_some(),
        ["decider", "regime"] => !q.decider.regime.is_empty(),
        ["doctrine", "principle", id] => q
            .decider
            .doctrine
            .iter()
            .flat_map(|d| &d.principles)
            .any(|p| p.id == *id),
        ["doctrine", "pillar", id] => q
            .decider
            .doctrine
            .iter()
            .flat_map(|d| &d.pillars)
            .any(|p| p.id == *id),
        _ => false,
    }
}

#[test]
fn raising_a_value_never_lowers_the_rational_probability() {
    for (case, _) in cases() {
        let lens = raison::lenses::find("rational").expect("there");
        let prepared = lens
            .prepare(&case.question)
            .unwrap_or_else(|a| panic!("{}", a.why));
        let s = &case.question.situation;
        let mut values = case.question.inputs.central();
        for (i, a) in s.alternatives.iter().enumerate() {
            for num in a.outcomes.iter().flat_map(|o| &o.values) {
                let before = ask(prepared.as_ref(), &values, s.alternatives.len())[i];
                let kept = values[num.0 as usize];
                values[num.0 as usize] = 1.0;
                let after = ask(prepared.as_ref(), &values, s.alternatives.len())[i];
                values[num.0 as usize] = kept;
                assert!(after >= before - 1e-12, "{}: {}", s.id, a.id);
            }
        }
    }
}

#[test]
fn adding_a_bar_never_raises_what_it_strikes() {
    for (case, _) in cases() {
        let lens = raison::lenses::find("doctrine").expect("there");
        let mut without = case.question.clone();
        let Some(doctrine) = &mut without.decider.doctrine else {
            continue;
        };
        doctrine
            .principles
            .retain(|p| matches!(p.act, PrincipleAct::Weigh { .. }));
        let values = case.question.inputs.central();
        let n = case.question.situation.alternatives.len();
        let free = lens
            .prepare(&without)
            .unwrap_or_else(|a| panic!("{}", a.why));
        let bound = lens
            .prepare(&case.question)
            .unwrap_or_else(|a| panic!("{}", a.why));
        let (p, q) = (
            ask(free.as_ref(), &values, n),
            ask(bound.as_ref(), &values, n),
        );
        for exhibit in bound.judge(Draw(&values)).exhibits {
            let raison::core::Exhibit::Eliminations { steps, .. } = exhibit else {
                continue;
            };
            for (i, step) in steps.iter().enumerate().filter(|(_, s)| !s.left) {
                assert!(
                    q[i] <= p[i] + 1e-12,
                    "{}: {}",
                    case.question.situation.id,
                    step.alternative
                );
            }
        }
    }
}

#[test]
fn a_better_memory_never_lowers_what_it_resembles() {
    for (case, _) in cases() {
        let lens = raison::lenses::find("memory").expect("there");
        let Ok(prepared) = lens.prepare(&case.question) else {
            continue;
        };
        let s = &case.question.situation;
        let mut values = case.question.inputs.central();
        for analogy in &s.analogies {
            let only: Vec<usize> = (0..s.alternatives.len())
                .filter(|i| analogy.resembles[*i] > 0.0)
                .collect();
            let [i] = only.as_slice() else { continue };
            let before = ask(prepared.as_ref(), &values, s.alternatives.len())[*i];
            let at = analogy.success.0 as usize;
            let kept = values[at];
            values[at] = 1.0;
            let after = ask(prepared.as_ref(), &values, s.alternatives.len())[*i];
            values[at] = kept;
            assert!(after >= before - 1e-12, "{}: {}", s.id, analogy.id);
        }
    }
}

#[test]
fn a_readier_routine_never_lowers_what_it_delivers() {
    for (case, _) in cases() {
        let lens = raison::lenses::find("organizational").expect("there");
        let Ok(prepared) = lens.prepare(&case.question) else {
            continue;
        };
        let s = &case.question.situation;
        let mut values = case.question.inputs.central();
        for routine in s.organizations.iter().flat_map(|o| &o.routines) {
            let before = ask(prepared.as_ref(), &values, s.alternatives.len())[routine.delivers];
            let at = routine.readiness.0 as usize;
            let kept = values[at];
            values[at] = 1.0;
            let after = ask(prepared.as_ref(), &values, s.alternatives.len())[routine.delivers];
            values[at] = kept;
            assert!(after >= before - 1e-12, "{}: {}", s.id, routine.id);
        }
    }
}

/// A question in which only the channel's rule and what players accept are changed.
fn put_to_the_vote(case: &Case, rule: raison::core::Rule, reach: f64) -> Question {
    let mut q = case.question.clone();
    q.situation.channel.rule = Some(rule);
    for p in &mut q.situation.players {
        p.accepts_within = Some(q.inputs.add(raison::core::Input {
            path: format!("players.{}.accepts_within", p.id),
            amount: raison::core::Uncertain::Known(reach),
            domain: raison::core::Domain {
                low: 0.0,
                high: 1e3,
            },
            provenance: raison::core::Provenance::Set,
            span: None,
        }));
    }
    q
}

#[test]
fn a_stricter_rule_never_opens_what_a_looser_one_closes() {
    use raison::core::Rule;
    let lens = raison::lenses::find("governmental").expect("there");
    let mut closed = [0; 3];
    for (case, _) in cases() {
        let width = case.question.situation.dimensions.first();
        let width = width.map_or(1.0, |d| d.high - d.low);
        for share in [0.1, 0.25, 0.4] {
            let open = |rule| {
                let q = put_to_the_vote(&case, rule, share * width);
                let ready = lens.prepare(&q).unwrap_or_else(|a| panic!("{}", a.why));
                let p = ask(
                    ready.as_ref(),
                    &q.inputs.central(),
                    q.situation.alternatives.len(),
                );
                let told = ready.judge(Draw(&q.inputs.central()));
                let lost = told
                    .reasons
                    .iter()
                    .filter(|r| r.text.contains("would lose the vote"));
                (p, lost.count())
            };
            let [majority, qualified, unanimity] = Rule::ALL.map(open);
            closed[0] += majority.1;
            closed[1] += qualified.1;
            closed[2] += unanimity.1;
            assert!(majority.1 <= qualified.1 && qualified.1 <= unanimity.1);
            for (tight, loose) in [(&qualified, &majority), (&unanimity, &qualified)] {
                let all_down = tight.1 == tight.0.len();
                for (p, q) in tight.0.iter().zip(&loose.0) {
                    assert!(
                        all_down || *q > 0.0 || *p == 0.0,
                        "{}",
                        case.question.situation.id
                    );
                }
            }
        }
    }
    assert!(
        closed[0] > 0 && closed[0] < closed[1] && closed[1] < closed[2],
        "{closed:?}"
    );
}

#[test]
fn every_dimension_counts_for_a_veto() {
    let lens = raison::lenses::find("governmental").expect("there");
    let mut seen = 0;
    for (case, _) in cases() {
        let dimensions = case.question.situation.dimensions.len();
        if dimensions < 2 {
            continue;
        }
        let mut q = put_to_the_vote(&case, raison::core::Rule::Majority, 0.0);
        q.situation.channel.rule = None;
        let at = q
            .situation
            .players
            .iter()
            .position(|p| p.positions.iter().all(Option::is_some));
        let (Some(at), false) = (at, q.situation.alternatives.is_empty()) else {
            continue;
        };
        // A player who stands where one alternative does on the first dimension, and away
        // from it on the second, does not go along with it.
        let (veto, own) = (
            q.situation.players[at].veto,
            q.situation.players[at].positions.clone(),
        );
        let stand = q.situation.alternatives[0].positions.clone();
        let mut values = q.inputs.central();
        let place = |values: &mut Vec<f64>, d: usize, x: f64| {
            if let Some(num) = own[d] {
                values[num.0 as usize] = x;
            }
        };
        values[veto.0 as usize] = 1.0;
        values[q.situation.players[at].present.0 as usize] = 1.0;
        for (d, num) in stand.iter().enumerate() {
            let x = num.map_or(0.0, |n| values[n.0 as usize]);
            place(&mut values, d, x);
        }
        let n = q.situation.alternatives.len();
        let ready = lens.prepare(&q).unwrap_or_else(|a| panic!("{}", a.why));
        assert!(
            ask(ready.as_ref(), &values, n)[0] > 0.0,
            "goes along with its own point"
        );
        let second = &q.situation.dimensions[1];
        let here = stand[1].map_or(0.0, |n| values[n.0 as usize]);
        let far = if here > 0.5 * (second.low + second.high) {
            second.low
        } else {
            second.high
        };
        place(&mut values, 1, far);
        let told = ready.judge(Draw(&values));
        let id = format!("blocks `{}`", q.situation.alternatives[0].id);
        assert!(
            told.reasons.iter().any(|r| r.text.contains(&id)),
            "{}",
            q.situation.id
        );
        seen += 1;
    }
    assert!(seen >= 2, "cases with two dimensions: {seen}");
}

#[test]
fn raising_a_value_never_lowers_the_prospect_probability_from_a_fixed_reference() {
    for (case, _) in cases() {
        let lens = raison::lenses::find("prospect").expect("there");
        let Ok(prepared) = lens.prepare(&case.question) else {
            continue;
        };
        let s = &case.question.situation;
        let n = s.alternatives.len();
        let mut values = case.question.inputs.central();
        // The status quo's own values move the reference point: it is left out.
        let others = (0..n).filter(|i| Some(*i) != s.status_quo);
        for i in others {
            for num in s.alternatives[i].outcomes.iter().flat_map(|o| &o.values) {
                let at = num.0 as usize;
                let kept = values[at];
                let mut before = 0.0;
                for x in [0.0, 0.25, 0.5, 0.75, 1.0] {
                    values[at] = x;
                    let now = ask(prepared.as_ref(), &values, n)[i];
                    assert!(now >= before - 1e-12, "{}: {}", s.id, s.alternatives[i].id);
                    before = now;
                }
                values[at] = kept;
            }
        }
    }
}

#[test]
fn moving_a_player_never_moves_the_result_the_other_way() {
    for (case, _) in cases() {
        let s = &case.question.situation;
        let lens = raison::lenses::find("governmental").expect("there");
        let Ok(prepared) = lens.prepare(&case.question) else {
            continue;
        };
        let mut values = case.question.inputs.central();
        let result = |values: &[f64], solver: &str| {
            let told = prepared.judge(Draw(values));
            told.exhibits.iter().find_map(|e| match e {
                raison::core::Exhibit::Positions { results, .. } => {
                    results.iter().find(|r| r.0 == solver).map(|r| r.1)
                }
                _ => None,
            })
        };
        let dim = &s.dimensions[0];
        for num in s.players.iter().filter_map(|p| p.positions[0]) {
            let at = num.0 as usize;
            let kept = values[at];
            for solver in ["compromise", "median"] {
                let mut before = f64::NEG_INFINITY;
                for share in [0.0, 0.3, 0.7, 1.0] {
                    values[at] = dim.low + share * (dim.high - dim.low);
                    let now = result(&values, solver).expect("a result");
                    assert!(now >= before - 1e-9, "{solver} on {}", s.id);
                    before = now;
                }
            }
            values[at] = kept;
        }
    }
}

#[test]
fn a_larger_payoff_never_lowers_the_move_that_leads_to_it() {
    let lens = raison::lenses::find("strategic").expect("there");
    let mut seen = 0;
    for (case, _) in cases() {
        let Ok(prepared) = lens.prepare(&case.question) else {
            continue;
        };
        let game = case.question.situation.game.as_ref().expect("a game");
        let Some(raison::core::GameAct::Move { player, moves, .. }) =
            game.nodes.first().map(|n| &n.act)
        else {
            continue;
        };
        let n = case.question.situation.alternatives.len();
        let mut values = case.question.inputs.central();
        for m in moves {
            let (Some(alternative), raison::core::GameAct::End { payoffs }) =
                (m.alternative, &game.nodes[m.to].act)
            else {
                continue;
            };
            let at = payoffs[*player].0 as usize;
            let kept = values[at];
            let mut before = 0.0;
            for x in [-1.0, -0.5, 0.0, 0.5, 1.0] {
                values[at] = x;
                let now = ask(prepared.as_ref(), &values, n)[alternative];
                assert!(now >= before - 1e-12, "{}", case.question.situation.id);
                before = now;
            }
            values[at] = kept;
            seen += 1;
        }
    }
    assert!(seen > 0, "some game ends right after a first move");
}

#[test]
fn nothing_later_than_the_decision_is_looked_back_to() {
    for (case, _) in cases() {
        let s = &case.question.situation;
        assert!(s.information_until <= s.decided, "{}", s.id);
        assert!(
            s.analogies.iter().all(|a| a.date < s.information_until),
            "{}",
            s.id
        );
    }
}

#[test]
fn parameters_are_exposed_and_kept_in_their_domains() {
    for lens in lenses() {
        let parameters = lens.parameters();
        let high: Vec<f64> = parameters.iter().map(|p| p.high * 10.0 + 1.0).collect();
        let moved = lens.with_parameters(&high).parameters();
        assert_eq!(parameters.len(), moved.len(), "{}", lens.id());
        for (p, m) in parameters.iter().zip(&moved) {
            assert!(
                p.low <= p.value && p.value <= p.high,
                "{}: {}",
                lens.id(),
                p.id
            );
            assert_eq!(m.value, p.high, "{}: {}", lens.id(), p.id);
        }
    }
}

#[test]
fn the_same_answer_on_any_number_of_threads() {
    let (case, _) = cases().swap_remove(0);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        let options = raison::study::Options {
            draws: 1000,
            seed: 5,
            flips: true,
        };
        pool.install(|| raison::study::analyze(&case, &raison::lenses::all(), options))
    };
    let (one, many) = (run(1), run(4));
    for (a, b) in one.lenses.iter().zip(&many.lenses) {
        let (Ok(a), Ok(b)) = (&a.answer, &b.answer) else {
            continue;
        };
        assert_eq!(a.probabilities, b.probabilities);
        assert_eq!(a.leads, b.leads);
        assert_eq!(a.flips, b.flips);
    }
}
