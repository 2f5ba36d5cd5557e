//! The language of a page: from the URL, or from the browser's preference.

use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Redirect},
};

use crate::{
    corpus::Language,
    http::{
        headers::{list_members, parse_qvalue},
        state::AppState,
        uri::{encoded_query, join_query},
    },
};

/// The language that the path of a page begins with, and the rest of the path.
pub fn split_language(path: &str) -> Option<(Language, &str)> {
    let rest = path.strip_prefix('/')?;
    let (first, rest) = rest.split_once('/').unwrap_or((rest, ""));
    Language::ALL.into_iter().find(|language| language.code() == first).map(|language| (language, rest))
}

/// Redirects to the pages in the language that the browser prefers; to the English pages if it prefers neither.
pub async fn redirect_to_language(State(app): State<AppState>, uri: Uri, headers: HeaderMap) -> impl IntoResponse {
    let language = preferred_language(&headers);
    // Relative, since a proxy may have removed a base path that is not configured. One that is may have been requested without
    // the slash at its end, which relative URLs need.
    let target = match app.site().base_path() {
        "" => format!("{}/", language.code()),
        base_path => format!("{base_path}/{}/", language.code()),
    };
    // The target depends on the header (RFC 9110, section 12.5.5).
    ([(header::VARY, "accept-language")], Redirect::temporary(&join_query(&target, encoded_query(&uri).as_deref())))
}

/// The language with the highest quality. A range matches the tags that begin with it (RFC 4647, section 3.3.1).
fn preferred_language(headers: &HeaderMap) -> Language {
    let quality = |language: Language| {
        let ranges = list_members(headers, &header::ACCEPT_LANGUAGE).filter_map(parse_qvalue);
        let matching = ranges.filter(|(range, _)| range.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(language.code())));
        matching.map(|(_, quality)| quality).max().unwrap_or(0)
    };
    if quality(Language::Ar) > quality(Language::En) { Language::Ar } else { Language::En }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// The header in these lines.
    fn accept_language(lines: &[&[u8]]) -> HeaderMap {
        lines.iter().map(|line| (header::ACCEPT_LANGUAGE, HeaderValue::from_bytes(line).unwrap())).collect()
    }

    #[test]
    fn the_language_with_the_highest_quality_is_preferred_and_english_by_default() {
        for (line, language) in [
            ("", Language::En),
            ("ar", Language::Ar),
            ("AR-iq", Language::Ar),
            ("ar-IQ,ar;q=0.9,en;q=0.8", Language::Ar),
            ("en-GB,en;q=0.9,ar;q=0.8", Language::En),
            ("de, ar;q=0.5, en;q=0.4", Language::Ar),
            ("de, *", Language::En),
            ("ar;q=0", Language::En),
            ("arc, arz", Language::En),
            (";;;,,q=", Language::En),
        ] {
            assert_eq!(preferred_language(&accept_language(&[line.as_bytes()])), language, "{line}");
        }
        assert_eq!(preferred_language(&HeaderMap::new()), Language::En);
    }

    #[test]
    fn every_line_counts_and_an_invalid_range_affects_no_other() {
        for (lines, language) in [
            (&[&b"de"[..], b"ar"][..], Language::Ar),
            (&[b"en;q=0.5", b"fr, ar;q=0.7"], Language::Ar),
            (&[b"ar;q=0.2", b"", b"en;q=0.3"], Language::En),
            (&[b"\xff, ar"], Language::Ar),
            (&[b"en;q=0.1, \xd8\xb9", b"ar-IQ"], Language::Ar),
        ] {
            assert_eq!(preferred_language(&accept_language(lines)), language, "{lines:?}");
        }
    }
}
