//! PNG (ISO/IEC 15948): the drawings of `svg`, with the fonts in them.

use crate::corpus::milestones::Milestone;
use crate::formats::{card::ToCard, card_drawing, context::RenderContext, envelope::List, error::RenderError, timeline_drawing};
use crate::picture::png;

/// Draws milestones on a timeline.
///
/// # Errors
/// If the context lacks a statement, or if the picture cannot be drawn.
pub fn timeline(list: &List<Milestone>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    drawn(&timeline_drawing::draw(list, context)?)
}

/// Draws the card of an item.
///
/// # Errors
/// If the context lacks the statement, or if the picture cannot be drawn.
pub fn card<T: ToCard>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    drawn(&card_drawing::draw(&item.to_card(context)?, context.theme))
}

fn drawn(svg: &str) -> Result<Vec<u8>, RenderError> {
    png(svg).map_err(|cause| RenderError(cause.to_string()))
}
