//! A drawing as PNG (ISO/IEC 15948).

use std::collections::HashMap;

use ::png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

use crate::picture::font::database;

/// The largest picture, in pixels: 24 MB while it is drawn. A larger drawing is made smaller.
const MAX_PIXELS: f32 = 6_000_000.0;
/// How many colours a palette has at most (section 11.2.2).
const MAX_PALETTE: usize = 256;

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
    encode(&pixels).map_err(|cause| PngError(cause.to_string()))
}

/// Encodes a picture without loss. Drawings have a ground, so that their alpha channel says nothing and is left out.
///
/// A card has fewer than 150 colours. With a palette it is a quarter as many bytes to compress, and the fastest compression makes a smaller
/// file of it than the usual one makes of whole pixels, in a hundredth of the time.
fn encode(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, pixels.width(), pixels.height());
    encoder.set_depth(BitDepth::Eight);
    let data = if let Some((palette, data)) = indexed(pixels) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Adaptive);
        data
    } else {
        // A timeline has gradients. Most of it is its ground: unfiltered rows are alike.
        encoder.set_color(ColorType::Rgb);
        encoder.set_compression(Compression::Balanced);
        encoder.set_filter(Filter::NoFilter);
        pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(body)
}

/// The palette of a picture, three bytes a colour, and each pixel's place in it; `None` if it has too many colours.
fn indexed(pixels: &Pixmap) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut places: HashMap<[u8; 3], u8> = HashMap::new();
    let (mut palette, mut data) = (Vec::new(), Vec::with_capacity(pixels.pixels().len()));
    // Most pixels are like the one before them.
    let mut last = None;
    for pixel in pixels.pixels() {
        let colour = [pixel.red(), pixel.green(), pixel.blue()];
        let place = match last {
            Some((before, place)) if before == colour => place,
            _ => match places.get(&colour) {
                Some(place) => *place,
                None if places.len() < MAX_PALETTE => {
                    let place = u8::try_from(places.len()).ok()?;
                    places.insert(colour, place);
                    palette.extend(colour);
                    place
                }
                None => return None,
            },
        };
        last = Some((colour, place));
        data.push(place);
    }
    Some((palette, data))
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::{Color, PremultipliedColorU8};

    use super::*;

    /// A picture whose pixels have this many colours.
    fn picture(colours: u32) -> Pixmap {
        let mut pixels = Pixmap::new(400, 2).unwrap();
        pixels.fill(Color::WHITE);
        for (number, pixel) in (0..colours).zip(pixels.pixels_mut()) {
            let [red, green, ..] = number.to_le_bytes();
            *pixel = PremultipliedColorU8::from_rgba(red, green, 7, 255).unwrap();
        }
        pixels
    }

    #[test]
    fn a_picture_is_encoded_without_loss_with_few_colours_and_with_many() {
        // White is one more.
        for (colours, expected) in [(0, ColorType::Indexed), (139, ColorType::Indexed), (255, ColorType::Indexed), (256, ColorType::Rgb), (700, ColorType::Rgb)]
        {
            let pixels = picture(colours);
            let body = encode(&pixels).unwrap();
            let mut decoder = ::png::Decoder::new(std::io::Cursor::new(&body));
            assert_eq!(decoder.read_header_info().unwrap().color_type, expected, "{colours}");
            assert_eq!(Pixmap::decode_png(&body).unwrap().data(), pixels.data(), "{colours}");
        }
    }
}
