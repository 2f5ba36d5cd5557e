//! Pictures: text that is measured and broken into lines, a drawing as SVG, and its PNG.
//!
//! A drawing sets each line of text on its own, in the direction of its language: neither SVG nor the renderer breaks lines, and the
//! renderer takes every line for left-to-right (`svg`). The fonts are in the binary (`fonts/`).

mod font;
mod lines;
mod png;
mod svg;
mod theme;

pub use self::png::{PngError, png};
pub use font::Face;
pub use lines::{Fitted, Measured};
pub use svg::{Drawing, Edge, Point, TextStyle};
pub use theme::{Colours, Theme};
