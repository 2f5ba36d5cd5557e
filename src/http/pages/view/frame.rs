//! Embeds as other sites show them: their URLs, their code and their size, which is computed before they are loaded. Their lines are
//! measured in the fonts that they are set in.

use crate::{
    corpus::{Language, Resource, Slug},
    formats::{Card, Format, SiteUrl},
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
/// The height of an embedded timeline, in pixels: it scrolls inside its frame.
const TIMELINE_HEIGHT: u16 = 560;
/// What `embed.css` has besides lines: the padding and the borders at both sides, and above and below.
const SIDES: f32 = 50.0;
const ABOVE_AND_BELOW: f32 = 84.0;
/// The same of a note.
const NOTE_SIDES: f32 = 28.0;
const NOTE_ABOVE_AND_BELOW: f32 = 56.0;

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
        let width = max_width.clamp(MIN_WIDTH, MAX_WIDTH);
        let inner = f32::from(width) - SIDES;
        let language = card.language;
        let lines = |text: &str, face: Face, size: f32, height: [f32; 2], width: f32, language: Language| {
            let [ar, en] = height;
            #[expect(clippy::cast_precision_loss, reason = "an embed has tens of lines")]
            let count = Measured::new(text, face).lines(size, width).len() as f32;
            count * if language == Language::Ar { ar } else { en }
        };
        let headline = &card.headline;
        let mut height = ABOVE_AND_BELOW
            + lines(&card.kicker, Face::Labels, 13.0, [24.0, 20.0], inner, language)
            + lines(&headline.text, Face::ReadingBold, 21.0, [38.0, 30.0], inner, headline.language)
            + lines(&card.attribution, Face::LabelsBold, 15.0, [28.0, 22.0], inner, language)
            + lines(&card.facts, Face::Labels, 13.0, [24.0, 20.0], inner, language);
        height += card.date.as_ref().map_or(0.0, |date| 6.0 + lines(date, Face::LabelsBold, 16.0, [30.0, 24.0], inner, language));
        height += card.quotation.as_ref().map_or(0.0, |words| 10.0 + lines(&words.text, Face::Reading, 18.0, [34.0, 27.0], inner, words.language));
        let notes = card.notes.iter().map(|note| lines(note, Face::Labels, 15.0, [27.0, 22.0], inner - NOTE_SIDES, language));
        height += notes.map(|note| note + NOTE_ABOVE_AND_BELOW).sum::<f32>();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let height = (height / 10.0).ceil().clamp(0.0, 6_000.0) as u16 * 10;
        Self { width, height: height.clamp(MIN_HEIGHT, MAX_HEIGHT) }
    }

    /// The frame of an embedded timeline, no wider than `max_width`.
    pub fn of_timeline(max_width: u16) -> Self {
        Self { width: max_width.clamp(MIN_WIDTH, MAX_WIDTH), height: TIMELINE_HEIGHT }
    }

    /// The same, no higher than `max_height`.
    #[must_use]
    pub fn no_higher_than(self, max_height: u16) -> Self {
        Self { height: self.height.min(max_height), ..self }
    }

    /// The code of an embed: HTML for another site.
    pub fn code(self, url: &str, title: &str) -> String {
        let (url, title, Self { width, height }) = (escape_attribute(url), escape_attribute(title), self);
        format!(r#"<iframe src="{url}" title="{title}" width="{width}" height="{height}" style="border:0;max-width:100%" loading="lazy"></iframe>"#)
    }
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
