//! What stands twice, or cannot be, is told with its places, all at once.

mod common;

use common::{parse, ring};
use raison_core::Problems;

fn told(problems: &Problems, code: &str) -> usize {
    let all = problems.as_slice().iter();
    all.filter(|d| d.code.0 == code).count()
}

fn tie(layer: &str, ends: (&str, &str), more: &str) -> String {
    let (a, b) = ends;
    format!(
        "[[ties]]\nlayer = \"{layer}\"\nfrom = \"{a}\"\nto = \"{b}\"\n{more}\njudgement = \"a test\"\n"
    )
}

#[test]
fn every_repeated_key_is_told_with_both_places() {
    let pair = ("AAA", "AAB");
    let back = ("AAB", "AAA");
    let corridor = "[[corridors]]\nid = \"one\"\nthrough = [\"AAA\", \"AAB\"]\njudgement = \"x\"\n";
    let club = "[[institutions]]\nid = \"club\"\nmembers = [\"AAA\"]\n";
    let movement = "[[movements]]\nid = \"front\"\nhome = \"AAC\"\njudgement = \"x\"\n";
    let support = "[[sponsorships]]\nmovement = \"front\"\nsponsor = \"AAA\"\nideological = 0.5\npractical = 0.5\njudgement = \"x\"\n";
    let twice: Vec<String> = vec![
        tie("payments", pair, "weight = 0.4") + &tie("payments", pair, "weight = 0.2"),
        tie("trade", pair, "weight = 4") + &tie("trade", back, "weight = 2"),
        tie("alliance", pair, "obligations = [\"defence\"]")
            + &tie("alliance", back, "obligations = [\"defence\"]"),
        corridor.repeat(2),
        club.repeat(2),
        movement.repeat(2),
        format!("{movement}{}", support.repeat(2)),
    ];
    for more in &twice {
        let (_, problems, _) = parse(&(ring(6) + more));
        let found: Vec<_> = problems
            .as_slice()
            .iter()
            .filter(|d| d.is_error())
            .collect();
        assert_eq!(found.len(), 1, "{more}: {found:#?}");
        assert_eq!(found[0].code.0, "R6015", "{more}");
        assert!(found[0].primary.is_some() && !found[0].secondary.is_empty());
    }
    // All in one file, all told; and a repeated line is still checked itself.
    let movement_once = twice[6].clone();
    let all = twice[..5].concat() + &movement_once;
    let wrong = tie("payments", pair, "weight = 7");
    let (_, problems, _) = parse(&(ring(6) + &all + &wrong));
    assert_eq!(told(&problems, "R6015"), 7, "{:#?}", problems.as_slice());
    assert_eq!(told(&problems, "R6002"), 1);
    // Dependence is no mutual tie: each of the two may depend on the other.
    let both = tie("energy", pair, "weight = 0.4") + &tie("energy", back, "weight = 0.2");
    let (world, problems, _) = parse(&(ring(6) + &both));
    assert!(!problems.has_errors() && world.is_some());
}

#[test]
fn years_and_places_that_cannot_be_are_told() {
    let text = ring(6).replacen("lat = -60", "lat = 1e300", 1)
        + "[[leaders]]\nstate = \"AAA\"\nborn = 99999\n"
        + "[[leaders]]\nstate = \"AAB\"\nborn = 2001\n"
        + "[[leaders]]\nstate = \"AAC\"\nborn = 1950.5\n"
        + "[[leaders]]\nstate = \"AAD\"\nuntil = \"2010-01-01\"\n"
        + "[[leaders]]\nstate = \"AAD\"\nuntil = \"2005-01-01\"\n"
        + "[[leaders]]\nstate = \"AAE\"\nuntil = \"1999-12-31\"\n"
        + "[[corridors]]\nid = \"one\"\nthrough = [\"AAA\", \"AAB\"]\nopens = 99999\njudgement = \"x\"\n"
        + &tie(
            "energy",
            ("AAA", "AAB"),
            "weight = 0.2\nthrough = [\"AAA\", \"AAC\"]",
        )
        + &tie("alliance", ("AAA", "AAB"), "");
    let (_, problems, _) = parse(&text);
    let counts = ["R6012", "R6016", "R6017", "R6018", "R6019"].map(|c| told(&problems, c));
    assert_eq!(counts, [4, 1, 2, 1, 1], "{:#?}", problems.as_slice());
    let warnings = problems.as_slice().iter().filter(|d| d.code.0 == "R6019");
    assert!(warnings.clone().all(|d| !d.is_error()) && warnings.count() == 1);
}

#[test]
fn a_state_may_sponsor_a_movement_at_home() {
    let home = "[[movements]]\nid = \"guard\"\nhome = \"AAA\"\njudgement = \"x\"\n[[sponsorships]]\nmovement = \"guard\"\nsponsor = \"AAA\"\nideological = 0.5\npractical = 0.5\njudgement = \"x\"\n";
    let (world, problems, _) = parse(&(ring(6) + home));
    assert!(!problems.has_errors() && world.is_some());
}
