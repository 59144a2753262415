//! One text after the other through tokens, tags and clauses.

use crate::clause::{Clause, Coder, Sentence};
use crate::quote::quoted;
use crate::tag::{Model, Scratch, Tag};
use crate::token::Tokens;

/// Tagger, coder and the buffers between them; one per thread.
#[derive(Debug)]
pub struct Pipeline {
    model: Model,
    tokens: Tokens,
    quoted: Vec<bool>,
    scratch: Scratch,
    tags: Vec<Tag>,
    clauses: Vec<Clause>,
}

impl Default for Pipeline {
    fn default() -> Self {
        Self::new(Model::shipped())
    }
}

/// A sentence with its clauses, as the pipeline hands it over.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    /// The tagged sentence.
    pub sentence: Sentence<'a>,
    /// Every verb of it.
    pub clauses: &'a [Clause],
}

impl Pipeline {
    /// A pipeline with a tagger of one's own.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            tokens: Tokens::default(),
            quoted: Vec::new(),
            scratch: Scratch::default(),
            tags: Vec::new(),
            clauses: Vec::new(),
        }
    }

    /// Codes a text and hands over one sentence after the other; returns words and bytes of
    /// stage notes left out.
    ///
    /// `own` marks the tokens that name the speaker's own state.
    pub fn run(
        &mut self,
        coder: &Coder,
        text: &str,
        own: impl FnOnce(&Tokens, &mut Vec<bool>),
        mut each: impl FnMut(Coded<'_>),
    ) -> (u64, u64) {
        self.tokens.read(text);
        quoted(text, &self.tokens, &mut self.quoted);
        let mut own_tokens = Vec::new();
        own(&self.tokens, &mut own_tokens);
        for range in self.tokens.sentences() {
            let tokens = &self.tokens.list[range.clone()];
            self.model
                .tag(text, tokens, &mut self.scratch, &mut self.tags);
            let sentence = Sentence {
                text,
                tokens,
                tags: &self.tags,
                own: own_tokens.get(range.clone()).unwrap_or(&[]),
                quoted: self.quoted.get(range).unwrap_or(&[]),
            };
            coder.code(&sentence, &mut self.clauses);
            each(Coded {
                sentence,
                clauses: &self.clauses,
            });
        }
        (self.tokens.words, self.tokens.bracketed)
    }
}
