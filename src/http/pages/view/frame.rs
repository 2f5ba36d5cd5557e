//! Embeds as other sites show them: their URLs, their code and their size, which is computed before they are loaded. Their lines are
//! measured in the fonts that they are set in.

use crate::{
    corpus::{Language, Resource, Slug, Voice, attribution::attribution, milestones::Milestone},
    formats::{Card, Format, SiteUrl, date_words::format_milestone_date},
    picture::{Face, Measured},
    text::markup::escape_attribute,
};

/// The width of an embed unless there is less space, in pixels.
pub const MAX_WIDTH: u16 = 600;
/// The least width that an embed is made for, in pixels.
const MIN_WIDTH: u16 = 220;
/// The least and the greatest height, in pixels. What is higher scrolls inside its frame.
const MIN_HEIGHT: u16 = 180;
const MAX_HEIGHT: u16 = 1_000;
/// The greatest height of an embedded timeline, in pixels: a longer one scrolls inside its frame.
const MAX_TIMELINE_HEIGHT: u16 = 640;
/// What `embed.css` has besides lines: the padding and the borders at both sides, and above and below.
const SIDES: f32 = 50.0;
const ABOVE_AND_BELOW: f32 = 88.0;
/// The width of a scroll bar: while the fonts load, the text may need one, and then its lines break earlier.
const SCROLL_BAR: f32 = 15.0;
/// The same of a note, with its label.
const NOTE_SIDES: f32 = 28.0;
const NOTE_ABOVE_AND_BELOW: f32 = 58.0;
/// The same of a timeline, with its title and its first and last line; of each of its milestones; and of a bar.
const TIMELINE_ABOVE_AND_BELOW: f32 = 122.0;
const MILESTONE_ABOVE_AND_BELOW: f32 = 33.0;
const BAR_HEIGHT: f32 = 20.0;

/// The size of a frame, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The width.
    pub width: u16,
    /// The height.
    pub height: u16,
}

impl Frame {
    /// The frame of an embedded clause or milestone, no wider than `max_width`.
    pub fn of_card(card: &Card, max_width: u16) -> Self {
        let (width, inner) = widths(max_width);
        let language = card.language;
        let headline = &card.headline;
        let mut height = ABOVE_AND_BELOW
            + lines(&card.kicker, Face::Labels, 13.0, [24.0, 20.0], inner, language)
            + lines(&headline.text, Face::ReadingBold, 21.0, [38.0, 30.0], inner, headline.language)
            + lines(&card.attribution, Face::LabelsBold, 15.0, [28.0, 22.0], inner, language)
            + lines(&card.facts, Face::Labels, 13.0, [24.0, 20.0], inner, language);
        height += card.date.as_ref().map_or(0.0, |date| 6.0 + lines(date, Face::LabelsBold, 16.0, [30.0, 24.0], inner, language));
        height += card.quotation.as_ref().map_or(0.0, |words| 10.0 + lines(&words.text, Face::Reading, 18.0, [34.0, 27.0], inner, words.language));
        height += card.notes.iter().map(|note| note_height(note, inner, language)).sum::<f32>();
        Self { width, height: in_pixels(height, MAX_HEIGHT) }
    }

    /// The frame of an embedded timeline of these milestones, no wider than `max_width`.
    pub fn of_timeline(milestones: &[Milestone], language: Language, max_width: u16) -> Self {
        let (width, inner) = widths(max_width);
        let row = |milestone: &Milestone| {
            let date = format_milestone_date(milestone, language);
            let mut height = MILESTONE_ABOVE_AND_BELOW
                + lines(milestone.title.of(language), Face::Reading, 18.0, [32.0, 26.0], inner, language)
                + lines(&date, Face::LabelsBold, 14.0, [30.0, 24.0], inner, language);
            if milestone.voice != Voice::Statement {
                let speaker = attribution(milestone.voice, milestone.speaker_name.as_ref());
                height += 2.0 + lines(speaker.of(language), Face::LabelsBold, 14.0, [28.0, 22.0], inner, language);
            }
            if milestone.date.earliest.is_some() || milestone.date.latest.is_some() {
                height += BAR_HEIGHT;
            }
            let critical = milestone.notes.iter().filter(|note| note.is_critical());
            height + critical.map(|note| note_height(note.text.of(language), inner, language)).sum::<f32>()
        };
        let height = TIMELINE_ABOVE_AND_BELOW + milestones.iter().map(row).sum::<f32>();
        Self { width, height: in_pixels(height, MAX_TIMELINE_HEIGHT) }
    }

    /// The same, no higher than `max_height`.
    #[must_use]
    pub fn no_higher_than(self, max_height: u16) -> Self {
        Self { height: self.height.min(max_height), ..self }
    }

    /// The code of an embed: HTML for another site.
    pub fn code(self, url: &str, title: &str) -> String {
        let (url, title, Self { width, height }) = (escape_attribute(url), escape_attribute(title), self);
        format!(
            r#"<iframe src="{url}" title="{title}" width="{width}" height="{height}" frameborder="0" style="border:0;max-width:100%" loading="lazy"></iframe>"#
        )
    }
}

/// The width of a frame that is no wider than `max_width`, and that of its lines.
fn widths(max_width: u16) -> (u16, f32) {
    let width = max_width.clamp(MIN_WIDTH, MAX_WIDTH);
    (width, f32::from(width) - SIDES - SCROLL_BAR)
}

/// The height of a note in an embed whose lines have this width.
fn note_height(note: &str, width: f32, language: Language) -> f32 {
    lines(note, Face::Labels, 15.0, [27.0, 22.0], width - NOTE_SIDES, language) + NOTE_ABOVE_AND_BELOW
}

/// The height of the lines of a text; `heights` has that of a line in Arabic and in English.
fn lines(text: &str, face: Face, size: f32, [ar, en]: [f32; 2], width: f32, language: Language) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "an embed has tens of lines")]
    let count = Measured::new(text, face).lines(size, width).len() as f32;
    count * if language == Language::Ar { ar } else { en }
}

/// A height in tens of pixels, at most `most`.
fn in_pixels(height: f32, most: u16) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let height = (height / 10.0).ceil().clamp(0.0, 6_000.0) as u16 * 10;
    height.clamp(MIN_HEIGHT, most)
}

/// The URL of the embed of a clause or a milestone.
pub fn embed_url(site: &SiteUrl, resource: Resource, id: &Slug, language: Language) -> String {
    match resource {
        Resource::Statements => format!("{}embed/timeline?statement={id}&lang={}", site.root(), language.code()),
        _ => format!("{}embed/{}/{id}?lang={}", site.root(), resource.name(), language.code()),
    }
}

/// The URL of the card of an item.
pub fn card_url(site: &SiteUrl, resource: Resource, id: &Slug, language: Language) -> String {
    site.api_in_format(&format!("{}/{id}?lang={}", resource.name(), language.code()), Format::Png)
}
