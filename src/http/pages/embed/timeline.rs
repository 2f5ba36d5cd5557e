//! Milestones on a timeline in a frame, with the filters of their list.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        embed::request::EmbedRequest,
        html::render,
        listing::ListQuery,
        view::{layout::PageLayout, messages as msg, section::Section},
    },
};
use crate::{
    corpus::{
        Day, Voice,
        attribution::attribution,
        milestones::{Milestone, MilestoneFilter},
        statements::StatementFilter,
    },
    error::Error,
    formats::time_axis::{Axis, Bar, Percent},
};

/// How many milestones an embed has at most; the page has the others.
pub const MAX_ITEMS: u32 = 50;

#[derive(Template)]
#[template(path = "embed_timeline.html")]
struct Embed {
    layout: PageLayout,
    class: &'static str,
    rows: Vec<(Milestone, Option<Bar>)>,
    /// The position of today on the axis.
    today: Option<Percent>,
    as_of: Day,
    /// Whether milestones are left out.
    is_cut: bool,
    /// The URL of the page.
    url: String,
}

impl Embed {
    /// The speaker; none for the statement's own words.
    fn speaker(&self, milestone: &Milestone) -> Option<String> {
        (milestone.voice != Voice::Statement).then(|| attribution(milestone.voice, milestone.speaker_name.as_ref()).of(self.layout.language).to_owned())
    }

    /// The critical notes on a milestone.
    fn critical(&self, milestone: &Milestone) -> Vec<String> {
        let critical = milestone.notes.iter().filter(|note| note.is_critical());
        critical.map(|note| note.text.of(self.layout.language).to_owned()).collect()
    }
}

/// Shows milestones.
pub async fn timeline(request: EmbedRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<MilestoneFilter>::read(&request.page)?;
    let html = async {
        let listing = query.load(&request.page, MAX_ITEMS, &[]).await?;
        let as_of = query.filter.as_of.unwrap_or(request.page.today());
        let language = request.page.language;
        let mut title = msg::MILESTONES.of(language).to_owned();
        if let [id] = query.filter.statement.as_slice() {
            let statement = request.page.require::<StatementFilter>(id).await?;
            title = format!("{title} – {}", statement.title.of(language));
        }
        let mut layout = PageLayout::new(&request.page, Section::Other, title, "");
        layout.description.clone_from(&layout.title);
        let axis = Axis::new(&listing.items, as_of.date(), layout.is_rtl());
        let url = layout.permalink(&format!("milestones{}", query.selection()));
        let is_cut = !listing.is_whole();
        let row = |milestone: Milestone| {
            let bar = axis.bar(&milestone);
            (milestone, bar)
        };
        let rows = listing.items.into_iter().map(row).collect();
        render(&Embed { layout, class: request.class(), rows, today: axis.position(as_of.date()), as_of, is_cut, url })
    };
    request.respond(&query.canonical(), html).await
}
