//! About the site: what it is, who its editors are, how they work, what happens to errors, and how to report one.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{about_messages as about, layout::PageLayout, messages as msg, section::Section},
    },
};
use crate::{corpus::Language, error::Error, formats::Format};

#[derive(Template)]
#[template(path = "about.html")]
struct Page {
    layout: PageLayout,
    /// Whether the service has a `security.txt`.
    has_contact: bool,
}

/// Shows the page.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let language = request.language;
        let layout = PageLayout::new(&request, Section::Other, msg::ABOUT_PAGE.of(language), about::WHAT.of(language));
        let has_contact = !request.app.security_contacts().is_empty() && request.app.site().base_path().is_empty();
        render(&Page { layout, has_contact })
    };
    request.respond(false, html).await
}
