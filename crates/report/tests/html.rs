//! The HTML report: self-contained, well-formed, safe, and golden.

mod fixture;

use fixture::Fixture;
use raison_report::{View, analysis_html};

const VOID: [&str; 6] = ["meta", "br", "wbr", "hr", "img", "input"];

/// Reads the page's elements: every one is closed in its turn, and every attribute is
/// quoted. Returns the names of all elements.
fn elements(page: &str) -> Vec<String> {
    let (mut open, mut seen): (Vec<String>, Vec<String>) = Default::default();
    let mut rest = page.trim_start_matches("<!DOCTYPE html>\n");
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "closes what is open, before {rest:.80}"
            );
            continue;
        }
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        assert!(!name.is_empty(), "an element has a name: <{tag}>");
        assert_eq!(
            tag.matches('"').count() % 2,
            0,
            "quotes are closed: <{tag}>"
        );
        if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        seen.push(name);
        if seen.last().is_some_and(|n| n == "style") {
            rest = &rest[rest.find("</style>").expect("the style ends")..];
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    seen
}

#[test]
fn pages_are_well_formed_and_need_nothing_else() {
    let f = Fixture::new();
    for view in [
        f.view(),
        f.beside(),
        View {
            hide_outcome: true,
            ..f.beside()
        },
    ] {
        let page = analysis_html::render(&view);
        let names = elements(&page);
        for banned in ["script", "link", "iframe", "img", "object", "embed", "form"] {
            assert!(!names.iter().any(|n| n == banned), "<{banned}>");
        }
        for banned in [
            "http:",
            "https:",
            "url(",
            "@import",
            "@font-face",
            "src=",
            "href=",
            "onclick",
        ] {
            assert!(!page.contains(banned), "`{banned}`");
        }
        assert!(!page.contains("NaN"));
    }
}

#[test]
fn figures_can_be_heard_and_tables_are_headed() {
    let f = Fixture::new();
    let page = analysis_html::render(&f.view());
    let figures = page.matches("<svg ").count();
    assert!(figures >= 4, "chart, positions, scores: {figures}");
    assert_eq!(page.matches("<svg role=\"img\"").count(), figures);
    assert_eq!(page.matches("<title>").count(), figures + 1);
    assert_eq!(
        page.matches("<table").count(),
        page.matches("<thead>").count()
    );
    assert!(page.matches("scope=\"col\"").count() > 30);
}

#[test]
fn what_users_wrote_is_never_markup() {
    let mut f = Fixture::new();
    let bad = "</title><script>alert(`1`)</script>\"'&";
    let s = &mut f.case.question.situation;
    s.title = bad.into();
    s.question = bad.into();
    s.alternatives[2].title = bad.into();
    s.alternatives[2].id = bad.into();
    f.case.summary = bad.into();
    f.changes = vec![bad.into()];
    f.agreement.hanging[0].path = bad.into();
    for lens in &mut f.analysis.lenses {
        if let Ok(a) = &mut lens.answer {
            a.central.reasons[0].text = bad.into();
            a.central.check.meaning = bad.into();
        }
    }
    for view in [
        f.view(),
        View {
            analysis: &f.analysis,
            ..f.beside()
        },
    ] {
        let page = analysis_html::render(&view);
        elements(&page);
        assert!(!page.contains("<script"), "it is escaped");
        assert!(page.contains("&lt;script&gt;"));
    }
}

#[test]
fn a_hidden_outcome_cannot_be_found() {
    let f = Fixture::new();
    let page = analysis_html::render(&View {
        hide_outcome: true,
        ..f.beside()
    });
    let body = page.split("</style>").nth(1).expect("a body");
    for word in [
        "really chosen",
        "◆",
        "Log score",
        "Brier",
        "observed",
        "p. 212",
        "5 May",
        "fit, not evidence",
        "class=\"chosen\"",
    ] {
        assert!(!body.contains(word), "`{word}` is there");
    }
    assert!(body.contains("The outcome is hidden"));
}

#[test]
fn undefined_numbers_are_drawn_as_such() {
    let mut f = Fixture::new();
    let answer = f.analysis.lenses[0].answer.as_mut().expect("answers");
    answer.probabilities.fill(f64::NAN);
    answer.spread.fill((f64::NAN, f64::INFINITY));
    answer.central.check.value = f64::NAN;
    let page = analysis_html::render(&f.view());
    elements(&page);
    assert!(!page.contains("NaN") && !page.contains("inf\""));
}

#[test]
fn golden() {
    let f = Fixture::new();
    insta::assert_snapshot!(body(&analysis_html::render(&f.view())));
}

#[test]
fn golden_beside() {
    let f = Fixture::new();
    insta::assert_snapshot!(body(&analysis_html::render(&f.beside())));
}

/// The page without its style, one element on each line, so that changes can be read.
fn body(page: &str) -> String {
    let body = page.split("</style>").nth(1).expect("a body");
    body.replace("><", ">\n<")
}
