//! An analysis as one self-contained HTML page: no script, no network, made to be read
//! on screen and to be printed and handed out.

mod beside;
mod eliminations;
mod exhibits;
mod fit;
mod further;
mod head;
mod judgement;
mod lens;
mod reasons;
mod stated;
mod table;
mod traces;

use crate::markup::esc;
use crate::view::View;

const STYLE: &str = include_str!("style.css");

/// The analysis as a whole HTML document.
pub fn render(view: &View<'_>) -> String {
    let title = esc(&view.case.question.situation.title);
    let mut body = head::render(view);
    body += &beside::counterfactual(view);
    body += &judgement::render(view);
    body += &beside::rival(view);
    body += &fit::render(view);
    body += &traces::tally(view);
    body += "<h2>What each lens says, and why</h2>";
    view.analysis
        .lenses
        .iter()
        .for_each(|l| body += &lens::render(view, l));
    body += &stated::render(view);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}: one case through every lens</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n"
    )
}
