//! Golden tests of the terminal report.

mod fixture;

use fixture::Fixture;
use raison_report::{Look, View, analysis_text};
use unicode_width::UnicodeWidthStr;

const PLAIN: Look = Look {
    width: 80,
    colour: false,
};

#[test]
fn eight_lenses() {
    let f = Fixture::new();
    insta::assert_snapshot!(analysis_text::render(&f.view(), PLAIN));
}

#[test]
fn the_outcome_is_hidden() {
    let f = Fixture::new();
    let text = analysis_text::render(
        &View {
            hide_outcome: true,
            ..f.view()
        },
        PLAIN,
    );
    for word in [
        "really chosen",
        "◆",
        "log score",
        "Brier",
        "observed",
        "found",
        "absent",
        "p. 212",
        "5 May",
    ] {
        assert!(
            !text.contains(word) || text.contains("hidden") && word == "absent",
            "`{word}` in\n{text}"
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn one_lens_is_shown_in_full() {
    let mut f = Fixture::new();
    f.analysis.lenses.retain(|l| l.id == "governmental");
    insta::assert_snapshot!(analysis_text::render(&f.view(), PLAIN));
}

#[test]
fn counterfactual_and_second_coder() {
    let f = Fixture::new();
    let view = f.beside();
    insta::assert_snapshot!(analysis_text::render(&view, PLAIN));
}

#[test]
fn nothing_runs_over_the_width_and_colour_changes_no_word() {
    let f = Fixture::new();
    for width in [0, 40, 57, 80, 100, 132] {
        let look = Look {
            width,
            colour: false,
        };
        let plain = analysis_text::render(&f.beside(), look);
        for line in plain.lines() {
            assert!(line.width() <= width.max(40), "{width}: {line}");
            assert_eq!(line.trim_end(), line, "no blanks at the end");
        }
        let coloured = analysis_text::render(
            &f.beside(),
            Look {
                colour: true,
                ..look
            },
        );
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(without_colour(&coloured), plain);
    }
}

fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, r)| r);
    }
    out + rest
}

#[test]
fn a_file_cannot_steer_the_terminal() {
    let mut f = Fixture::new();
    f.case.question.situation.title = "a\u{1b}[2Jb".into();
    f.case.question.situation.alternatives[0].title = "x\u{9b}31m\u{7}".into();
    let text = analysis_text::render(&f.view(), PLAIN);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
}
