//! The values of one situation, one per name of a vocabulary.

use std::fmt;
use std::sync::Arc;

use super::symbol::{Interner, List, MOST_ITEMS, Symbol};
use super::vocabulary::Slot;

#[derive(Clone, Debug, Default)]
pub(super) enum Cell {
    #[default]
    Missing,
    Bool(bool),
    Number(f64),
    Text(Symbol),
    List(Arc<List>),
}

/// A list was longer than [`MOST_ITEMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list holds at most {MOST_ITEMS} texts")
    }
}

impl std::error::Error for TooLong {}

/// The values that predicates read. Every value starts as missing.
///
/// A value of another type than the vocabulary states makes evaluation end in
/// [`super::EvalError::Foreign`].
#[derive(Clone, Debug)]
pub struct Slots {
    cells: Vec<Cell>,
    prints: Arc<[u64]>,
    interner: Arc<Interner>,
}

impl Slots {
    pub(super) fn new(interner: Arc<Interner>, prints: Arc<[u64]>) -> Self {
        Self {
            cells: vec![Cell::Missing; prints.len()],
            prints,
            interner,
        }
    }

    fn set(&mut self, slot: Slot, cell: Cell) {
        if let Some(place) = self.cells.get_mut(slot.index()) {
            *place = cell;
        }
    }

    /// Makes a value missing.
    pub fn clear(&mut self, slot: Slot) {
        self.set(slot, Cell::Missing);
    }

    /// Makes all values missing.
    pub fn clear_all(&mut self) {
        self.cells.fill(Cell::Missing);
    }

    /// Sets true or false.
    pub fn set_bool(&mut self, slot: Slot, value: bool) {
        self.set(slot, Cell::Bool(value));
    }

    /// Sets a number; NaN is a missing value.
    pub fn set_number(&mut self, slot: Slot, value: f64) {
        let missing = value.is_nan();
        self.set(
            slot,
            if missing {
                Cell::Missing
            } else {
                Cell::Number(value)
            },
        );
    }

    /// Sets a text; [`Slots::set_symbol`] is faster where the text is known beforehand.
    pub fn set_text(&mut self, slot: Slot, text: &str) {
        let symbol = self.interner.intern(text);
        self.set_symbol(slot, symbol);
    }

    /// Sets a text by its symbol.
    pub fn set_symbol(&mut self, slot: Slot, symbol: Symbol) {
        self.set(slot, Cell::Text(symbol));
    }

    /// Sets a list of texts; [`Slots::set_list`] is faster where the list is known
    /// beforehand. A list that is too long leaves the value missing.
    pub fn set_texts<T: AsRef<str>>(
        &mut self,
        slot: Slot,
        texts: impl IntoIterator<Item = T>,
    ) -> Result<(), TooLong> {
        let list = List::new(&self.interner, texts);
        let result = list.as_ref().map(|_| ()).ok_or(TooLong);
        self.set(
            slot,
            list.map_or(Cell::Missing, |l| Cell::List(Arc::new(l))),
        );
        result
    }

    /// Sets a list made beforehand.
    pub fn set_list(&mut self, slot: Slot, list: &Arc<List>) {
        self.set(slot, Cell::List(list.clone()));
    }

    /// Whether there is a value.
    #[inline]
    pub fn has(&self, slot: Slot) -> bool {
        !matches!(self.cell(slot), Cell::Missing)
    }

    #[inline]
    pub(super) fn cell(&self, slot: Slot) -> &Cell {
        self.cells.get(slot.index()).unwrap_or(&Cell::Missing)
    }

    /// The texts behind the symbols.
    pub fn interner(&self) -> &Arc<Interner> {
        &self.interner
    }

    /// See [`super::Vocabulary::print`].
    #[inline]
    pub(super) fn print(&self, names: usize) -> u64 {
        names
            .checked_sub(1)
            .and_then(|last| self.prints.get(last))
            .copied()
            .unwrap_or(0)
    }
}
