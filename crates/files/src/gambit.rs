//! Words of Gambit's game files, with places.

use raison_core::{Code, Diagnostic, FileId, Problems, Span};

/// The file does not begin as a game file does.
pub const NOT_A_GAME: Code = Code("R2001");
/// Something else is wanted here.
pub const UNEXPECTED: Code = Code("R2002");
/// A number is not written as one, or not finite.
pub const BAD_NUMBER: Code = Code("R2003");
/// A list has the wrong length.
pub const WRONG_COUNT: Code = Code("R2004");
/// A tree does not end where it should.
pub const BAD_TREE: Code = Code("R2005");
/// A node does not fit its information set.
pub const BAD_SET: Code = Code("R2006");
/// An outcome has no payoffs.
pub const NO_PAYOFFS: Code = Code("R2007");
/// The game is sound as text, but no game.
pub const NO_GAME: Code = Code("R2008");

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `"text"`, without its quotes.
    Text(String),
    /// Anything else up to a blank, comma, brace or quote.
    Bare(String),
}

/// Words one after the other. Commas count as blanks.
pub struct Words<'a> {
    file: FileId,
    text: &'a str,
    list: Vec<(Word, Span)>,
    at: usize,
}

/// A reader stops at the first word that does not fit: what follows has no meaning.
pub struct Stop;

/// What a step of a reader gives.
pub type Step<T> = Result<T, Stop>;

impl<'a> Words<'a> {
    /// Splits a text.
    pub fn new(file: FileId, text: &'a str, problems: &mut Problems) -> Self {
        let mut words = Self {
            file,
            text,
            list: Vec::new(),
            at: 0,
        };
        words.split(problems);
        words
    }

    fn split(&mut self, problems: &mut Problems) {
        let mut chars = self.text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            match c {
                c if c.is_whitespace() || c == ',' => {}
                '{' => self.push(Word::Open, start, start + 1),
                '}' => self.push(Word::Close, start, start + 1),
                '"' => {
                    let mut inner = String::new();
                    let mut end = None;
                    while let Some((k, c)) = chars.next() {
                        match c {
                            '"' => {
                                end = Some(k + 1);
                                break;
                            }
                            '\\' if chars.peek().is_some_and(|(_, c)| matches!(c, '"' | '\\')) => {
                                inner.extend(chars.next().map(|(_, c)| c));
                            }
                            c => inner.push(c),
                        }
                    }
                    let Some(end) = end else {
                        let at = Span::new(self.file, start, start + 1);
                        let problem = Diagnostic::error(UNEXPECTED, "a text is not closed");
                        problems.push(problem.at(at, "opened here").help("add the second `\"`"));
                        return;
                    };
                    self.push(Word::Text(inner), start, end);
                }
                _ => {
                    let mut end = start + c.len_utf8();
                    let more = |c: &char| !c.is_whitespace() && !matches!(c, ',' | '{' | '}' | '"');
                    while let Some((k, c)) = chars.next_if(|(_, c)| more(c)) {
                        end = k + c.len_utf8();
                    }
                    let word = self.text.get(start..end).unwrap_or("").to_owned();
                    self.push(Word::Bare(word), start, end);
                }
            }
        }
    }

    fn push(&mut self, word: Word, start: usize, end: usize) {
        self.list.push((word, Span::new(self.file, start, end)));
    }

    /// The next word, left in place.
    pub fn peek(&self) -> Option<&Word> {
        self.list.get(self.at).map(|w| &w.0)
    }

    /// The place of the next word, or the end of the text.
    pub fn place(&self) -> Span {
        let end = self.text.len();
        self.list
            .get(self.at)
            .map_or(Span::new(self.file, end, end), |w| w.1)
    }

    /// The place of the word before.
    pub fn before(&self) -> Span {
        let word = self.at.checked_sub(1).and_then(|k| self.list.get(k));
        word.map_or(Span::new(self.file, 0, 0), |w| w.1)
    }

    /// Whether all words are read.
    pub fn is_done(&self) -> bool {
        self.at >= self.list.len()
    }

    /// How many words are left.
    pub fn left(&self) -> usize {
        self.list.len().saturating_sub(self.at)
    }

    /// Takes the next word.
    pub fn take(&mut self) -> Option<(Word, Span)> {
        let word = self.list.get(self.at).cloned();
        self.at += 1;
        word
    }

    /// Takes the next word if it is `word`.
    pub fn skip(&mut self, word: &Word) -> bool {
        let hit = self.peek() == Some(word);
        self.at += usize::from(hit);
        hit
    }

    /// Reports that `wanted` should stand at the next word.
    pub fn wanted<T>(&self, wanted: &str, problems: &mut Problems) -> Step<T> {
        let found = match self.peek() {
            None => "the text ends here".to_owned(),
            Some(Word::Open) => "found `{`".to_owned(),
            Some(Word::Close) => "found `}`".to_owned(),
            Some(Word::Text(t)) => format!("found the text `{}`", short(t)),
            Some(Word::Bare(t)) => format!("found `{}`", short(t)),
        };
        let problem = Diagnostic::error(UNEXPECTED, format!("{wanted} is wanted here"));
        problems.push(problem.at(self.place(), found));
        Err(Stop)
    }

    /// `{`
    pub fn open(&mut self, problems: &mut Problems) -> Step<()> {
        if self.skip(&Word::Open) {
            Ok(())
        } else {
            self.wanted("`{`", problems)
        }
    }

    /// `}`
    pub fn close(&mut self, problems: &mut Problems) -> Step<()> {
        if self.skip(&Word::Close) {
            Ok(())
        } else {
            self.wanted("`}`", problems)
        }
    }

    /// A text in quotes.
    pub fn text(&mut self, what: &str, problems: &mut Problems) -> Step<String> {
        match self.peek() {
            Some(Word::Text(_)) => match self.take() {
                Some((Word::Text(text), _)) => Ok(text),
                _ => Err(Stop),
            },
            _ => self.wanted(what, problems),
        }
    }

    /// A text in quotes, if there is one.
    pub fn opt_text(&mut self) -> Option<String> {
        match self.peek() {
            Some(Word::Text(_)) => self.take().and_then(|w| match w.0 {
                Word::Text(text) => Some(text),
                _ => None,
            }),
            _ => None,
        }
    }

    /// Texts in quotes up to `}`, the `{` being read.
    pub fn texts(&mut self, what: &str, problems: &mut Problems) -> Step<Vec<String>> {
        let mut list = Vec::new();
        while !self.skip(&Word::Close) {
            list.push(self.text(what, problems)?);
        }
        Ok(list)
    }

    /// A whole number of at least 0.
    pub fn count(&mut self, what: &str, problems: &mut Problems) -> Step<usize> {
        match self.peek() {
            Some(Word::Bare(word)) => match word.parse::<usize>() {
                Ok(number) => {
                    self.at += 1;
                    Ok(number)
                }
                Err(_) => self.wanted(what, problems),
            },
            _ => self.wanted(what, problems),
        }
    }

    /// A finite number: `1`, `-0.5`, `1e3` or `2/3`.
    pub fn number(&mut self, what: &str, problems: &mut Problems) -> Step<f64> {
        let Some(Word::Bare(word)) = self.peek() else {
            return self.wanted(what, problems);
        };
        let Some(number) = rational(word) else {
            let text = format!("`{}` is not a finite number", short(word));
            let problem = Diagnostic::error(BAD_NUMBER, text).at(self.place(), what.to_owned());
            problems.push(problem.help("write `1`, `-0.5`, `1e3` or `2/3`"));
            return Err(Stop);
        };
        self.at += 1;
        Ok(number)
    }
}

fn rational(word: &str) -> Option<f64> {
    let number = match word.split_once('/') {
        Some((above, below)) => plain(above)? / plain(below)?,
        None => plain(word)?,
    };
    number.is_finite().then_some(number)
}

/// Digits, not words such as `inf` that a parser of floats also takes.
fn plain(word: &str) -> Option<f64> {
    let digits = word
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    digits.then(|| word.parse().ok()).flatten()
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Turns what a solver refuses into a diagnostic.
pub fn refused(error: &raison_games::Error, span: Span) -> Diagnostic {
    Diagnostic::error(NO_GAME, error.to_string()).at(span, "in this game")
}
