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
    assert_eq!(a.kicker.as_ref().map(|k| k.text.as_str()), Some("OPINION EXCLUSIVE"));
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
