//! Synthetic pages: whatever stands on them, the parts are the page.

use proptest::prelude::*;
use raison_text::page::{Format, Page, blocks, read};

/// Every letter of the page in order, white space and overlaps apart: parts sorted by place.
fn parts_in_order(page: &Page, text: &str) -> String {
    let mut spans: Vec<_> = page.parts().map(|p| p.span.clone()).collect();
    spans.sort_by_key(|s| (s.start, s.end));
    for pair in spans.windows(2) {
        assert!(pair[0].end <= pair[1].start, "parts overlap: {pair:?}");
    }
    spans.into_iter().map(|s| &text[s]).collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What an editor might put on a page.
fn element() -> impl Strategy<Value = String> {
    let word = "[a-zé]{1,9}";
    let words = proptest::collection::vec(word, 1..9).prop_map(|w| w.join(" "));
    let sentence = words.clone().prop_map(|w| format!("The {w}."));
    let paragraph = proptest::collection::vec(sentence, 1..5).prop_map(|s| s.join(" "));
    prop_oneof![
        words.clone().prop_map(|w| format!("# Head {w}")),
        words.clone().prop_map(|w| format!("## Head {w}")),
        words.clone().prop_map(|w| format!("#### Sub {w}")),
        words.clone().prop_map(|w| format!("Title {w}\n=====")),
        words.clone().prop_map(|w| w.to_uppercase()),
        Just("By Ann B. Writer  \nStaff correspondent".to_string()),
        Just("By Ann B. Writer".to_string()),
        (1u32..40).prop_map(|n| format!("{n} >")),
        (1u32..40).prop_map(|n| format!("Page {n} >")),
        (1u32..40).prop_map(|n| format!("Continued on page {n}")),
        paragraph.clone(),
        paragraph
            .clone()
            .prop_map(|p| format!("{p} [agency.example](http://agency.example)")),
        paragraph
            .clone()
            .prop_map(|p| format!("Photo: {p} (Reuters)")),
        paragraph.prop_map(|p| p.trim_end_matches('.').to_string()),
        words.prop_map(|w| format!("* {w}\n* {w}")),
        "[ -~é«»“”\n]{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_parts_are_the_page(elements in proptest::collection::vec(element(), 0..25)) {
        let text = elements.join("\n\n");
        let (page, _) = read(&text, Format::Text);
        prop_assert_eq!(bare(&parts_in_order(&page, &text)), bare(&text));
    }

    #[test]
    fn any_text_is_read_whole(text in "\\PC{0,400}|[\\n #>=*\\[\\]()A-Za-z0-9.-]{0,400}") {
        let (page, _) = read(&text, Format::Text);
        prop_assert_eq!(bare(&parts_in_order(&page, &text)), bare(&text));
    }

    #[test]
    fn html_keeps_its_visible_text(
        pieces in proptest::collection::vec("[a-z ]{0,12}", 1..20),
        tags in proptest::collection::vec(0usize..8, 1..20),
    ) {
        let names = ["p", "h1", "h3", "b", "figcaption", "div", "li", "a"];
        let mut text = String::from("<html><body>");
        for (piece, tag) in pieces.iter().zip(tags.iter().cycle()) {
            let name = names[*tag];
            text.push_str(&format!("<{name}>{piece}&amp;</{name}> <script>no</script>"));
        }
        let shown: String = pieces.iter().map(|p| format!("{p}&")).collect();
        let got: String = blocks(&text, Format::Html).iter().map(|b| b.text.clone()).collect();
        prop_assert_eq!(bare(&got), bare(&shown));
        let (page, _) = read(&text, Format::Html);
        let mut parts: Vec<_> = page.parts().collect();
        parts.sort_by_key(|p| p.span.start);
        let all: String = parts.iter().map(|p| p.text.clone()).collect();
        prop_assert_eq!(bare(&all), bare(&shown));
    }

    #[test]
    fn any_html_does_no_harm(text in "(<[a-z/!]{0,5}[ =\"'a-z]{0,8}>?|[a-zé&;#]{0,6}){0,60}") {
        read(&text, Format::Html);
    }
}

#[test]
fn a_page_of_our_own_is_taken_apart() {
    let text = "\
HARBOUR NEWS

# Ruritania signs a treaty

By Anna Berg, diplomatic editor

Ruritania signed on Monday.

## What it says

It says little.

Continued on page 7

# Storm closes port

The port was closed

2 >

# Fair opens

Visitors at the fair on 3 May 2019. Photo by C. Lens/Reuters
";
    let (page, problems) = read(text, Format::Text);
    let a = &page.articles[0];
    assert_eq!(
        a.kicker.as_ref().map(|k| k.text.as_str()),
        Some("HARBOUR NEWS")
    );
    assert_eq!(a.author.as_deref(), Some("Anna Berg"));
    assert_eq!(a.author_role.as_deref(), Some("diplomatic editor"));
    assert_eq!(a.subheads().collect::<Vec<_>>(), ["What it says"]);
    assert_eq!(a.jump.as_ref().and_then(|j| j.page), Some(7));
    assert_eq!(page.teasers.len(), 1);
    assert_eq!(page.teasers[0].page, Some(2));
    let captions: Vec<_> = page
        .captions
        .iter()
        .chain(page.articles.iter().flat_map(|a| &a.captions))
        .collect();
    assert_eq!(captions.len(), 1, "{page:#?}");
    assert_eq!(captions[0].dates[0].iso().as_deref(), Some("2019-05-03"));
    assert_eq!(problems[0].code.0, "R4030");
}

#[test]
fn right_to_left_text_is_read_and_said_to_be_no_english() {
    let text = "# عنوان\n\nالنص العربي هنا طويل بما يكفي ليكون فقرة كاملة في الصحيفة.\n";
    let (page, problems) = read(text, Format::Text);
    assert_eq!(page.articles.len(), 1);
    assert_eq!(problems[0].code.0, "R4014");
}
