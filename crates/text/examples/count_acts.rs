//! Prints `file own[6] other[6] words` for text files: raw counts for choosing rules.

use raison_text::clause::{Coder, Who};
use raison_text::lexicon::Lexicon;
use raison_text::score::Pipeline;
use raison_text::vics::Counts;

fn main() -> std::io::Result<()> {
    let mut lexicon = Lexicon::shipped();
    let mut problems = raison_core::Problems::new();
    let (mut trace, mut files) = (false, Vec::new());
    for arg in std::env::args().skip(1) {
        match arg.strip_prefix("--lexicon=") {
            Some(path) => {
                let text = std::fs::read_to_string(path)?;
                lexicon.extend(raison_core::FileId(0), &text, &mut problems);
            }
            None if arg == "--trace" => trace = true,
            None => files.push(arg),
        }
    }
    for problem in problems.as_slice() {
        eprintln!("{}", problem.message);
    }
    let coder = Coder::new(&lexicon);
    let mut pipeline = Pipeline::default();
    for path in files {
        let text = std::fs::read_to_string(&path)?;
        let mut counts = Counts::default();
        let (words, _) = pipeline.run(
            &coder,
            &text,
            |_, _| {},
            |coded| {
                if trace {
                    println!(
                        "\n{}",
                        coded
                            .sentence
                            .tokens
                            .iter()
                            .zip(coded.sentence.tags)
                            .map(|(t, g)| format!("{}/{g:?}", t.text(&text)))
                            .collect::<Vec<_>>()
                            .join(" ")
                    );
                }
                for c in coded.clauses {
                    if trace {
                        println!(
                            "   {:?} {} <- {:?} {:?} neg={} fut={} {:?} {:?}",
                            c.who,
                            coded.sentence.word(c.verb as usize),
                            c.subject.map(|s| coded.sentence.word(s as usize)),
                            c.rule,
                            c.negated,
                            c.future,
                            c.act,
                            c.why_not
                        );
                    }
                    if let (Some(act), Some(who)) = (c.act, c.who) {
                        counts.add(who == Who::Own, act);
                    }
                }
            },
        );
        if !trace {
            println!("{path}\t{:?}\t{:?}\t{words}", counts.own, counts.other);
        }
    }
    Ok(())
}
