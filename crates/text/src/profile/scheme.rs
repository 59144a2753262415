//! Lexicon, names and trait lists together, and scoring with them.

use super::{SpeechCounts, Traced};
use crate::clause::{Coder, Who};
use crate::lexicon::Lexicon;
use crate::names::{Actor, Mention, Names};
use crate::score::{Coded, Pipeline};
use crate::token::{Kind, word_hash};
use crate::traits::{self, Lists};
use raison_core::{FileId, Problems};
use std::collections::HashSet;

/// Everything that decides how a text is scored.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Verbs and rules.
    pub coder: Coder,
    /// Words of the traits.
    pub lists: Lists,
    /// States and organisations.
    pub names: Names,
    /// The speaker's state.
    pub own: Option<Actor>,
    common: HashSet<u64>,
}

/// Commonest English words, to tell English from other languages.
const COMMON: &str = "the of and to in a that is we our be for it with as are this by on have \
     not will i has from or was at which their they all but his you an been";

impl Scheme {
    /// Compiles a lexicon and trait lists (`trait_files` are read over the shipped ones).
    pub fn new(
        lexicon: &Lexicon,
        trait_files: &[(FileId, &str)],
        names: Names,
        own: Option<Actor>,
        problems: &mut Problems,
    ) -> Self {
        let mut lists = Lists::shipped(&crate::lexicon::Verbs::default());
        for (file, text) in trait_files {
            lists.extend(*file, text, problems);
        }
        let mut lexicon = lexicon.clone();
        for base in lists.verb_bases() {
            lexicon.verbs.entry(base.to_string()).or_insert(None);
        }
        let coder = Coder::new(&lexicon);
        lists.bind(&coder.verbs);
        Self {
            coder,
            lists,
            names,
            own,
            common: COMMON.split_whitespace().map(word_hash).collect(),
        }
    }

    /// The shipped scheme for a speaker of a state.
    pub fn shipped(own: Option<Actor>) -> Self {
        let problems = &mut Problems::new();
        Self::new(&Lexicon::shipped(), &[], Names::shipped(), own, problems)
    }
}

/// Scores texts piece by piece; holds the buffers, one per thread.
#[derive(Debug)]
pub struct Scorer<'s> {
    scheme: &'s Scheme,
    pipeline: Pipeline,
    found: Vec<Mention>,
    mentions: Vec<(Mention, bool)>,
    marks: Vec<u16>,
}

impl<'s> Scorer<'s> {
    /// A scorer.
    pub fn new(scheme: &'s Scheme) -> Self {
        Self {
            scheme,
            pipeline: Pipeline::default(),
            found: Vec::new(),
            mentions: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Scores a whole speech.
    pub fn speech(&mut self, text: &str) -> SpeechCounts {
        let mut counts = SpeechCounts::default();
        self.piece(text, &mut counts, None);
        counts
    }

    /// Scores one piece of a speech into its counts; with `trace` (a list and the byte where
    /// the piece begins in the speech) it keeps every verb.
    pub fn piece(
        &mut self,
        text: &str,
        counts: &mut SpeechCounts,
        mut trace: Option<(&mut Vec<Traced>, usize)>,
    ) {
        let scheme = self.scheme;
        let (found, mentions, marks) = (&mut self.found, &mut self.mentions, &mut self.marks);
        let own_state = scheme.coder.rules.own_state;
        let own = |tokens: &crate::token::Tokens, flags: &mut Vec<bool>| {
            if own_state {
                mark_own(scheme, text, tokens, flags);
            }
        };
        let (words, bracketed) = self.pipeline.run(&scheme.coder, text, own, |coded| {
            let s = &coded.sentence;
            scheme.names.mentions(text, s.tokens, found);
            mentions.clear();
            mentions.extend(found.iter().map(|m| (*m, Some(m.actor) == scheme.own)));
            count_sentence(scheme, &coded, counts);
            let out = &mut counts.traits;
            traits::count(
                s,
                coded.clauses,
                &scheme.coder,
                &scheme.lists,
                mentions,
                marks,
                out,
            );
            if let Some((list, offset)) = &mut trace {
                list.push(Traced::new(s, coded.clauses, &scheme.coder, *offset));
            }
        });
        counts.words += words;
        counts.bracketed += bracketed;
    }
}

fn mark_own(scheme: &Scheme, text: &str, tokens: &crate::token::Tokens, flags: &mut Vec<bool>) {
    let mut found = Vec::new();
    scheme.names.mentions(text, &tokens.list, &mut found);
    flags.resize(tokens.list.len(), false);
    for mention in found.iter().filter(|m| Some(m.actor) == scheme.own) {
        if let Some(there) = flags.get_mut(mention.from..mention.to) {
            there.fill(true);
        }
    }
}

fn count_sentence(scheme: &Scheme, coded: &Coded<'_>, counts: &mut SpeechCounts) {
    counts.sentences += 1;
    counts.verbs += coded.clauses.len() as u64;
    for clause in coded.clauses {
        if let (Some(act), Some(who)) = (clause.act, clause.who) {
            counts.acts.add(who == Who::Own, act);
        }
    }
    for token in coded.sentence.tokens {
        counts.common += u64::from(scheme.common.contains(&token.hash));
        if token.kind == Kind::Word {
            let first = token.text(coded.sentence.text).chars().next();
            let foreign = first.is_some_and(|c| c.is_alphabetic() && c as u32 > 0x24f);
            counts.foreign += u64::from(foreign);
        }
    }
}
