//! Prints the tokens of text files, one a line with an empty line after each sentence:
//! the input of `train/tag_with_teacher.py`.

use raison_text::token::Tokens;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut tokens = Tokens::default();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        tokens.read(&text);
        for sentence in tokens.sentences() {
            for token in &tokens.list[sentence] {
                writeln!(out, "{}", token.text(&text))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
