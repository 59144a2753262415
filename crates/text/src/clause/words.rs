//! The function words that the grammar needs, by hash.

use crate::token::word_hash;
use std::collections::HashSet;

macro_rules! word_sets {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {
        /// Sets of function words.
        #[derive(Clone, Debug)]
        pub struct Words { $($(#[$doc])* pub $name: HashSet<u64>,)* }
        impl Default for Words {
            fn default() -> Self {
                Self { $($name: $words.split_whitespace().map(word_hash).collect(),)* }
            }
        }
    };
}

word_sets! {
    /// Forms of `be`.
    be = "be am is are was were been being 's 're 'm";
    /// Forms of `have`.
    have = "have has had having 've 's 'd";
    /// Forms of `do`.
    do_ = "do does did";
    /// Negations inside a verb group.
    not = "not n't never neither nor no hardly scarcely";
    /// After `not`, they take the denial back.
    only = "only merely just simply";
    /// Negations as subjects.
    nobody = "nobody none nothing";
    /// Modals of the future.
    will = "will shall 'll wo sha";
    /// Object pronouns, which are subjects only of infinitives.
    object = "me him them us her";
    /// Self among the object pronouns.
    own_object = "us me ourselves myself";
    /// Prepositions that in fact open clauses.
    clause = "that because if while whether although though since unless until when where whereas before after as than lest so";
    /// `by`.
    by = "by";
    /// `let`.
    let_ = "let";
    /// Clause-ending marks.
    stop = "; : — – -- ?";
    /// Relative pronouns.
    relative = "who which that whom";
    /// Possessives of the speaker.
    own_possessive = "my our";
    /// Determiners of the own group.
    ours = "our my this";
    /// The first person singular.
    first_person = "i me my mine myself";
    /// Quotation marks that open and close.
    quote = "\" “ ” `` ''";
    /// `please`, before an imperative.
    please = "please";
    /// Time nouns that are never subjects when they follow a comma or a verb.
    time = "today tomorrow yesterday tonight year years month months week weeks day days";
}
