//! Trains the tagger on `token<TAB>Penn tag` lines (an empty line after each sentence).
//!
//! `train_tagger TAGGED OUT`: every tenth sentence is kept apart and its share of rightly
//! tagged tokens printed.

use raison_text::tag::{Example, Model, Tag, Trainer};
use raison_text::token::{Token, Tokens};

const PASSES: usize = 8;

struct Sentence {
    text: String,
    tokens: Vec<Token>,
    tags: Vec<Tag>,
}

/// Tokens are read again from the words joined by spaces; a sentence whose tokens come out
/// differently is left out.
fn sentence(lines: &[(&str, &str)]) -> Option<Sentence> {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for (word, _) in lines {
        let start = text.len() as u32;
        text.push_str(word);
        let mut one = Tokens::default();
        one.read(word);
        let mut token = *one.list.first().filter(|_| one.list.len() == 1).or(
            // clitics such as n't are not tokens on their own
            one.list.first(),
        )?;
        token.hash = raison_text::token::word_hash(word);
        token.start = start;
        token.end = text.len() as u32;
        tokens.push(token);
        text.push(' ');
    }
    let tags = lines.iter().map(|(_, t)| Tag::from_penn(t)).collect();
    Some(Sentence { text, tokens, tags })
}

fn read(path: &str) -> std::io::Result<Vec<Sentence>> {
    let file = std::fs::read_to_string(path)?;
    let mut out = Vec::new();
    let mut lines = Vec::new();
    for line in file.lines() {
        match line.split_once('\t') {
            Some(pair) => lines.push(pair),
            None => {
                out.extend(sentence(&lines));
                lines.clear();
            }
        }
    }
    Ok(out)
}

fn accuracy(model: &Model, sentences: &[&Sentence]) -> (f64, f64) {
    let (mut right, mut verbs, mut total, mut verb_total) = (0, 0, 0, 0);
    let (mut scratch, mut tags) = (Default::default(), Vec::new());
    for s in sentences {
        model.tag(&s.text, &s.tokens, &mut scratch, &mut tags);
        for (guess, truth) in tags.iter().zip(&s.tags) {
            total += 1;
            right += usize::from(guess == truth);
            verb_total += usize::from(truth.is_verb());
            verbs += usize::from(truth.is_verb() && guess == truth);
        }
    }
    (
        right as f64 / total as f64,
        verbs as f64 / verb_total as f64,
    )
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(input), Some(output)) = (args.next(), args.next()) else {
        eprintln!("usage: train_tagger TAGGED OUT");
        return Ok(());
    };
    let all = read(&input)?;
    let test: Vec<&Sentence> = all.iter().step_by(10).collect();
    let train = all.iter().enumerate().filter(|(i, _)| i % 10 != 0);
    let mut examples: Vec<Example> = train
        .map(|(_, s)| Example::new(&s.text, &s.tokens, &s.tags))
        .collect();
    let mut trainer = Trainer::new(&examples, 20, 0.995);
    let mut state = 1u64;
    for _ in 0..PASSES {
        for i in (1..examples.len()).rev() {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            examples.swap(i, (state >> 33) as usize % (i + 1));
        }
        trainer.pass(examples.iter());
    }
    let bytes = trainer.finish();
    std::fs::write(&output, &bytes)?;
    let model = Model::from_bytes(bytes.leak()).expect("just written");
    let (all, verbs) = accuracy(&model, &test);
    println!(
        "{} test sentences: {all:.4} of tokens, {verbs:.4} of verb tokens",
        test.len()
    );
    Ok(())
}
