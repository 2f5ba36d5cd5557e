//! The parameter `_`, which clients add so that a cache does not respond: it selects nothing.

use axum::http::Uri;
use percent_encoding::percent_decode_str;

use crate::http::uri::{join_query, with_path_and_query};

/// The URI without its parameters `_`, so that it is routed and cached like the URI without them; none if it has none.
pub fn without_cache_buster(uri: &Uri) -> Option<Uri> {
    let query = uri.query()?;
    if !query.split('&').any(is_cache_buster) {
        return None;
    }
    let rest: Vec<&str> = query.split('&').filter(|pair| !is_cache_buster(pair)).collect();
    let rest = rest.join("&");
    with_path_and_query(uri, join_query(uri.path(), Some(rest.as_str()).filter(|rest| !rest.is_empty())))
}

fn is_cache_buster(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    // Most names begin with a letter.
    name.starts_with(['_', '%']) && percent_decode_str(name).eq(*b"_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameter_is_removed_and_all_others_stay() {
        for (uri, expected) in [
            ("/v1?_=1", Some("/v1")),
            ("/v1?_", Some("/v1")),
            ("/v1?_=1&_=2&%5f=3&%5F", Some("/v1")),
            ("/v1/clauses?voice=agency&_=1732#&a", Some("/v1/clauses?voice=agency")),
            ("/v1/clauses?_=1&voice=agency&limit=2", Some("/v1/clauses?voice=agency&limit=2")),
            ("http://x/v1?_=1&q=_", Some("http://x/v1?q=_")),
            ("/v1?__=1&a_=2&_a&q=_&%5F_=1", None),
            ("/v1/_?", None),
            ("/v1", None),
        ] {
            assert_eq!(without_cache_buster(&Uri::try_from(uri).unwrap()), expected.map(|expected| Uri::try_from(expected).unwrap()), "{uri}");
        }
    }
}
