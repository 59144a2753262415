//! Files of the library, broken in many ways: a loader may complain, never panic, and
//! whatever still loads can still be judged.

use proptest::prelude::*;
use raison::embedded::Embedded;
use raison::files::{Chosen, Kind, Loader, Shelf, Swap};

/// One way to break a text.
#[derive(Clone, Debug)]
enum Break {
    DeleteLine(prop::sample::Index),
    DoubleLine(prop::sample::Index),
    SwapLines(prop::sample::Index, prop::sample::Index),
    Truncate(prop::sample::Index),
    Insert(prop::sample::Index, String),
    Replace(prop::sample::Index, String),
}

fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("nan".to_owned()),
        Just("-1e308".to_owned()),
        Just("[0.9, 0.1]".to_owned()),
        Just("[[".to_owned()),
        Just("]]".to_owned()),
        Just("\"".to_owned()),
        Just("'''".to_owned()),
        Just("= {".to_owned()),
        Just("id = \"blockade\"".to_owned()),
        Just("1979-05-27T07:32:00Z".to_owned()),
        Just("\u{0}é\u{202e}".to_owned()),
        "[ -~]{0,12}",
    ]
}

fn breaks() -> impl Strategy<Value = Vec<Break>> {
    let at = any::<prop::sample::Index>;
    let one = prop_oneof![
        at().prop_map(Break::DeleteLine),
        at().prop_map(Break::DoubleLine),
        (at(), at()).prop_map(|(a, b)| Break::SwapLines(a, b)),
        at().prop_map(Break::Truncate),
        (at(), token()).prop_map(|(a, t)| Break::Insert(a, t)),
        (at(), token()).prop_map(|(a, t)| Break::Replace(a, t)),
    ];
    prop::collection::vec(one, 1..4)
}

fn broken(text: &str, breaks: &[Break]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for b in breaks {
        if lines.is_empty() {
            break;
        }
        let n = lines.len();
        match b {
            Break::DeleteLine(i) => drop(lines.remove(i.index(n))),
            Break::DoubleLine(i) => lines.insert(i.index(n), lines[i.index(n)].clone()),
            Break::SwapLines(i, j) => lines.swap(i.index(n), j.index(n)),
            Break::Truncate(i) => lines.truncate(i.index(n)),
            Break::Insert(i, t) => lines[i.index(n)].push_str(t),
            Break::Replace(i, t) => {
                let line = &mut lines[i.index(n)];
                let cut = line.find('=').map_or(0, |at| at + 1);
                line.truncate(cut);
                line.push_str(t);
            }
        }
    }
    lines.join("\n")
}

fn files(kind: Kind) -> Vec<(String, String)> {
    let shelf = Embedded;
    shelf
        .slugs(kind)
        .into_iter()
        .map(|slug| {
            let path = raison::files::library::path(kind, &slug);
            let (_, bytes) = shelf.read(&path).expect("listed");
            (slug, String::from_utf8(bytes).expect("text"))
        })
        .collect()
}

/// Every place of every problem lies inside its file.
fn places_hold(loader: &Loader<'_>) {
    for problem in loader.problems.as_slice() {
        for label in problem.primary.iter().chain(&problem.secondary) {
            let file = loader
                .sources
                .file(label.span.file)
                .expect("a file of the map");
            assert!(
                label.span.end as usize <= file.text.len() + 1,
                "{problem:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_case_is_reported_or_judged(which in any::<prop::sample::Index>(), how in breaks()) {
        let all = files(Kind::Case);
        let (slug, text) = &all[which.index(all.len())];
        let text = broken(text, &how);
        let shelf = Embedded;
        let mut loader = raison::loader(&shelf);
        let beside = |name: &str| shelf.read(&format!("cases/{slug}/{name}"));
        let case = loader
            .parse("case.toml", text.as_bytes())
            .and_then(|parsed| loader.case(slug, &parsed, &beside, &Swap::default()));
        places_hold(&loader);
        let Some(case) = case.filter(|_| !loader.problems.has_errors()) else { return Ok(()) };
        let options = raison::study::Options { draws: 3, seed: 1, flips: false };
        let analysis = raison::study::analyze(&case, &raison::lenses::all(), options);
        for result in &analysis.lenses {
            if let Ok(answer) = &result.answer {
                let sum: f64 = answer.probabilities.iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-9, "{}: {sum}", result.id);
            }
        }
    }

    #[test]
    fn a_broken_doctrine_or_leader_is_reported(which in any::<prop::sample::Index>(), how in breaks()) {
        let shelf = Embedded;
        let mut all: Vec<(Kind, String, String)> = Vec::new();
        for kind in [Kind::Doctrine, Kind::Leader] {
            all.extend(files(kind).into_iter().map(|(s, t)| (kind, s, t)));
        }
        let (kind, slug, text) = &all[which.index(all.len())];
        let chosen = Chosen::Loose(slug.clone(), "loose.toml".to_owned(), broken(text, &how).into_bytes());
        let mut loader = raison::loader(&shelf);
        let swap = match kind {
            Kind::Doctrine => Swap { doctrine: Some(chosen), leader: None },
            _ => Swap { leader: Some(chosen), doctrine: None },
        };
        let case = loader.shelf_case("cuban-missile-crisis", &swap);
        places_hold(&loader);
        let Some(case) = case.filter(|_| !loader.problems.has_errors()) else { return Ok(()) };
        let options = raison::study::Options { draws: 2, seed: 1, flips: false };
        raison::study::analyze(&case, &raison::lenses::all(), options);
    }

    #[test]
    fn any_bytes_at_all_are_no_reason_to_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let shelf = Embedded;
        let mut loader = raison::loader(&shelf);
        if let Some(parsed) = loader.parse("x.toml", &bytes) {
            let _ = loader.kind_of(&parsed);
            let _ = loader.case("x", &parsed, &|_| Some(("p.csv".to_owned(), bytes.clone())), &Swap::default());
        }
        places_hold(&loader);
    }

    #[test]
    fn any_csv_beside_a_case_is_no_reason_to_panic(csv in "[a-z0-9.,\"\n-]{0,200}") {
        let shelf = Embedded;
        let mut loader = raison::loader(&shelf);
        let (name, bytes) = shelf.read("cases/munich-1938/case.toml").expect("there");
        let parsed = loader.parse(&name, &bytes).expect("text");
        let csv = format!("id,influence,salience\n{csv}");
        let beside = |_: &str| Some(("players.csv".to_owned(), csv.clone().into_bytes()));
        let _ = loader.case("munich-1938", &parsed, &beside, &Swap::default());
        places_hold(&loader);
    }

    #[test]
    fn any_setting_is_refused_or_kept_in_its_domain(path in any::<prop::sample::Index>(), value in "[-0-9.e,\\[\\]]{1,12}") {
        let shelf = Embedded;
        let mut loader = raison::loader(&shelf);
        let mut case = loader.shelf_case("munich-1938", &Swap::default()).expect("there");
        let inputs: Vec<String> = case.question.inputs.iter().map(|(_, i)| i.path.clone()).collect();
        let path = &inputs[path.index(inputs.len())];
        if raison::files::question::set(&mut case.question, path, &value).is_ok() {
            let num = case.question.inputs.find(path).expect("there");
            let input = case.question.inputs.get(num);
            prop_assert!(input.domain.holds(input.amount.central()), "{path} = {value}");
        }
    }
}
