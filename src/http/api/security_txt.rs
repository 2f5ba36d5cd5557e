//! `/.well-known/security.txt`: where to report a vulnerability (RFC 9116).

use std::fmt::Write;

use axum::{
    Extension,
    extract::State,
    http::{HeaderName, header},
};
use chrono::{Days, NaiveDate};

use crate::{
    error::Error,
    formats::SiteUrl,
    http::{cache::policy::CachePolicy, state::AppState},
};

/// The path of the file: at the root of a host (RFC 9116, section 3).
pub const PATH: &str = "/.well-known/security.txt";
/// The days for which the file is valid, less than the year that section 2.5.5 advises.
const VALID_DAYS: Days = Days::new(180);

/// The response: how long it may be reused, its `Content-Type`, and the file.
type SecurityTxtResponse = (Extension<CachePolicy>, [(HeaderName, &'static str); 1], String);

/// Gets the file. Without contacts there is none, nor is there one below a path of another site, whose operator has one.
pub async fn get(State(app): State<AppState>) -> Result<SecurityTxtResponse, Error> {
    let (contacts, site) = (app.security_contacts(), app.site());
    if contacts.is_empty() || !site.base_path().is_empty() {
        return Err(Error::NotFound("The operator of this service has not said where to report a vulnerability.".to_owned()));
    }
    // The same on every server during a day, and never expired where it is cached.
    let expires = app.clock().now().date_naive().checked_add_days(VALID_DAYS).unwrap_or(NaiveDate::MAX);
    let mut file = String::new();
    for contact in contacts {
        let _ = writeln!(file, "Contact: {contact}");
    }
    let _ = writeln!(file, "Expires: {expires}T00:00:00Z\nPreferred-Languages: en, ar");
    if let Some(url) = canonical_url(site) {
        let _ = writeln!(file, "Canonical: {url}");
    }
    Ok((Extension(CachePolicy::OneDay), [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], file))
}

/// The URL of the file. Section 2.5.2 allows `https` only.
fn canonical_url(site: &SiteUrl) -> Option<String> {
    site.root().starts_with("https://").then(|| format!("{}{PATH}", site.root().trim_end_matches('/')))
}
