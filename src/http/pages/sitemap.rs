//! The sitemap (<https://www.sitemaps.org/protocol.html>): the URLs of all pages in both languages; with many items, an index of files
//! that have them.

use std::fmt::Write as _;

use axum::{
    extract::{RawPathParams, State},
    http::{HeaderValue, header},
};

use crate::http::{
    cache::{policy::CachePolicy, response::CachedResponse},
    pages::html::not_found,
    state::{AppState, Cost, Snapshot},
};
use crate::{
    corpus::{Language, Resource, count_items, list_ids},
    error::Error,
    formats::SiteUrl,
    text::markup::escape_element_text,
};

/// The maximum number of URLs in a file. The protocol allows 50,000; a file of these has about a megabyte.
const MAX_URLS: u32 = 10_000;
/// The maximum number of items in a file: each has a page in both languages.
const MAX_ITEMS: u32 = MAX_URLS / 2;
/// The pages without an item, by their paths below the language.
const PAGES: [&str; 9] = ["", "statements", "milestones", "locations", "actors", "notes", "changes", "verify", "about"];
/// The resources whose items have a page.
const RESOURCES: [Resource; 7] =
    [Resource::Statements, Resource::Clauses, Resource::Milestones, Resource::Actors, Resource::Locations, Resource::Dates, Resource::Changes];

/// The sitemap, or the index of its files.
pub async fn index(State(app): State<AppState>) -> Result<CachedResponse, Error> {
    let snapshot = app.snapshot();
    let counts = RESOURCES.map(|resource| (resource, count_items(&snapshot.corpus, resource)));
    let site = app.absolute_site();
    let xml = async {
        if counts.iter().map(|(_, count)| count).sum::<u32>() > MAX_ITEMS {
            return Ok(index_of(site, &counts));
        }
        let mut urls = pages(site);
        for (resource, _) in counts {
            urls.push_str(&items(&app, &snapshot, resource, 0).await?);
        }
        Ok(url_set(&urls))
    };
    respond(&app, &snapshot, "index", xml).await
}

/// A file of the sitemap: `pages.xml`, or the items of a resource, `statements-1.xml`.
pub async fn part(State(app): State<AppState>, path: RawPathParams) -> Result<CachedResponse, Error> {
    let file = path.iter().next().and_then(|(_, file)| file.strip_suffix(".xml")).ok_or_else(not_found)?;
    let snapshot = app.snapshot();
    if file == "pages" {
        return respond(&app, &snapshot, file, async { Ok(url_set(&pages(app.absolute_site()))) }).await;
    }
    let (name, number) = file.split_once('-').ok_or_else(not_found)?;
    let resource = RESOURCES.into_iter().find(|resource| resource.name() == name).ok_or_else(not_found)?;
    let number = number.parse::<u32>().ok().filter(|number| (1..=files(count_items(&snapshot.corpus, resource))).contains(number)).ok_or_else(not_found)?;
    // Canonical, so that `statements-01.xml` is not cached as another file.
    let key = format!("{name}-{number}");
    respond(&app, &snapshot, &key, async { Ok(url_set(&items(&app, &snapshot, resource, number - 1).await?)) }).await
}

/// How many files so many items take.
const fn files(count: u32) -> u32 {
    count.div_ceil(MAX_ITEMS)
}

/// The `url` elements of the pages without an item.
fn pages(site: &SiteUrl) -> String {
    PAGES.iter().map(|page| urls(site, page)).collect()
}

/// The `url` elements of the items of a resource in its file with this number, from 0.
async fn items(app: &AppState, snapshot: &Snapshot, resource: Resource, file: u32) -> Result<String, Error> {
    let ids = app.timed_query(list_ids(&snapshot.corpus, resource, file * MAX_ITEMS, MAX_ITEMS)).await?;
    Ok(ids.iter().map(|id| urls(app.absolute_site(), &format!("{}/{id}", resource.name()))).collect())
}

/// The `url` elements of a page in all languages. A path has nothing that XML escapes; a configured URL may.
fn urls(site: &SiteUrl, path: &str) -> String {
    let url = |language: Language| format!("<url><loc>{}</loc></url>\n", escape_element_text(&site.page(language, path)));
    Language::ALL.map(url).concat()
}

/// A sitemap with these `url` elements.
fn url_set(urls: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n")
}

/// The index of the files.
fn index_of(site: &SiteUrl, counts: &[(Resource, u32)]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let numbered = counts.iter().flat_map(|(resource, count)| (1..=files(*count)).map(move |number| format!("{}-{number}", resource.name())));
    for file in std::iter::once("pages".to_owned()).chain(numbered) {
        let _ = writeln!(xml, "<sitemap><loc>{}sitemaps/{file}.xml</loc></sitemap>", escape_element_text(site.root()));
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// The cached file, or the one that `render` makes.
async fn respond(app: &AppState, snapshot: &Snapshot, file: &str, render: impl Future<Output = Result<String, Error>>) -> Result<CachedResponse, Error> {
    let generation = snapshot.generation;
    app.get_or_render(&format!("{generation} sitemap {file}"), Cost::Little, async {
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"))];
        Ok(CachedResponse::of_data_and_program(generation, CachePolicy::Default, headers, render.await?.into_bytes()))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_a_file_for_each_part_of_a_resource() {
        let xml = index_of(&SiteUrl::new("https://example.org/a&b"), &[(Resource::Statements, 5_001), (Resource::Actors, 0), (Resource::Locations, 5_000)]);
        let files: Vec<&str> = xml.split("sitemaps/").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(files, ["pages.xml", "statements-1.xml", "statements-2.xml", "locations-1.xml"]);
        assert!(xml.contains("https://example.org/a&amp;b/sitemaps/"));
    }
}
