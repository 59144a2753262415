//! An analysis as terminal text: the judgement first, what it rests on after it.
//!
//! One lens alone is shown in full; several are shown with their three strongest reasons.

mod beside;
mod exhibits;
mod fit;
mod further;
mod grid;
mod head;
mod judgement;
mod lens;
mod page;
mod stated;
mod traces;

use crate::style::Look;
use crate::view::View;
use page::Page;

/// The analysis as text that fits `look.width`, read as at least 40 columns.
pub fn render(view: &View<'_>, look: Look) -> String {
    let mut page = Page::new(look);
    head::write(&mut page, view);
    beside::write_counterfactual(&mut page, view);
    judgement::write(&mut page, view);
    beside::write_rival(&mut page, view);
    fit::write(&mut page, view);
    traces::write(&mut page, view);
    for result in &view.analysis.lenses {
        lens::write(&mut page, view, result);
    }
    stated::write(&mut page, view);
    page.finish()
}

/// Whether a lens is shown with everything it says.
fn in_full(view: &View<'_>) -> bool {
    view.analysis.lenses.len() == 1
}
