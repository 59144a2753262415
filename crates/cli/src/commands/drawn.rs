//! A plain table until the report crate draws analyses.

use raison::core::{Case, SourceMap};
use raison::study::{Agreement, Analysis, Counterfactual};

#[allow(dead_code)]
pub struct View<'a> {
    pub case: &'a Case,
    pub analysis: &'a Analysis,
    pub hide_outcome: bool,
    pub against: Option<Against<'a>>,
    pub rival: Option<Rival<'a>>,
}

#[allow(dead_code)]
pub struct Against<'a> {
    pub case: &'a Case,
    pub counterfactual: &'a Counterfactual,
    pub changes: &'a [String],
}

#[allow(dead_code)]
pub struct Rival<'a> {
    pub case: &'a Case,
    pub agreement: &'a Agreement,
    pub name: &'a str,
}

#[allow(dead_code)]
pub struct Look {
    pub width: usize,
    pub colour: bool,
}

impl<'a> View<'a> {
    pub fn new(
        case: &'a Case,
        analysis: &'a Analysis,
        _: &'a SourceMap,
        _: &'a dyn Fn(&str) -> Option<String>,
        _: &'a str,
    ) -> Self {
        View {
            case,
            analysis,
            hide_outcome: false,
            against: None,
            rival: None,
        }
    }
}

pub mod analysis_text {
    pub fn render(view: &super::View<'_>, _: super::Look) -> String {
        let mut out = String::new();
        for lens in &view.analysis.lenses {
            match &lens.answer {
                Ok(a) => {
                    out.push_str(&format!("{:<16}", lens.id));
                    for (p, alt) in a
                        .probabilities
                        .iter()
                        .zip(&view.case.question.situation.alternatives)
                    {
                        out.push_str(&format!(" {}={p:.3}", alt.id));
                    }
                    out.push('\n');
                }
                Err(why) => out.push_str(&format!("{:<16} abstains: {}\n", lens.id, why.why)),
            }
        }
        out
    }
}

pub mod analysis_json {
    pub fn to_string(view: &super::View<'_>) -> String {
        super::analysis_text::render(
            view,
            super::Look {
                width: 80,
                colour: false,
            },
        )
    }
}
