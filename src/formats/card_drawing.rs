//! A card as a drawing of 1200 × 630 pixels, the size that Open Graph's readers show whole.

use crate::{
    corpus::{Language, Voice},
    formats::card::Card,
    picture::{Colours, Drawing, Edge, Face, Fitted, Measured, Point, TextStyle, Theme},
};

/// The width of a card, in pixels.
pub const CARD_WIDTH: u16 = 1200;
/// The height of a card, in pixels.
pub const CARD_HEIGHT: u16 = 630;

const WIDTH: f32 = CARD_WIDTH as f32;
const HEIGHT: f32 = CARD_HEIGHT as f32;
/// From the edges to the text.
const MARGIN: f32 = 72.0;
/// The width of text.
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// The upper edge of the words.
const BODY_TOP: f32 = 116.0;
/// The height that the critical notes take at most at a size that is easily read, and at the smallest.
const NOTE_HEIGHTS: [f32; 2] = [190.0, 330.0];

/// The sizes of the words, of the date, of who says it and of the notes, in pixels, the largest first.
const HEADLINE_SIZES: [f32; 8] = [58.0, 52.0, 46.0, 42.0, 38.0, 34.0, 31.0, 28.0];
const DATE_SIZES: [f32; 3] = [36.0, 32.0, 28.0];
const ATTRIBUTION_SIZES: [f32; 3] = [28.0, 24.0, 20.0];
const NOTE_SIZES: [f32; 4] = [28.0, 26.0, 24.0, 22.0];
const SMALL_NOTE_SIZES: [f32; 3] = [20.0, 18.0, 16.0];
const SMALL_TITLE_SIZES: [f32; 3] = [26.0, 24.0, 22.0];
const KICKER_SIZES: [f32; 4] = [22.0, 20.0, 18.0, 17.0];
const SMALL_KICKER_SIZES: [f32; 2] = [18.0, 17.0];
/// The height of a line of the kicker, in sizes, and the heights of one line and of two.
const KICKER_LEADING: f32 = 1.4;
const KICKER_HEIGHTS: [f32; 2] = [31.0, 51.0];
const QUOTATION_SIZE: f32 = 27.0;
const KEY_DATE_SIZES: [f32; 4] = [26.0, 24.0, 22.0, 20.0];
const FACTS_SIZE: f32 = 22.0;

/// The height of a line, in sizes: Arabic has marks above and below its letters.
const fn leading(face: Face, language: Language) -> f32 {
    match (face, language) {
        (Face::Reading | Face::ReadingBold, Language::Ar) => 1.6,
        (Face::Reading | Face::ReadingBold, Language::En) => 1.32,
        (Face::Labels | Face::LabelsBold, Language::Ar) => 1.55,
        (Face::Labels | Face::LabelsBold, Language::En) => 1.38,
    }
}

/// Between the words and what is under them.
const GAP: f32 = 10.0;

/// Lines of the card, with how they are set.
#[derive(Clone)]
struct Block {
    fitted: Fitted,
    language: Language,
    face: Face,
    colour: &'static str,
}

impl Block {
    fn leading(&self) -> f32 {
        leading(self.face, self.language)
    }

    fn height(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a card has few lines")]
        let lines = self.fitted.lines.len() as f32;
        lines * self.fitted.size * self.leading()
    }

    /// Sets the lines from this upper edge. Returns their lower edge.
    fn set(&self, drawing: &mut Drawing, top: f32) -> f32 {
        let style = TextStyle { face: self.face, size: self.fitted.size, colour: self.colour };
        let at = Point { x: start_of(self.language), y: top };
        drawing.lines(&self.fitted.lines, self.language, Edge::start(self.language), at, style, self.leading())
    }
}

/// Where lines in a language begin.
const fn start_of(language: Language) -> f32 {
    match language {
        Language::Ar => WIDTH - MARGIN,
        Language::En => MARGIN,
    }
}

/// A text at the largest size at which it has at most this height, else cut at the smallest.
fn block(text: &str, closing: &str, (face, language): (Face, Language), sizes: &[f32], height: f32, colour: &'static str) -> Block {
    let (measured, leading) = (Measured::new(text, face), leading(face, language));
    let cut = || measured.cut(sizes.last().copied().unwrap_or(FACTS_SIZE), leading, MEASURE, height, &format!("…{closing}"));
    Block { fitted: measured.fit(sizes, leading, MEASURE, height).unwrap_or_else(cut), language, face, colour }
}

/// Draws a card.
#[must_use]
pub fn draw(card: &Card, theme: Theme) -> String {
    let (colours, language) = (theme.colours(), card.language);
    let mut drawing = Drawing::new(WIDTH, HEIGHT, colours.paper);
    let colour = card.voice.map_or(colours.statement, |voice| voice_colour(voice, &colours));
    draw_head(&mut drawing, card, &colours);
    let mut bottom = HEIGHT - 22.0;
    if let Some((notes, may_show_words)) = notes(card, &colours) {
        bottom = draw_notes(&mut drawing, card, &notes, &colours);
        if !may_show_words {
            draw_edge(&mut drawing, card, colour);
            return drawing.finish(&card.kicker, &notes.fitted.lines.join(" "), language);
        }
    }
    let facts = block(&card.facts, "", (Face::Labels, language), &[FACTS_SIZE], FACTS_SIZE * 1.6, colours.muted);
    let attribution = block(&card.attribution, "", (Face::LabelsBold, language), &ATTRIBUTION_SIZES, 78.0, colour);
    let facts_top = bottom - 12.0 - facts.height();
    facts.set(&mut drawing, facts_top);
    let attribution_top = facts_top - attribution.height();
    attribution.set(&mut drawing, attribution_top);
    draw_body(&mut drawing, card, attribution_top - 10.0, &colours);
    draw_edge(&mut drawing, card, colour);
    drawing.finish(&card.kicker, &card.description(), language)
}

/// Draws the words between the head and `bottom`, with the date and the quotation under them.
fn draw_body(drawing: &mut Drawing, card: &Card, bottom: f32, colours: &Colours) {
    let (headline, under) = body(card, bottom - BODY_TOP, colours);
    let slack = (bottom - BODY_TOP - height_of(&under) - headline.height()).max(0.0);
    let mut y = headline.set(drawing, BODY_TOP + slack * 0.4);
    for block in under {
        y = block.set(drawing, y + GAP);
    }
}

/// The headline, and what is under it. A title is shown whole, so where space is short the lines of the quotation are fewer, and then the
/// letters of the title smaller; the words of a clause keep their quotation, and are cut. The dates that a statement sets are shown where
/// there is space for the title, too.
fn body(card: &Card, room: f32, colours: &Colours) -> (Block, Vec<Block>) {
    let headline = &card.headline;
    let is_title = headline.closing.is_empty();
    let face = if is_title { Face::ReadingBold } else { Face::Reading };
    let (measured, leading) = (Measured::new(&headline.text, face), leading(face, headline.language));
    let quotation_lines: &[u8] = match (is_title, room > 250.0) {
        (true, true) => &[2, 1, 0],
        (true, false) => &[1, 0],
        (false, true) => &[2],
        (false, false) => &[1],
    };
    let small_sizes = if is_title { &SMALL_TITLE_SIZES[..] } else { &[] };
    let with_dates = KEY_DATE_SIZES.iter().filter(|_| !card.key_dates.is_empty()).map(|size| under(card, Some(key_dates(card, *size, colours)), 0, colours));
    let unders: Vec<Vec<Block>> = quotation_lines.iter().map(|lines| under(card, None, *lines, colours)).collect();
    let with_dates = with_dates.flat_map(|under| [(&HEADLINE_SIZES[..], under.clone()), (small_sizes, under)]);
    let others = [&HEADLINE_SIZES[..], small_sizes].into_iter().flat_map(|sizes| unders.iter().map(move |under| (sizes, under.clone())));
    for (sizes, under) in with_dates.chain(others) {
        if let Some(fitted) = measured.fit(sizes, leading, MEASURE, room - height_of(&under)) {
            return (Block { fitted, language: headline.language, face, colour: colours.ink }, under);
        }
    }
    let under = unders.last().cloned().unwrap_or_default();
    let cut = block(&headline.text, headline.closing, (face, headline.language), &HEADLINE_SIZES, room - height_of(&under), colours.ink);
    (cut, under)
}

/// The date, then the dates that a statement sets or the quotation, in at most so many lines.
fn under(card: &Card, key_dates: Option<Block>, quotation_lines: u8, colours: &Colours) -> Vec<Block> {
    let date = card.date.as_ref().map(|date| block(date, "", (Face::LabelsBold, card.language), &DATE_SIZES, 100.0, colours.ink));
    let quotation = card.quotation.as_ref().filter(|_| quotation_lines > 0).map(|text| {
        let height = f32::from(quotation_lines) * QUOTATION_SIZE * leading(Face::Reading, text.language);
        block(&text.text, text.closing, (Face::Reading, text.language), &[QUOTATION_SIZE], height, colours.muted)
    });
    date.into_iter().chain(key_dates).chain(quotation).collect()
}

/// The dates that a statement sets, each from a new line.
fn key_dates(card: &Card, size: f32, colours: &Colours) -> Block {
    let (face, language) = (Face::LabelsBold, card.language);
    let lines = card.key_dates.iter().flat_map(|date| Measured::new(date, face).lines(size, MEASURE)).collect();
    Block { fitted: Fitted { size, lines }, language, face, colour: colours.ink }
}

/// The height of blocks, each with the gap above it.
fn height_of(blocks: &[Block]) -> f32 {
    blocks.iter().map(|block| block.height() + GAP).sum()
}

/// The critical notes, whole; and whether the words may stand beside them. Notes that are too long for a card are replaced with a
/// sentence that leads to them, and then the words are not shown either. The title of a statement always is: no note is on it.
fn notes(card: &Card, colours: &Colours) -> Option<(Block, bool)> {
    if card.notes.is_empty() {
        return None;
    }
    let text = card.notes.join(" ");
    let (face, language) = (Face::Labels, card.language);
    let (measured, leading) = (Measured::new(&text, face), leading(face, language));
    let [usual, most] = NOTE_HEIGHTS;
    let fitted = measured.fit(&NOTE_SIZES, leading, MEASURE, usual).or_else(|| measured.fit(&SMALL_NOTE_SIZES, leading, MEASURE, most));
    if let Some(fitted) = fitted {
        return Some((Block { fitted, language, face, colour: colours.ink }, true));
    }
    let is_statement = card.voice.is_none();
    let instead = match (language, is_statement) {
        (Language::Ar, false) => "لا تُقتبس هذه الكلمات من دون الملاحظة التي على صفحتها.",
        (Language::En, false) => "Do not quote these words without the note on their page.",
        (Language::Ar, true) => "لا يُقتبس هذا البيان من دون الملاحظات التي على صفحته.",
        (Language::En, true) => "Do not quote this statement without the notes on its page.",
    };
    Some((block(instead, "", (face, language), &NOTE_SIZES, usual, colours.ink), is_statement))
}

/// Draws the notes on their ground at the lower edge. Returns the upper edge of the ground.
fn draw_notes(drawing: &mut Drawing, card: &Card, notes: &Block, colours: &Colours) -> f32 {
    let label = block(card.note_label(), "", (Face::LabelsBold, card.language), &[22.0], 40.0, colours.critical);
    let height = 14.0 + label.height() + notes.height() + 20.0;
    let top = HEIGHT - height;
    drawing.rect(Point { x: 0.0, y: top }, WIDTH, height, colours.note);
    drawing.rect(Point { x: 0.0, y: top }, WIDTH, 3.0, colours.critical);
    let y = label.set(drawing, top + 14.0);
    notes.set(drawing, y);
    top
}

/// Draws what the card belongs to, the name of the service, and the line under both.
fn draw_head(drawing: &mut Drawing, card: &Card, colours: &Colours) {
    let language = card.language;
    let (start, brand) = (
        Edge::start(language),
        match language {
            Language::Ar => "بيان",
            Language::En => "Bayan",
        },
    );
    let (near, far) = (start_of(language), WIDTH - start_of(language));
    drawing.line(brand, language, start.other(), Point { x: far, y: 70.0 }, TextStyle { face: Face::ReadingBold, size: 34.0, colour: colours.statement });
    let (measured, width) = (Measured::new(&card.kicker, Face::Labels), MEASURE - 150.0);
    let [one_line, two_lines] = KICKER_HEIGHTS;
    let fitted = measured.fit(&KICKER_SIZES, KICKER_LEADING, width, one_line).or_else(|| measured.fit(&SMALL_KICKER_SIZES, KICKER_LEADING, width, two_lines));
    let kicker = fitted.unwrap_or_else(|| measured.cut(SMALL_KICKER_SIZES[0], KICKER_LEADING, width, two_lines, "…"));
    let style = TextStyle { face: Face::Labels, size: kicker.size, colour: colours.muted };
    let line_height = kicker.size * KICKER_LEADING;
    let top = 60.0 - kicker.lines.iter().map(|_| line_height).sum::<f32>() / 2.0;
    drawing.lines(&kicker.lines, language, start, Point { x: near, y: top }, style, KICKER_LEADING);
    drawing.rect(Point { x: MARGIN, y: 94.0 }, MEASURE, 2.0, colours.rule);
}

/// Draws the edge that shows the voice, as on the pages: a line for the statement, dashes for a third party, two lines for the medium.
fn draw_edge(drawing: &mut Drawing, card: &Card, colour: &'static str) {
    let left = |offset: f32, width: f32| if card.language == Language::Ar { WIDTH - offset - width } else { offset };
    match card.voice {
        Some(Voice::Statement) | None => drawing.rect(Point { x: left(0.0, 18.0), y: 0.0 }, 18.0, HEIGHT, colour),
        Some(Voice::Agency) => {
            for offset in [0.0, 12.0] {
                drawing.rect(Point { x: left(offset, 6.0), y: 0.0 }, 6.0, HEIGHT, colour);
            }
        }
        Some(Voice::ThirdParty) => {
            for dash in 0..9_u8 {
                drawing.rect(Point { x: left(0.0, 18.0), y: f32::from(dash) * 72.0 }, 18.0, 50.0, colour);
            }
        }
    }
}

/// The colour of a voice.
pub(super) const fn voice_colour(voice: Voice, colours: &Colours) -> &'static str {
    match voice {
        Voice::Statement => colours.statement,
        Voice::Agency => colours.agency,
        Voice::ThirdParty => colours.third_party,
    }
}
