//! Words, numbers and marks, with their places, and the ends of sentences.
//!
//! English conventions of the Penn treebank: clitics are words of their own
//! (`do` `n't`, `we` `'ll`, `nation` `'s`, `can` `not`). Text in square brackets is a
//! stage note and yields no tokens. Offsets are bytes into the text given.

/// What a token is, as far as its letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Begins with a letter (or is a clitic).
    Word,
    /// Begins with a digit.
    Number,
    /// Anything else that is not white space.
    Mark,
}

/// A half-open byte range `start..end` of the text, and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Word, number or mark.
    pub kind: Kind,
    /// Whether the first letter is upper case.
    pub capital: bool,
    /// Hash of the lower-cased token ([`word_hash`]).
    pub hash: u64,
}

impl Token {
    /// The token's letters; empty if the text is another one.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }
}

/// Tokens and sentence ends of one piece of text; a buffer to be used again.
#[derive(Default, Debug)]
pub struct Tokens {
    /// All tokens in order.
    pub list: Vec<Token>,
    /// For each sentence, one past its last token.
    pub ends: Vec<u32>,
    /// Words and numbers (clitics count with their host: `don't` is one word).
    pub words: u64,
    /// Bytes that stood in square brackets and were left out.
    pub bracketed: u64,
}

/// A sentence is cut here at the latest, so that a text without full stops costs no more
/// than any other.
pub const LONGEST_SENTENCE: usize = 400;

/// A bracket that is not closed within so many bytes is not a stage note.
const LONGEST_NOTE: usize = 400;

/// Hash of a lower-cased word: FNV-1a over its bytes, with `’` read as `'`.
pub fn word_hash(word: &str) -> u64 {
    let mut hash = Fnv::new();
    for c in word.chars() {
        push_lower(&mut hash, c);
    }
    hash.0
}

/// 64-bit FNV-1a (Fowler, Noll & Vo).
#[derive(Clone, Copy)]
pub(crate) struct Fnv(pub u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
    pub(crate) fn byte(&mut self, b: u8) {
        self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
}

fn push_lower(hash: &mut Fnv, c: char) {
    if c.is_ascii() {
        hash.byte(c.to_ascii_lowercase() as u8);
        return;
    }
    let c = if c == '’' || c == '‘' { '\'' } else { c };
    for l in c.to_lowercase() {
        let mut buffer = [0u8; 4];
        l.encode_utf8(&mut buffer)
            .bytes()
            .for_each(|b| hash.byte(b));
    }
}

impl Tokens {
    /// Forgets everything but keeps the memory.
    pub fn clear(&mut self) {
        self.list.clear();
        self.ends.clear();
        self.words = 0;
        self.bracketed = 0;
    }

    /// The sentences, as ranges into [`Tokens::list`].
    pub fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|&e| e as usize));
        starts
            .zip(self.ends.iter().map(|&e| e as usize))
            .map(|(a, b)| a..b)
    }

    /// Reads a text, in one pass over its bytes.
    pub fn read(&mut self, text: &str) {
        self.clear();
        let mut reader = Reader {
            text,
            bytes: text.as_bytes(),
            at: 0,
            out: self,
            since: 0,
            no_note_before: 0,
        };
        while reader.at < reader.bytes.len() {
            reader.step();
        }
        reader.end_sentence();
    }
}

struct Reader<'a, 'b> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    out: &'b mut Tokens,
    /// First token of the running sentence.
    since: usize,
    /// No bracket is closed before this byte (so that many open brackets cost no search each).
    no_note_before: usize,
}

impl Reader<'_, '_> {
    fn step(&mut self) {
        let b = self.bytes[self.at];
        match b {
            b'\n' => self.line_break(),
            _ if b.is_ascii_whitespace() => self.at += 1,
            b'[' if self.note() => {}
            _ if b.is_ascii_alphabetic() => self.word(),
            _ if b.is_ascii_digit() => self.number(),
            _ if b < 0x80 => self.mark(1),
            _ => self.beyond_ascii(),
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|t| t.chars().next())
    }

    fn beyond_ascii(&mut self) {
        let Some(c) = self.char_at(self.at) else {
            self.at += 1;
            return;
        };
        if c.is_alphabetic() {
            self.word();
        } else if c.is_whitespace() || c.is_control() || c == '\u{feff}' {
            self.at += c.len_utf8();
        } else {
            self.mark(c.len_utf8());
        }
    }

    /// An empty line ends a sentence; a single line break does not.
    fn line_break(&mut self) {
        let mut at = self.at + 1;
        while at < self.bytes.len() && matches!(self.bytes[at], b' ' | b'\t' | b'\r') {
            at += 1;
        }
        if self.bytes.get(at) == Some(&b'\n') {
            self.end_sentence();
        }
        self.at = at;
    }

    /// Skips a bracketed stage note; false if the bracket is never closed nearby.
    fn note(&mut self) -> bool {
        if self.at < self.no_note_before {
            return false;
        }
        let stop = (self.at + LONGEST_NOTE).min(self.bytes.len());
        let window = &self.bytes[self.at..stop];
        match window.iter().position(|&b| b == b']') {
            Some(n) => {
                self.out.bracketed += n as u64 + 1;
                self.at += n + 1;
                true
            }
            None => {
                self.no_note_before = stop;
                false
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut at = start;
        let mut apostrophe = None;
        loop {
            match self.bytes.get(at) {
                Some(b) if b.is_ascii_alphanumeric() => at += 1,
                Some(b'-') if self.letter_follows(at + 1) => at += 1,
                Some(b'\'') if self.letter_follows(at + 1) => {
                    apostrophe = Some((at, 1));
                    at += 1;
                }
                Some(b'&') if self.letter_follows(at + 1) && at == start + 1 => at += 1,
                Some(b'.') if self.is_initials(start, at) => at += 1,
                Some(b) if *b >= 0x80 => match self.char_at(at) {
                    Some(c) if c.is_alphanumeric() => at += c.len_utf8(),
                    Some('’') if self.letter_follows(at + 3) => {
                        apostrophe = Some((at, 3));
                        at += 3;
                    }
                    Some('\u{ad}' | '\u{300}'..='\u{36f}') => at += 2,
                    _ => break,
                },
                _ => break,
            }
        }
        if let Some(abbreviation) = self.abbreviation(start, at) {
            at = abbreviation;
        }
        self.out.words += 1;
        self.split_clitics(start, at, apostrophe);
        self.at = at;
    }

    fn letter_follows(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
            Some(_) => self.char_at(at).is_some_and(char::is_alphanumeric),
            None => false,
        }
    }

    /// `U.S.` and `J.`: single letters with full stops are one token.
    fn is_initials(&self, start: usize, dot: usize) -> bool {
        let single = |i: usize| self.bytes[i].is_ascii_uppercase();
        let word = &self.bytes[start..dot];
        let all_single = word.iter().enumerate().all(|(i, b)| {
            if i % 2 == 0 {
                single(start + i)
            } else {
                *b == b'.'
            }
        });
        all_single && word.len() % 2 == 1 && !(word.len() == 1 && word[0] == b'I')
    }

    fn abbreviation(&self, start: usize, end: usize) -> Option<usize> {
        if self.bytes.get(end) != Some(&b'.') {
            return None;
        }
        let word = self.text.get(start..end)?;
        ABBREVIATIONS.contains(&word).then_some(end + 1)
    }

    /// Pushes the word as host and clitic where it has one.
    fn split_clitics(&mut self, start: usize, end: usize, apostrophe: Option<(usize, usize)>) {
        if let Some((at, width)) = apostrophe {
            let tail = self.text.get(at + width..end).unwrap_or("");
            let lower = |s: &str| tail.eq_ignore_ascii_case(s);
            let host_n = at > start && self.bytes[at - 1].eq_ignore_ascii_case(&b'n');
            if lower("t") && host_n && at - 1 > start {
                self.push(start, at - 1, Kind::Word);
                return self.push(at - 1, end, Kind::Word);
            }
            if ["s", "ll", "re", "ve", "d", "m"].iter().any(|s| lower(s)) {
                self.push(start, at, Kind::Word);
                return self.push(at, end, Kind::Word);
            }
        }
        if end - start == 6 && self.text[start..end].eq_ignore_ascii_case("cannot") {
            self.push(start, start + 3, Kind::Word);
            return self.push(start + 3, end, Kind::Word);
        }
        self.push(start, end, Kind::Word);
    }

    fn number(&mut self) {
        let start = self.at;
        let mut at = start + 1;
        while let Some(b) = self.bytes.get(at) {
            let inner = matches!(b, b'.' | b',' | b':' | b'/' | b'-')
                && self.bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if b.is_ascii_alphanumeric() || inner || *b == b'%' {
                at += 1;
            } else {
                break;
            }
        }
        self.out.words += 1;
        self.push(start, at, Kind::Number);
        self.at = at;
    }

    fn mark(&mut self, width: usize) {
        let (start, b) = (self.at, self.bytes[self.at]);
        let mut end = start + width;
        // A run of full stops or hyphens is one mark.
        while matches!(b, b'.' | b'-' | b'*' | b'_' | b'=') && self.bytes.get(end) == Some(&b) {
            end += 1;
        }
        self.push(start, end, Kind::Mark);
        self.at = end;
        let stop = match b {
            b'!' | b'?' => true,
            b'.' => end - start == 1 || self.capital_follows(end),
            _ => false,
        };
        if stop {
            self.close_quotes();
            self.end_sentence();
        }
    }

    fn capital_follows(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        rest.iter()
            .find(|b| !b.is_ascii_whitespace())
            .is_some_and(u8::is_ascii_uppercase)
    }

    /// Closing quotation marks and brackets belong to the sentence they close.
    fn close_quotes(&mut self) {
        loop {
            match self.char_at(self.at) {
                Some(c @ ('”' | '’' | ')')) => {
                    self.push(self.at, self.at + c.len_utf8(), Kind::Mark);
                    self.at += c.len_utf8();
                }
                Some('"') if self.space_at(self.at + 1) => {
                    self.push(self.at, self.at + 1, Kind::Mark);
                    self.at += 1;
                }
                _ => return,
            }
        }
    }

    fn space_at(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(u8::is_ascii_whitespace)
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        let Some(text) = self.text.get(start..end) else {
            return;
        };
        let capital = text.chars().next().is_some_and(char::is_uppercase);
        self.out.list.push(Token {
            start: start as u32,
            end: end as u32,
            kind,
            capital,
            hash: word_hash(text),
        });
        if self.out.list.len() - self.since >= LONGEST_SENTENCE {
            self.end_sentence();
        }
    }

    fn end_sentence(&mut self) {
        if self.out.list.len() > self.since {
            self.since = self.out.list.len();
            self.out.ends.push(self.since as u32);
        }
    }
}

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Messrs", "Gen", "Col", "Maj", "Capt", "Lieut", "Lt", "Hon", "Rev",
    "St", "Sr", "Jr", "Prof", "Gov", "Sen", "Rep", "No", "Nos", "Art", "Sec", "Vol", "pp", "vs",
    "viz", "etc", "ult", "inst", "prox", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "Mass",
    "Pa", "Va", "Ga", "Ky", "Tenn", "Conn", "approx",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let word = |t: &Token| t.text(text).to_string();
        let sentence = |r: std::ops::Range<usize>| tokens.list[r].iter().map(word).collect();
        tokens.sentences().map(sentence).collect()
    }

    #[test]
    fn clitics_are_words_of_their_own() {
        let got = words("We won't yield! they'll see. You cannot, the nation’s duty.");
        assert_eq!(got[0], ["We", "wo", "n't", "yield", "!"]);
        assert_eq!(got[1], ["they", "'ll", "see", "."]);
        assert_eq!(
            got[2],
            ["You", "can", "not", ",", "the", "nation", "’s", "duty", "."]
        );
    }

    #[test]
    fn stage_notes_are_left_out_and_open_brackets_are_not() {
        assert_eq!(words("Thank you. [Applause] Yes.").concat().len(), 5);
        assert_eq!(words("a [ b").concat(), ["a", "[", "b"]);
    }

    #[test]
    fn initials_and_titles_do_not_end_sentences() {
        let got = words("Mr. Smith of the U.S. Senate came. He spoke.");
        assert_eq!(got.len(), 2);
        assert!(got[0].contains(&"U.S.".to_string()));
    }

    #[test]
    fn a_text_without_stops_is_cut() {
        let text = "word ".repeat(2 * LONGEST_SENTENCE + 1);
        assert_eq!(words(&text).len(), 3);
    }

    #[test]
    fn every_letter_outside_brackets_is_in_one_token() {
        let text = "Ünïcode “quotes” — and ... 1,000.5 % of [cut] a&b it's\u{ad}x e\u{301}t é’s";
        let mut tokens = Tokens::default();
        tokens.read(text);
        let mut covered = vec![false; text.len()];
        for t in &tokens.list {
            (t.start..t.end).for_each(|i| covered[i as usize] = true);
        }
        for (i, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let cut =
                text[..i].ends_with("[") || text[..i].contains("[") && !text[..i].contains("]");
            assert_eq!(covered[i], !cut, "{c} at {i}");
        }
    }
}
