//! Redirects a URL that was copied with more than belongs to it: a slash at its end, punctuation, or invisible marks.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::percent_decode_str;

use crate::{
    formats::SiteUrl,
    http::{
        security_headers::apply_security_headers,
        state::AppState,
        uri::{encoded_query, join_query, with_path},
    },
};

/// Redirects to the canonical path where the requested one is not found, and the canonical one is.
pub async fn redirect_to_canonical_path(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let Some(canonical) = CanonicalPath::of(app.site(), request.uri()) else { return next.run(request).await };
    let mut probe = Request::new(Body::empty());
    *probe.uri_mut() = canonical.uri;
    // A browser follows no redirect of a preflight: it gets the response to the preflight of the canonical path.
    let is_options = request.method() == Method::OPTIONS;
    *probe.method_mut() = if is_options { Method::OPTIONS } else { Method::HEAD };
    let response = next.clone().run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let probed = next.run(probe).await;
    if probed.status() == StatusCode::NOT_FOUND {
        return response;
    }
    if is_options {
        return probed;
    }
    let mut redirect = Redirect::permanent(&canonical.location).into_response();
    apply_security_headers(redirect.headers_mut());
    redirect
}

/// The path without what does not belong to it.
#[derive(Debug)]
struct CanonicalPath {
    /// The URI with this path, and with the query of the original one.
    uri: Uri,
    /// The same, as clients of the host see it.
    location: String,
}

/// Whether a character at the end of a path is the sentence's around the URL: a slash, a space, punctuation in Latin or Arabic
/// script, or one of Unicode's general punctuation (U+2000 to U+206F), which includes the marks of direction.
fn is_foreign(end: char) -> bool {
    end.is_ascii_punctuation() || matches!(end, ' ' | '\u{a0}' | '«' | '»' | '،' | '؛' | '؟' | '\u{61c}' | '۔' | '\u{2000}'..='\u{206f}' | '\u{feff}')
}

impl CanonicalPath {
    /// The canonical path; none if the path of the URI may be canonical itself. Every path of this service ends with a letter
    /// or a digit, except those of a few pages, which are found.
    fn of(site: &SiteUrl, uri: &Uri) -> Option<Self> {
        let original = site.strip_base_path(uri.path());
        let decoded = percent_decode_str(original).decode_utf8().ok()?;
        let trimmed = decoded.trim_end_matches(is_foreign);
        // What begins with `//` names a host.
        let is_plain = !trimmed.starts_with("//") && trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        if trimmed.len() == decoded.len() || original == "/" || !is_plain {
            return None;
        }
        let path = if trimmed.is_empty() { "/" } else { trimmed };
        Some(Self { location: join_query(&site.public_path(path), encoded_query(uri).as_deref()), uri: with_path(uri, path)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(site: &SiteUrl, uri: &str) -> Option<(String, String)> {
        let canonical = CanonicalPath::of(site, &Uri::try_from(uri).unwrap())?;
        Some((canonical.uri.to_string(), canonical.location))
    }

    #[test]
    fn the_end_is_trimmed_to_the_last_letter_or_digit() {
        let (root, below) = (SiteUrl::relative(), SiteUrl::new("https://bayan.example/a"));
        for (uri, path) in [
            ("/v1/", "/v1"),
            ("/v1//?a=%D8&b", "/v1?a=%D8&b"),
            ("/v1/clauses/6b.", "/v1/clauses/6b"),
            ("/v1/clauses.csv).", "/v1/clauses.csv"),
            ("/en/milestones/a\u{200f}", "/en/milestones/a"),
            ("/en/milestones/a%D8%8C?x=1", "/en/milestones/a?x=1"),
            ("/v1%2Fclauses%2F", "/v1/clauses"),
            ("/%C2%BB", "/"),
            ("//", "/"),
        ] {
            assert_eq!(canonical(&root, uri), Some((path.to_owned(), path.to_owned())), "{uri}");
            for uri in [uri.to_owned(), format!("/a{uri}")] {
                assert_eq!(canonical(&below, &uri), Some((path.to_owned(), format!("/a{path}"))), "{uri}");
            }
        }
        assert_eq!(canonical(&root, "/v1/?x=\u{62b}"), Some(("/v1?x=\u{62b}".to_owned(), "/v1?x=%D8%AB".to_owned())));
        for uri in [
            "/",
            "/v1",
            "/v1/clauses/6b?q=.",
            "/v1/\u{639}.",
            "/v1/%FF.",
            "/v1/a%0Ab.",
            "/v1/%00",
            "/v1%0A",
            "/v1%C2%85",
            "//evil.example/",
            "/%2Fevil.example.",
        ] {
            assert_eq!(canonical(&root, uri), None, "{uri}");
        }
    }
}
