//! A drawing as PNG.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

use crate::picture::font::database;

/// The largest picture, in pixels: 24 MB while it is drawn. A larger drawing is made smaller.
const MAX_PIXELS: f32 = 6_000_000.0;

/// A drawing could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("cannot draw: {0}")]
pub struct PngError(String);

/// Draws an SVG of this program, with our fonts.
///
/// # Errors
/// When it is not SVG.
pub fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let options = Options { fontdb: database(), font_family: "Bayan Naskh".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|cause| PngError(cause.to_string()))?;
    let size = tree.size();
    let scale = (MAX_PIXELS / (size.width() * size.height())).sqrt().min(1.0);
    let size = size.to_int_size().scale_by(scale).ok_or_else(|| PngError("it has no size".to_owned()))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| PngError("it is too large".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|cause| PngError(cause.to_string()))
}
