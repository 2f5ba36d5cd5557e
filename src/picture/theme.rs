//! The colours of pictures: those of the pages, light and dark.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark text on a light ground.
    #[default]
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// The colours of a theme, as SVG writes them.
#[derive(Clone, Copy, Debug)]
pub struct Colours {
    /// The ground.
    pub paper: &'static str,
    /// The ground of a note.
    pub note: &'static str,
    /// Text.
    pub ink: &'static str,
    /// Text of less weight.
    pub muted: &'static str,
    /// Lines.
    pub rule: &'static str,
    /// The statement's own words.
    pub statement: &'static str,
    /// The words of a third party, whom the medium quotes.
    pub third_party: &'static str,
    /// The words of the medium.
    pub agency: &'static str,
    /// Critical notes.
    pub critical: &'static str,
    /// Today, and the flags of deadlines.
    pub today: &'static str,
}

impl Theme {
    /// The colours of the theme.
    #[must_use]
    pub const fn colours(self) -> Colours {
        match self {
            Self::Light => Colours {
                paper: "#fdfcf9",
                note: "#f8ebe8",
                ink: "#1c1b19",
                muted: "#57544d",
                rule: "#cdc9bf",
                statement: "#1d3b53",
                third_party: "#87480a",
                agency: "#5b5a56",
                critical: "#a0151c",
                today: "#b3122d",
            },
            Self::Dark => Colours {
                paper: "#15181b",
                note: "#2b1e20",
                ink: "#ebe8e1",
                muted: "#b1aea6",
                rule: "#434a50",
                statement: "#a3c9e6",
                third_party: "#e6b06c",
                agency: "#bdbbb4",
                critical: "#ff9b95",
                today: "#ff8794",
            },
        }
    }
}
