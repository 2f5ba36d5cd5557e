//! Redirects a URL that was copied with more than belongs to it: a slash at its end, punctuation, or invisible marks.

use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::http::{
    security_headers::apply_security_headers,
    uri::{join_query, with_path},
};

/// Redirects to the canonical path where the requested one is not found, and the canonical one is.
pub async fn redirect_to_canonical_path(request: Request, next: Next) -> Response {
    let Some(canonical) = CanonicalPath::of(request.uri()) else { return next.run(request).await };
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
    let mut redirect = Redirect::permanent(&canonical.reference).into_response();
    apply_security_headers(redirect.headers_mut());
    redirect
}

/// The path without what does not belong to it.
#[derive(Debug)]
struct CanonicalPath {
    /// The URI with this path, and with the query of the original one.
    uri: Uri,
    /// The same, relative to the original one: behind a proxy the path may have a prefix, and no reference begins with `//`.
    reference: String,
}

/// Whether a character at the end of a path is the sentence's around the URL: a slash, a space, punctuation in Latin or Arabic
/// script, or one of Unicode's general punctuation (U+2000 to U+206F), which includes the marks of direction.
fn is_foreign(end: char) -> bool {
    end.is_ascii_punctuation() || matches!(end, ' ' | '\u{a0}' | '«' | '»' | '،' | '؛' | '؟' | '\u{61c}' | '۔' | '\u{2000}'..='\u{206f}' | '\u{feff}')
}

impl CanonicalPath {
    /// The canonical path; none if the path of the URI may be canonical itself. Every path of this service ends with a letter
    /// or a digit, except those of a few pages, which are found.
    fn of(uri: &Uri) -> Option<Self> {
        let original = uri.path();
        let decoded = percent_decode_str(original).decode_utf8().ok()?;
        let trimmed = decoded.trim_end_matches(is_foreign);
        let is_plain = trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        if trimmed.len() == decoded.len() || original == "/" || !is_plain {
            return None;
        }
        let path = if trimmed.is_empty() { "/" } else { trimmed };
        let query = uri.query().map(|query| utf8_percent_encode(query, CONTROLS).to_string());
        let levels = original.matches('/').count().checked_sub(path.matches('/').count())?;
        let up = if levels == 0 { "./".to_owned() } else { "../".repeat(levels) };
        let name = path.rsplit('/').next().unwrap_or_default();
        Some(Self { reference: join_query(&format!("{up}{name}"), query.as_deref()), uri: with_path(uri, path)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(uri: &str) -> Option<(String, String)> {
        let canonical = CanonicalPath::of(&Uri::try_from(uri).unwrap())?;
        Some((canonical.uri.to_string(), canonical.reference))
    }

    #[test]
    fn the_end_is_trimmed_to_the_last_letter_or_digit() {
        for (uri, path, reference) in [
            ("/v1/", "/v1", "../v1"),
            ("/v1//?a=%D8&b", "/v1?a=%D8&b", "../../v1?a=%D8&b"),
            ("/v1/clauses/6b.", "/v1/clauses/6b", "./6b"),
            ("/v1/clauses.csv).", "/v1/clauses.csv", "./clauses.csv"),
            ("/en/milestones/a\u{200f}", "/en/milestones/a", "./a"),
            ("/en/milestones/a%D8%8C?x=\u{62b}", "/en/milestones/a?x=\u{62b}", "./a?x=%D8%AB"),
            ("/v1/clauses%2F", "/v1/clauses", "./clauses"),
            ("/%C2%BB", "/", "./"),
            ("//", "/", "../"),
            ("//evil.example/", "//evil.example", "../evil.example"),
        ] {
            assert_eq!(canonical(uri), Some((path.to_owned(), reference.to_owned())), "{uri}");
        }
        for uri in ["/", "/v1", "/v1/clauses/6b?q=.", "/v1/\u{639}.", "/v1/%FF.", "/v1/a%0Ab.", "/v1%2Fclauses.", "/v1/%00", "/v1%0A", "/v1%C2%85"] {
            assert_eq!(canonical(uri), None, "{uri}");
        }
    }
}
