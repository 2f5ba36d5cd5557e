//! The fonts of pictures, and the widths of words in them.

use std::sync::{Arc, LazyLock};

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use resvg::usvg::fontdb::{Database, Source};

/// How many units the em has in each of our fonts.
const UNITS_PER_EM: f32 = 1000.0;

/// A font: Arabic and Latin letters of one design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// For reading: Naskh, with a Latin serif.
    Reading,
    /// The same, bold.
    ReadingBold,
    /// For labels: a sans-serif.
    Labels,
    /// The same, bold.
    LabelsBold,
}

impl Face {
    const ALL: [Self; 4] = [Self::Reading, Self::ReadingBold, Self::Labels, Self::LabelsBold];

    /// The family, with those that replace it where an SVG is shown without our fonts.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::Reading | Self::ReadingBold => "Bayan Naskh, Noto Naskh Arabic, Noto Serif, serif",
            Self::Labels | Self::LabelsBold => "Bayan Sans, Noto Sans Arabic, Noto Sans, sans-serif",
        }
    }

    /// The weight, from 100 to 900.
    #[must_use]
    pub const fn weight(self) -> u16 {
        match self {
            Self::Reading | Self::Labels => 400,
            Self::ReadingBold | Self::LabelsBold => 700,
        }
    }

    const fn data(self) -> &'static [u8] {
        match self {
            Self::Reading => include_bytes!("fonts/Naskh-Regular.ttf"),
            Self::ReadingBold => include_bytes!("fonts/Naskh-Bold.ttf"),
            Self::Labels => include_bytes!("fonts/Sans-Regular.ttf"),
            Self::LabelsBold => include_bytes!("fonts/Sans-Bold.ttf"),
        }
    }

    /// The width of a word, in ems. A word is shaped alone: letters do not join across a space.
    #[must_use]
    pub fn advance(self, word: &str) -> f32 {
        static SHAPERS: LazyLock<[Option<(FontRef<'static>, ShaperData)>; Face::ALL.len()]> = LazyLock::new(|| {
            Face::ALL.map(|face| {
                let font = FontRef::new(face.data()).ok()?;
                let shaper = ShaperData::new(&font);
                Some((font, shaper))
            })
        });
        let Some((font, shaper)) = &SHAPERS[self as usize] else { return 0.0 };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        let shaped = shaper.shaper(font).build().shape(buffer, ShapeOptions::new());
        let units: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        #[expect(clippy::cast_precision_loss, reason = "a word is some thousands of units wide")]
        let units = units as f32;
        units / UNITS_PER_EM
    }
}

/// The fonts as the renderer finds them.
pub(super) fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        for face in Face::ALL {
            database.load_font_source(Source::Binary(Arc::new(face.data())));
        }
        database.set_serif_family("Bayan Naskh");
        database.set_sans_serif_family("Bayan Sans");
        Arc::new(database)
    });
    DATABASE.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_face_is_one_font_with_arabic_and_latin_letters() {
        let database = database();
        assert_eq!(database.len(), Face::ALL.len());
        for face in Face::ALL {
            let found = database.faces().find(|font| face.family().starts_with(&font.families[0].0) && font.weight.0 == face.weight()).unwrap();
            for letter in "aZéع1(»…·–ـ؛ٌ".chars() {
                assert!(database.with_face_data(found.id, |data, _| has_glyph(data, letter)).unwrap(), "{face:?} lacks {letter}");
            }
        }
    }

    /// Whether a letter has a width in a font, or is a mark above a letter.
    fn has_glyph(data: &[u8], letter: char) -> bool {
        let font = FontRef::new(data).unwrap();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&letter.to_string());
        buffer.guess_segment_properties();
        let shaped = ShaperData::new(&font).shaper(&font).build().shape(buffer, ShapeOptions::new());
        shaped.glyph_infos().iter().all(|glyph| glyph.glyph_id != 0)
    }

    #[test]
    fn letters_that_join_are_narrower_than_the_same_letters_apart() {
        for face in Face::ALL {
            let apart: f32 = "سبتمبر".chars().map(|letter| face.advance(&letter.to_string())).sum();
            let joined = face.advance("سبتمبر");
            assert!(joined > 0.5 && joined < apart, "{face:?}: {joined} and {apart}");
        }
    }
}
