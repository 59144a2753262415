//! Texts as numbers: equal texts have equal symbols.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A text known to an [`Interner`]. Which number a text gets depends on the order in
/// which texts come, so nothing that a user sees may depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

/// The most items that a [`List`] holds; it bounds the loops of a predicate.
pub const MOST_ITEMS: usize = 256;

const FIRST_SHELF: u64 = 64;
const SHELVES: usize = 27;

#[derive(Debug)]
struct Entry {
    text: Arc<str>,
    length: u32,
}

type Shelf = Box<[OnceLock<Entry>]>;

/// The texts met so far. Texts are only ever added; reading one takes no lock, so many
/// threads evaluate at once.
pub struct Interner {
    known: Mutex<HashMap<Arc<str>, Symbol>>,
    shelves: [OnceLock<Shelf>; SHELVES],
}

impl Default for Interner {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            shelves: [const { OnceLock::new() }; SHELVES],
        }
    }
}

impl fmt::Debug for Interner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interner").finish_non_exhaustive()
    }
}

/// Shelf and place on it: shelf k holds `64 << k` entries.
fn place(symbol: Symbol) -> (usize, usize) {
    let number = u64::from(symbol.0) + FIRST_SHELF;
    let shelf = number.ilog2() - FIRST_SHELF.ilog2();
    (shelf as usize, (number - (FIRST_SHELF << shelf)) as usize)
}

impl Interner {
    /// The symbol of a text; takes a lock, so do it outside hot loops.
    pub fn intern(&self, text: &str) -> Symbol {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&symbol) = known.get(text) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(known.len()).unwrap_or(u32::MAX));
        let text: Arc<str> = text.into();
        self.store(symbol, text.clone());
        known.insert(text, symbol);
        symbol
    }

    fn store(&self, symbol: Symbol, text: Arc<str>) {
        let (shelf, at) = place(symbol);
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let Some(shelf) = self.shelves.get(shelf).map(|cell| {
            cell.get_or_init(|| {
                (0..FIRST_SHELF << shelf)
                    .map(|_| OnceLock::new())
                    .collect::<Shelf>()
            })
        }) else {
            return;
        };
        if let Some(cell) = shelf.get(at) {
            cell.get_or_init(|| Entry { text, length });
        }
    }

    fn entry(&self, symbol: Symbol) -> Option<&Entry> {
        let (shelf, at) = place(symbol);
        self.shelves.get(shelf)?.get()?.get(at)?.get()
    }

    /// The text of a symbol; empty for a symbol of another interner.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.entry(symbol).map_or("", |entry| &entry.text)
    }

    /// How many characters the text has.
    pub fn length(&self, symbol: Symbol) -> u32 {
        self.entry(symbol).map_or(0, |entry| entry.length)
    }
}

/// A list of different texts, in the order of their characters. What order they were
/// given in is forgotten: the lists of the vocabulary are sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Bit `symbol % 64` is set for every item: most absent texts are seen at a glance.
    mask: u64,
    items: Box<[Symbol]>,
}

fn bit(symbol: Symbol) -> u64 {
    1 << (symbol.0 % 64)
}

impl List {
    /// The list of these texts; `None` where there are more than [`MOST_ITEMS`].
    pub fn new<T: AsRef<str>>(
        interner: &Interner,
        texts: impl IntoIterator<Item = T>,
    ) -> Option<Self> {
        let mut texts: Vec<T> = texts.into_iter().take(4 * MOST_ITEMS + 1).collect();
        texts.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
        texts.dedup_by(|a, b| a.as_ref() == b.as_ref());
        if texts.len() > MOST_ITEMS {
            return None;
        }
        let items: Box<[Symbol]> = texts.iter().map(|t| interner.intern(t.as_ref())).collect();
        let mask = items.iter().fold(0, |mask, &item| mask | bit(item));
        Some(Self { mask, items })
    }

    /// The items, ordered by their texts.
    pub fn items(&self) -> &[Symbol] {
        &self.items
    }

    /// Whether the text is one of the items.
    pub fn holds(&self, symbol: Symbol) -> bool {
        self.mask & bit(symbol) != 0 && self.items.contains(&symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_equal_symbols_over_many_shelves() {
        let interner = Interner::default();
        let words: Vec<String> = (0..5000).map(|i| format!("w{i}é")).collect();
        let symbols: Vec<Symbol> = words.iter().map(|w| interner.intern(w)).collect();
        for (word, &symbol) in words.iter().zip(&symbols) {
            assert_eq!(interner.text(symbol), word);
            assert_eq!(interner.intern(word), symbol);
            assert_eq!(interner.length(symbol) as usize, word.chars().count());
        }
        assert_eq!(interner.text(Symbol(1 << 20)), "");
        assert_eq!(interner.text(Symbol(u32::MAX)), "");
    }

    #[test]
    fn a_list_is_the_same_whatever_the_order() {
        let interner = Interner::default();
        let one = List::new(&interner, ["b", "a", "b"]).unwrap();
        let two = List::new(&interner, ["a", "b"]).unwrap();
        assert_eq!(one, two);
        assert!(one.holds(interner.intern("a")));
        assert!(!one.holds(interner.intern("c")));
        let words = |n: usize| (0..n).map(|i| i.to_string());
        assert!(List::new(&interner, words(MOST_ITEMS)).is_some());
        assert!(List::new(&interner, words(MOST_ITEMS + 1)).is_none());
    }
}
