//! Damaged game files and actor tables are refused with places, never with a panic.

use proptest::prelude::*;
use raison_core::{Problems, SourceMap};
use raison_files::{actors, efg, nfg};

const NFG: &str = "NFG 1 R \"Dilemma\" { \"A\" \"B\" } { { \"c\" \"d\" } { \"c\" \"d\" } } \"\"\n\
                   { { \"\" 3, 3 } { \"\" 5, 0 } { \"\" 0, 5 } { \"\" 1/2, 1e0 } }\n1 2 3 4\n";
const EFG: &str = "EFG 2 R \"Crisis\" { \"C\" \"D\" } \"\"\n\
                   c \"\" 1 \"nature\" { \"strong\" 1/2 \"weak\" .5 } 0\n\
                   p \"\" 1 1 \"blind\" { \"stay\" \"go\" } 0\n\
                   t \"\" 1 \"\" { 0, 0 }\n\
                   p \"\" 2 1 \"\" { \"yield\" \"fight\" } 5 \"cost\" { -0.1, 0 }\n\
                   t \"\" 2 \"\" { 1, -1 }\nt \"\" 3 \"\" { -1, -1 }\n\
                   p \"\" 1 1 0\nt \"\" 1\n\
                   p \"\" 2 2 \"\" { \"yield\" \"fight\" } 0\nt \"\" 2\nt \"\" 4 \"\" { -1, -2 }\n";
const CSV: &str = "Title, two actors,2,1\nActor,Description,Power,Pos1,Sal1\n\
                   A,\"first, of two\",1..2,0,40\nB,,3,5..6..9,80\n";

fn sound(kind: &str, text: &str) -> bool {
    let mut sources = SourceMap::new();
    let file = sources.add("x", text);
    let mut problems = Problems::new();
    let read = match kind {
        "nfg" => nfg::read(file, text, &mut problems).is_some(),
        "efg" => efg::read(file, text, &mut problems).is_some(),
        _ => actors::read(file, text, &mut problems).is_some(),
    };
    assert_eq!(read, !problems.has_errors(), "{text}");
    for problem in problems.as_slice() {
        for label in problem.primary.iter().chain(&problem.secondary) {
            assert!(label.span.start as usize <= text.len(), "{problem:?}");
        }
    }
    read
}

#[test]
fn the_originals_are_sound() {
    assert!(sound("nfg", NFG) && sound("efg", EFG) && sound("csv", CSV));
    for kind in ["nfg", "efg", "csv"] {
        for text in [
            "",
            "\"",
            "{",
            "NFG 1 R \"",
            "EFG 2 R \"a\" {\"b\"}",
            "Actor",
            "Actor\n\n",
            "\u{feff}",
        ] {
            assert!(!sound(kind, text), "{kind} {text}");
        }
    }
}

#[test]
fn payoffs_on_the_way_add_up() {
    let mut problems = Problems::new();
    let file = SourceMap::new().add("x", EFG);
    let tree = efg::read(file, EFG, &mut problems).expect("sound");
    let ends: Vec<Vec<f64>> = tree
        .nodes()
        .iter()
        .filter_map(|n| match n {
            raison_games::extensive_form::Node::End { payoffs } => Some(payoffs.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(ends[1], [0.9, -1.0]);
    assert_eq!(ends[4], [1.0, -1.0]);
    assert_eq!(tree.sets()[0].name, "blind");
    assert_eq!(tree.members(0).len(), 2);
}

fn damaged(original: &'static str) -> impl Strategy<Value = String> {
    let cut = (0..original.len(), 0..12usize, "[ -~\n]{0,6}");
    prop::collection::vec(cut, 1..5).prop_map(move |cuts| {
        let mut text = original.to_owned();
        for (at, length, put) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.replace_range(at..end, &put);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn damaged_tables(text in damaged(NFG)) {
        sound("nfg", &text);
    }

    #[test]
    fn damaged_trees(text in damaged(EFG)) {
        sound("efg", &text);
    }

    #[test]
    fn damaged_actors(text in damaged(CSV)) {
        sound("csv", &text);
    }

    #[test]
    fn any_text(text in "(?s).{0,200}") {
        sound("nfg", &text);
        sound("efg", &text);
        sound("csv", &text);
    }
}
