//! The lenses on decisions of the record: the same theories over what a crisis data set
//! knows, with parameters that are fitted.

mod composite;
mod doctrine;
mod governmental;
mod interned;
mod leader;
mod linear;
mod memory;
mod organizational;
mod rational;
mod ready;

pub use composite::{Composite, Pool, group};
use raison_core::record::{Mixture, RecordLens};

/// The record forms that can be fitted on their own, by the ids of their lenses.
pub fn simple() -> Vec<Box<dyn RecordLens>> {
    vec![
        Box::new(rational::lens()),
        Box::new(organizational::lens()),
        Box::new(governmental::lens()),
        Box::new(leader::lens()),
        Box::new(doctrine::Doctrine::default()),
        Box::new(memory::Memory::default()),
    ]
}

/// The mixtures of them.
pub fn mixtures() -> Vec<Box<dyn Mixture>> {
    vec![
        Box::new(Composite::new(Pool::Linear)),
        Box::new(Composite::new(Pool::Logarithmic)),
    ]
}
