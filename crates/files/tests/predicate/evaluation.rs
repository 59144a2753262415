//! What predicates mean.

use crate::words::{eval, load, october, vocabulary};
use raison_core::predicate::EvalError;

#[test]
fn conditions_hold_or_not() {
    for (text, expected) in [
        ("true", true),
        ("situation.threat > 0.6", true),
        ("0.6 < situation.threat", true),
        ("situation.threat > 0.8", false),
        ("situation.threat >= 0.8 && situation.threat <= 0.8", true),
        ("world.year == 1962", true),
        ("world.year != 1962", false),
        ("-world.year < 0", true),
        ("1 + 0.5 > world.powers", false),
        ("world.powers * 2 - 1 == 9", true),
        ("world.powers / 2 == 2.5", true),
        ("int(world.powers / 2) == 2", true),
        ("world.powers - 1 - 1 == 3", true),
        ("world.powers - (1 - 1) == 5", true),
        ("world.year % 4 == 2", true),
        ("-7 % 4 == -3 && world.powers > 0", true),
        ("2 + 3 * 4 == 14 && world.powers > 0", true),
        ("\"naval\" in alternative.tags", true),
        ("!(\"force\" in alternative.tags)", true),
        ("decider.state in [\"USA\", \"USR\"]", true),
        ("decider.state in [\"GBR\", situation.adversary]", false),
        (
            "situation.adversary in [\"GBR\", situation.adversary]",
            true,
        ),
        ("world.year in [1948, 1958, 1962]", true),
        ("world.powers + 1 in [world.powers, 6]", true),
        ("decider.state in decider.allies", false),
        ("decider.state < situation.adversary", true),
        ("decider.state == \"USA\"", true),
        ("\"USA\" != decider.state", false),
        ("decider.state == situation.adversary", false),
        ("alternative.reversible == true", true),
        ("alternative.reversible != !alternative.reversible", true),
        ("alternative.id.startsWith(\"block\")", true),
        ("alternative.id.endsWith(\"block\")", false),
        ("alternative.id.contains(\"ock\")", true),
        ("size(alternative.tags) == 3", true),
        ("alternative.tags.size() > 3", false),
        ("size(alternative.id) == 8", true),
        ("size([\"a\", \"b\"]) == 2 && world.powers > 0", true),
        ("alternative.tags.exists(t, t.startsWith(\"force\"))", true),
        ("alternative.tags.all(t, t in decider.allies)", false),
        ("alternative.tags.exists_one(t, t.contains(\"b\"))", true),
        ("[\"a\", decider.state].exists(s, s == \"USA\")", true),
        (
            "alternative.tags.all(t, decider.allies.all(a, a != t))",
            true,
        ),
        (
            "(situation.threat > 0.5 ? \"USA\" : \"USR\") == decider.state",
            true,
        ),
        ("(situation.threat > 0.5 ? 1 : 0) + 1 == 2", true),
        (
            "\"GBR\" in (situation.threat > 0.9 ? alternative.tags : decider.allies)",
            true,
        ),
        ("situation.threat > 0.9 ? false : world.year > 1900", true),
        ("has(situation.threat)", true),
        ("has(situation.surprise)", false),
        ("has(effects[\"trade-depth\"])", false),
        ("has(situation.surprise) && situation.surprise", false),
        ("effects[\"autonomy\"] == effects.autonomy", true),
        ("effects.autonomy < 0 // a comment\n && true", true),
        (r#"alternative.id == 'blockade'"#, true),
        (r#"alternative.id == "block\x61de""#, true),
        (r#"alternative.id == r"block\x61de""#, false),
        (r#"alternative.id == "block" + "ade""#, true),
        ("world.year > 0x7A9", true),
        ("world.year > 1.9e3", true),
        ("world.powers > .5", true),
    ] {
        assert_eq!(eval(text), Ok(expected), "{text}");
    }
}

#[test]
fn a_missing_value_is_no_default() {
    let v = vocabulary();
    let missing = Err(EvalError::Missing(v.find("situation.surprise").unwrap()));
    let plain = |text: &str| eval(text).map_err(|e| matches!(e, EvalError::Missing(_)));
    assert_eq!(eval("situation.surprise"), missing);
    assert_eq!(plain("!situation.surprise"), Err(true));
    assert_eq!(plain("situation.surprise && world.year > 0"), Err(true));
    assert_eq!(eval("situation.surprise && world.year < 0"), Ok(false));
    assert_eq!(eval("world.year < 0 && situation.surprise"), Ok(false));
    assert_eq!(eval("situation.surprise || world.year > 0"), Ok(true));
    assert_eq!(plain("situation.surprise || world.year < 0"), Err(true));
    assert_eq!(
        plain("situation.surprise ? true : world.year > 0"),
        Err(true)
    );
    let trade = "effects[\"trade-depth\"]";
    assert_eq!(plain(&format!("{trade} > 0")), Err(true));
    assert_eq!(plain(&format!("1 in [{trade}, 1]")), Err(true));
    let exists = |then: &str| format!("alternative.tags.exists(t, t == \"{then}\" || {trade} > 0)");
    assert_eq!(eval(&exists("naval")), Ok(true), "one true item decides");
    assert_eq!(plain(&exists("none")), Err(true));
    let all = "alternative.tags.all(t, t == \"naval\" && situation.surprise)";
    assert_eq!(eval(all), Ok(false), "one false item decides");
    let one = "alternative.tags.exists_one(t, t == \"naval\" || situation.surprise)";
    assert_eq!(plain(one), Err(true), "exists_one reads all items");
}

#[test]
fn a_division_by_zero_is_no_number() {
    let zero = "world.powers - 5";
    for text in [format!("1 / ({zero}) > 0"), format!("1 % ({zero}) == 0")] {
        assert_eq!(eval(&text), Err(EvalError::DivisionByZero), "{text}");
    }
    assert_eq!(
        eval("world.powers == 5 || 1 / (world.powers - 5) > 0"),
        Ok(true)
    );
}

#[test]
fn reasons_show_the_values() {
    let v = vocabulary();
    let show = |text: &str| {
        let (program, _) = load(text, &v);
        let explanation = program.unwrap().explain(&october(&v));
        let reasons = explanation.reasons();
        reasons.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        show("situation.threat > 0.6 && !(\"force\" in alternative.tags)"),
        [
            "situation.threat (0.8) > 0.6: true",
            "(\"force\" in alternative.tags (force-short, naval, public)): false",
        ]
    );
    assert_eq!(
        show("situation.threat > 0.9 || world.year < 1970 || decider.state == \"USA\""),
        [
            "world.year (1962) < 1970: true",
            "decider.state (\"USA\") == \"USA\": true"
        ]
    );
    assert_eq!(
        show("situation.threat > 0.6 && situation.surprise"),
        ["situation.surprise (missing): unknown, a value is missing"]
    );
    assert_eq!(
        show("alternative.tags.exists(t, t.startsWith(\"force\"))"),
        [
            "alternative.tags (force-short, naval, public).exists(t, t.startsWith(\"force\")): \
          true (because of \"force-short\")"
        ]
    );
    assert_eq!(
        show("situation.threat >\n   0.9 ? false : has(effects.autonomy)"),
        [
            "situation.threat (0.8) > 0.9: false",
            "has(effects.autonomy): true"
        ]
    );
}

#[test]
fn numbers_in_reasons_show_their_sides() {
    let v = vocabulary();
    let (program, _) = load("situation.threat + effects.autonomy > 0.5", &v);
    let explanation = program.unwrap().explain(&october(&v));
    assert_eq!(
        explanation.to_string(),
        "situation.threat (0.8) + effects.autonomy (-0.25) > 0.5: true"
    );
    let sides: Vec<String> = explanation.parts.iter().map(ToString::to_string).collect();
    assert_eq!(
        sides,
        ["situation.threat (0.8) + effects.autonomy (-0.25): 0.55"]
    );
}

#[test]
fn a_program_says_what_it_reads() {
    let v = vocabulary();
    let (program, _) = load(
        "has(situation.surprise) || world.year > situation.threat",
        &v,
    );
    let program = program.unwrap();
    let names: Vec<_> = program
        .reads()
        .iter()
        .map(|s| program.name(*s).unwrap())
        .collect();
    assert_eq!(
        names,
        ["situation.threat", "situation.surprise", "world.year"]
    );
    let error = program.eval(&v.slots()).unwrap_err();
    let problem = program.problem(error);
    assert_eq!(
        problem.message,
        "`world.year` has no value, and a predicate reads it"
    );
    assert_eq!(problem.primary.unwrap().span.start, 27);
}
