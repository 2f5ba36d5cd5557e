//! Embeds as other sites show them: their URLs, their code and their size, which is computed before they are loaded. Their lines are
//! measured in the fonts that they are set in.

use crate::{
    corpus::{Language, Resource, Slug, Voice, attribution::attribution, milestones::Milestone},
    formats::{Card, Format, SiteUrl, date_words::format_milestone_date},
    http::pages::view::frame_height::{Block, FrameHeight},
    picture::Face,
    text::markup::escape_attribute,
};

/// The width of an embed unless there is less space, in pixels.
pub const MAX_WIDTH: u16 = 600;
/// The greatest height, in pixels. What is higher scrolls inside its frame.
const MAX_HEIGHT: u16 = 2_000;
/// The greatest height of an embedded timeline, in pixels: a longer one scrolls inside its frame.
const MAX_TIMELINE_HEIGHT: u16 = 900;
/// As many milestones are always higher than that; those after them are not measured.
const MAX_MEASURED: usize = 10;
/// What `embed.css` has besides lines: the padding and the borders at both sides, and above and below.
const SIDES: f32 = 50.0;
const ABOVE_AND_BELOW: f32 = 88.0;
/// The same of a note, with its label.
const NOTE_SIDES: f32 = 28.0;
const NOTE_ABOVE_AND_BELOW: f32 = 58.0;
/// The same of a timeline, with its title and its first and last line; of each of its milestones; and of a bar.
const TIMELINE_ABOVE_AND_BELOW: f32 = 122.0;
const MILESTONE_ABOVE_AND_BELOW: f32 = 33.0;
const BAR_HEIGHT: f32 = 20.0;

/// The size of a frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The width where there is space for it, in pixels.
    pub width: u16,
    /// The height at that width, in pixels.
    pub height: u16,
    /// The height at every width, as CSS.
    css_height: String,
}

impl Frame {
    /// The frame of an embedded clause or milestone, no larger than this.
    pub fn of_card(card: &Card, max_width: u16, max_height: u16) -> Self {
        let language = card.language;
        let headline = &card.headline;
        let mut frame = FrameHeight::new(ABOVE_AND_BELOW);
        frame.add(text(&card.kicker, Face::Labels, 13.0, [24.0, 20.0], language));
        frame.add(text(&headline.text, Face::ReadingBold, 21.0, [38.0, 30.0], headline.language));
        frame.add(text(&card.attribution, Face::LabelsBold, 15.0, [28.0, 22.0], language));
        frame.add(text(&card.facts, Face::Labels, 13.0, [24.0, 20.0], language));
        if let Some(date) = &card.date {
            frame.add_space(6.0);
            frame.add(text(date, Face::LabelsBold, 16.0, [30.0, 24.0], language));
        }
        if let Some(words) = &card.quotation {
            frame.add_space(10.0);
            frame.add(text(&words.text, Face::Reading, 18.0, [34.0, 27.0], words.language));
        }
        for words in &card.notes {
            add_note(&mut frame, words, language);
        }
        Self::new(&frame, max_width, max_height.min(MAX_HEIGHT))
    }

    /// The frame of an embedded timeline of these milestones, no larger than this.
    pub fn of_timeline(milestones: &[Milestone], language: Language, max_width: u16, max_height: u16) -> Self {
        let said = |milestone: &Milestone| (milestone.voice != Voice::Statement).then(|| attribution(milestone.voice, milestone.speaker_name.as_ref()));
        let composed = milestones.iter().take(MAX_MEASURED).map(|milestone| (milestone, format_milestone_date(milestone, language), said(milestone)));
        let composed: Vec<_> = composed.collect();
        let mut frame = FrameHeight::new(TIMELINE_ABOVE_AND_BELOW);
        for (milestone, date, speaker) in &composed {
            frame.add_space(MILESTONE_ABOVE_AND_BELOW);
            frame.add(text(milestone.title.of(language), Face::Reading, 18.0, [32.0, 26.0], language));
            frame.add(text(date, Face::LabelsBold, 14.0, [30.0, 24.0], language));
            if let Some(speaker) = speaker {
                frame.add_space(2.0);
                frame.add(text(speaker.of(language), Face::LabelsBold, 14.0, [28.0, 22.0], language));
            }
            if milestone.date.earliest.is_some() || milestone.date.latest.is_some() {
                frame.add_space(BAR_HEIGHT);
            }
            for note in milestone.notes.iter().filter(|note| note.is_critical()) {
                add_note(&mut frame, note.text.of(language), language);
            }
        }
        Self::new(&frame, max_width, max_height.min(MAX_TIMELINE_HEIGHT))
    }

    fn new(frame: &FrameHeight, max_width: u16, max_height: u16) -> Self {
        let width = max_width.min(MAX_WIDTH);
        Self { width, height: frame.at(width).min(max_height), css_height: frame.css(width, max_height) }
    }

    /// The code of an embed: HTML for another site.
    ///
    /// Its height follows the width of its column without a script: the unit `cqi` is a hundredth of that of the element around it (CSS
    /// Conditional Rules, level 5, section 7). A site that removes the styles has the height of the full width.
    pub fn code(&self, url: &str, title: &str) -> String {
        let (url, title, Self { width, height, css_height }) = (escape_attribute(url), escape_attribute(title), self);
        format!(
            r#"<div style="container-type:inline-size;width:{width}px;max-width:100%"><iframe src="{url}" title="{title}" width="{width}" height="{height}" frameborder="0" style="display:block;border:0;width:100%;height:{css_height}" loading="lazy"></iframe></div>"#
        )
    }
}

/// A text as `embed.css` sets it; `heights` has the height of its lines in Arabic and in English.
fn text(words: &str, face: Face, size: f32, [ar, en]: [f32; 2], language: Language) -> Block<'_> {
    let line_height = if language == Language::Ar { ar } else { en };
    Block::new(words, face, size, line_height, SIDES)
}

/// Adds a note.
fn add_note<'t>(frame: &mut FrameHeight<'t>, words: &'t str, language: Language) {
    let line_height = if language == Language::Ar { 27.0 } else { 22.0 };
    frame.add_space(NOTE_ABOVE_AND_BELOW);
    frame.add(Block::new(words, Face::Labels, 15.0, line_height, SIDES + NOTE_SIDES));
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
