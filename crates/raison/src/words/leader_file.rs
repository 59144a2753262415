//! Profiles as leader files and norm files.

use raison_core::{INDICES, Norm, TRAITS};
use raison_text::profile::{CODER, Estimate, Profile};
use raison_text::vics::ACTS;
use std::fmt::Write as _;

/// What a leader file says beside the scores.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The leader.
    pub name: String,
    /// Code of the state.
    pub state: String,
    /// `lagged` or `pooled`.
    pub basis: String,
    /// When the first words were spoken (a TOML date).
    pub from: Option<String>,
    /// When the last were.
    pub to: Option<String>,
    /// Slug of the norm group.
    pub norm: String,
    /// Draws behind the intervals.
    pub draws: usize,
    /// Their seed.
    pub seed: u64,
}

/// A profile as a leader file that `raison check` accepts.
pub fn leader_toml(profile: &Profile, about: &About) -> String {
    let mut out = String::from("kind = \"leader\"\n");
    let judgement = format!(
        "scored by the coder {CODER} of {} from {} speeches; intervals are 95 % bootstrap intervals ({} draws, seed {})",
        crate::ENGINE,
        profile.speeches,
        about.draws,
        about.seed
    );
    let texts = [
        ("title", format!("{}, scored words", about.name)),
        ("name", about.name.clone()),
        ("state", about.state.clone()),
        ("basis", about.basis.clone()),
        ("coder", CODER.to_string()),
        ("norm", about.norm.clone()),
        ("judgement", judgement),
    ];
    for (key, text) in texts {
        let _ = writeln!(out, "{key} = {}", quoted(&text));
    }
    for (key, date) in [("from", &about.from), ("to", &about.to)] {
        if let Some(date) = date {
            let _ = writeln!(out, "{key} = {date}");
        }
    }
    let _ = writeln!(out, "words = {}\n\n[indices]", profile.total.words);
    for (k, name) in INDICES.iter().enumerate() {
        score(&mut out, name, &profile.index(k));
    }
    out.push_str("\n[traits]\n");
    for (k, name) in TRAITS.iter().enumerate() {
        score(&mut out, name, &profile.leadership_trait(k));
    }
    out.push_str("\n[counts]\n");
    let acts = &profile.total.acts;
    for (side, counts) in [("self", &acts.own), ("other", &acts.other)] {
        let kinds: Vec<String> = ACTS
            .iter()
            .rev()
            .map(|a| format!("{} = {}", a.name(), counts[*a as usize]))
            .collect();
        let _ = writeln!(out, "{side} = {{ {} }}", kinds.join(", "));
    }
    out
}

/// Undefined scores are left out: the file does not know them.
fn score(out: &mut String, name: &str, e: &Estimate) {
    let Some(value) = e.value else { return };
    let _ = match e.interval {
        Some([low, high]) if high > low => {
            // the file's rule: the value lies inside its interval
            let (low, high) = (low.min(value), high.max(value));
            writeln!(
                out,
                "{name} = {{ value = {value:.6}, interval = [{low:.6}, {high:.6}] }}"
            )
        }
        _ => writeln!(out, "{name} = {value:.6}"),
    };
}

/// A norm group as a norm file.
pub fn norm_toml(norm: &Norm, note: &str) -> String {
    let mut out = format!(
        "kind = \"norm\"\ntitle = {}\ncoder = {}\nn = {}\njudgement = {}\n\n[indices]\n",
        quoted(&norm.title),
        quoted(&norm.coder),
        norm.n,
        quoted(note)
    );
    let list = |names: &[&str], spreads: &[Option<raison_core::Spread>], out: &mut String| {
        for (name, spread) in names.iter().zip(spreads) {
            if let Some(s) = spread {
                let _ = writeln!(out, "{name} = {{ mean = {:.6}, sd = {:.6} }}", s.mean, s.sd);
            }
        }
    };
    list(&INDICES, &norm.indices, &mut out);
    out.push_str("\n[traits]\n");
    list(&TRAITS, &norm.traits, &mut out);
    out
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
