//! The changes to the data, the newest first, and each on a page of its own.

use askama::Template;
use chrono::NaiveDate;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        listing::{ListQuery, Listing, PAGE_SIZE},
        request::PageRequest,
        view::{
            clause_messages as clause_msg,
            filter_form::{FilterForm, Select},
            layout::PageLayout,
            messages as msg,
            section::Section,
            share::Picture,
        },
    },
};
use crate::{
    clock::date_in_baghdad,
    corpus::{
        Language, Resource, Slug,
        changes::{Action, Change, ChangeFilter, ChangedResource},
        clauses::ClauseFilter,
        enum_name,
        milestones::MilestoneFilter,
        statements::StatementFilter,
    },
    error::Error,
    formats::date_words::format_day,
};

/// A change, with the path of its item's page below the language; `None` if the item was withdrawn.
struct Entry {
    change: Change,
    page: Option<String>,
}

impl Entry {
    fn new(change: Change) -> Self {
        // Every resource has pages under its own name.
        let page = (change.action != Action::Withdrawn).then(|| format!("{}/{}", enum_name(&change.resource), change.target));
        Self { change, page }
    }
}

/// The changes of one revision.
struct Revision {
    number: u32,
    published: NaiveDate,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ListPage {
    layout: PageLayout,
    form: FilterForm,
    parts: Listing<Change>,
    revisions: Vec<Revision>,
}

impl ListPage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]
    fn day(&self, day: &NaiveDate) -> String {
        format_day(*day, self.layout.language)
    }
}

#[derive(Template)]
#[template(path = "change.html")]
struct ItemPage {
    layout: PageLayout,
    entry: Entry,
    /// What a reader calls the item that changed; the id of one that was withdrawn.
    name: String,
    published: NaiveDate,
}

impl ItemPage {
    fn day(&self) -> String {
        format_day(self.published, self.layout.language)
    }
}

/// Shows the changes.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<ChangeFilter>::read(&request)?;
    let html = async {
        let language = request.language;
        let mut parts = query.load(&request, PAGE_SIZE, &["resource"]).await?;
        let mut layout = PageLayout::new(&request, Section::Other, msg::CHANGES.of(language), clause_msg::CHANGES_LEAD.of(language))
            .with_list(Resource::Changes, &query.selection());
        layout.query = query.canonical();
        let resources =
            Select::new("resource", msg::KIND, &clause_msg::CHANGED_RESOURCES, clause_msg::changed, &query.filter.resource, parts.facet("resource"), language);
        let form = query.form(&request, &layout, vec![resources], false, false).await?;
        let mut revisions: Vec<Revision> = Vec::new();
        for change in std::mem::take(&mut parts.items) {
            if revisions.last().is_none_or(|revision| revision.number != change.revision) {
                revisions.push(Revision { number: change.revision, published: date_in_baghdad(change.at), entries: Vec::new() });
            }
            if let Some(revision) = revisions.last_mut() {
                revision.entries.push(Entry::new(change));
            }
        }
        render(&ListPage { layout, form, parts, revisions })
    };
    query.respond(&request, false, html).await
}

/// Shows a change.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id: Slug = request.id()?;
    let html = async {
        let change = request.require::<ChangeFilter>(&id).await?;
        let language = request.language;
        let title = format!("{}: {}", clause_msg::CHANGE.of(language), change.summary.of(language));
        let mut layout = PageLayout::new(&request, Section::Other, title, change.summary.of(language)).with_item(Resource::Changes, &change.id);
        let picture = match change.resource {
            ChangedResource::Statements => Picture::of_item::<StatementFilter>(&request, &change.target).await?,
            ChangedResource::Clauses => Picture::of_item::<ClauseFilter>(&request, &change.target).await?,
            ChangedResource::Milestones => Picture::of_item::<MilestoneFilter>(&request, &change.target).await?,
            ChangedResource::Dates | ChangedResource::Actors | ChangedResource::Locations | ChangedResource::Notes => None,
        };
        layout.picture = picture.or(layout.picture);
        let published = date_in_baghdad(change.at);
        let name = request.name_of(change.resource.resource(), &change.target).await?.unwrap_or_else(|| change.target.to_string());
        render(&ItemPage { layout, name, entry: Entry::new(change), published })
    };
    request.respond(false, html).await
}
