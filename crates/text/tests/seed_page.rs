//! The page that the project starts from, read from the shared folder.

mod common;

use common::shared;
use raison_text::page::{Format, Page, read};

fn page() -> Option<(String, Page)> {
    let path = shared("seed/newspaper-page.txt")?;
    let text = std::fs::read_to_string(path).expect("readable");
    let page = read(&text, Format::Text).0;
    Some((text, page))
}

#[test]
fn the_opinion_article_breaks_off_to_page_three() {
    let Some((_, page)) = page() else { return };
    assert_eq!(page.articles.len(), 1, "{:#?}", page.articles);
    let a = &page.articles[0];
    let headline = a.headline.as_ref().map(|h| h.text.as_str());
    assert!(headline.is_some_and(|h| h.starts_with("Foreign policy doctrine")));
    assert_eq!(a.author.as_deref(), Some("Edris Khosravi"));
    assert_eq!(a.author_role.as_deref(), Some("Political affairs expert"));
    assert_eq!(
        a.kicker.as_ref().map(|k| k.text.as_str()),
        Some("OPINION EXCLUSIVE")
    );
    let subheads: Vec<&str> = a.subheads().collect();
    assert_eq!(subheads.len(), 4);
    assert!(subheads[0].starts_with("Triad") && subheads[3].starts_with("Looking East"));
    assert_eq!(a.jump.as_ref().and_then(|j| j.page), Some(3));
}

#[test]
fn two_teasers_and_a_caption() {
    let Some((_, page)) = page() else { return };
    let pages: Vec<Option<u32>> = page.teasers.iter().map(|t| t.page).collect();
    assert_eq!(pages, [Some(8), Some(2)]);
    let heads: Vec<&str> = page
        .teasers
        .iter()
        .filter_map(|t| t.headline.as_ref())
        .map(|h| h.text.as_str())
        .collect();
    assert!(heads[0].starts_with("A musical portrait") && heads[1].starts_with("Mourners"));
    assert_eq!(page.captions.len(), 1);
    let caption = &page.captions[0];
    assert_eq!(caption.credit.as_deref(), Some("khamenei.ir"));
    let dates: Vec<_> = caption.dates.iter().filter_map(|d| d.iso()).collect();
    assert_eq!(dates, ["--02-28", "2026-07-07"]);
    assert!(page.loose.is_empty());
}

#[test]
fn nothing_is_lost_and_nothing_invented() {
    let Some((text, page)) = page() else { return };
    let mut spans: Vec<_> = page.parts().map(|p| p.span.clone()).collect();
    spans.sort_by_key(|s| s.start);
    let joined: String = spans.iter().map(|s| &text[s.clone()]).collect();
    let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(bare(&joined), bare(&text));
}

#[test]
fn the_draft_has_the_triad_and_four_pillars_and_says_what_is_missing() {
    use raison_text::draft::{Act, Rules, draft, to_toml};
    use raison_text::names::Names;
    let Some((text, page)) = page() else { return };
    let d = draft(
        &text,
        &page.articles[0],
        "IRN",
        &Names::shipped(),
        &Rules::shipped(),
    );
    let ids: Vec<&str> = d.principles.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["dignity", "wisdom", "expediency"]);
    assert!(matches!(&d.principles[0].act, Act::Bar(when) if when.contains("yields")));
    assert_eq!(d.principles[1].act, Act::Weigh);
    assert!(matches!(&d.principles[2].act, Act::Release(opens, _) if opens == &["dignity"]));
    assert_eq!(d.pillars.len(), 4);
    let aims = |k: usize| -> Vec<&str> {
        d.pillars[k]
            .aims
            .iter()
            .map(|a| a.measure.as_str())
            .collect()
    };
    assert!(aims(1).contains(&"hegemony") && aims(2).contains(&"outside_presence"));
    assert!(
        aims(3).contains(&"institutions"),
        "multilateral institutions stand in the part on the East"
    );
    let numbers: Vec<(usize, bool)> = d
        .announced
        .iter()
        .map(|a| (a.count, a.principles))
        .collect();
    assert!(numbers.contains(&(5, false)) && numbers.contains(&(3, true)));
    assert!(
        d.gaps[0].contains("one is missing") && d.gaps[0].contains("two are"),
        "{:?}",
        d.gaps
    );
    assert!(d.gaps.iter().any(|g| g.contains("page 3")));
    assert_eq!(d.holder.as_deref(), Some("Ali Khamenei"));
    for support in d.principles.iter().flat_map(|p| &p.support) {
        assert_eq!(
            text[support.span.clone()],
            support.text,
            "the span holds the words"
        );
    }
    let toml = to_toml(&d, "page", &|s| format!("{}", s.start));
    toml::de::DeTable::parse(&toml).expect("a TOML file");
}

#[test]
fn events_of_the_page() {
    use raison_text::clause::Coder;
    use raison_text::events::{EventWords, Party, events};
    let Some((text, _)) = page() else { return };
    let words = EventWords::shipped();
    let coder = Coder::new(&words.lexicon());
    let found = events(&text, &coder, &raison_text::names::Names::shipped(), &words);
    let codes = |p: &[Party]| {
        p.iter()
            .map(|p| p.code.clone())
            .collect::<Vec<_>>()
            .join("+")
    };
    let short: Vec<String> = found
        .dated
        .iter()
        .map(|e| {
            let date = e.date.as_ref().and_then(|d| d.iso()).unwrap_or_default();
            format!(
                "{date} {} {} {}",
                codes(&e.sources),
                e.category,
                codes(&e.targets)
            )
        })
        .collect();
    assert_eq!(short, ["1953 USA COERCE ", "--02-28 ISR+USA ASSAULT IRN"]);
    let open: Vec<&str> = found
        .unresolved
        .iter()
        .map(|u| u.place.text.as_str())
        .collect();
    assert!(
        open.contains(&"February 28"),
        "its year is not said: {open:?}"
    );
}
