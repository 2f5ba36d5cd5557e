//! SVG 1.1: cards, and milestones on a timeline.

use crate::corpus::milestones::Milestone;
use crate::formats::{card::ToCard, card_drawing, context::RenderContext, envelope::List, error::RenderError, timeline_drawing};

/// Draws milestones on a timeline.
///
/// # Errors
/// If the context lacks a statement.
pub fn timeline(list: &List<Milestone>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    Ok(timeline_drawing::draw(list, context)?.into_bytes())
}

/// Draws the card of an item.
///
/// # Errors
/// If the context lacks the statement.
pub fn card<T: ToCard>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    Ok(card_drawing::draw(&item.to_card(context)?, context.theme).into_bytes())
}
