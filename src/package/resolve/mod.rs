//! Quotes become offsets: each is looked for inside its smallest enclosing thing, a clause inside its paragraph, and a date, a
//! mention or a note inside its clause.

mod find;
mod miss;
mod places;
mod similar;

pub use places::{ClausePlaces, DatePlace, LeadInPlaces, Places, resolve};
