//! Which format a response is rendered in: the suffix of the path decides, else `Accept`, else JSON (RFC 9110, section 12.5.1).

use axum::{
    extract::Request,
    http::{HeaderMap, Uri, header, request::Parts},
};

use crate::{
    error::Error,
    formats::Format,
    http::{
        headers::{list_members, parse_qvalue},
        uri::with_path,
    },
};

/// The format that the suffix of the path names, in the extensions of the request.
#[derive(Clone, Copy, Debug)]
struct PathExtension(Format);

/// The suffix of a package, which is another document than its statement, and has a route of its own.
const PACKAGE_SUFFIX: &str = ".package.json";

/// Strips a known suffix off the path, so that one route serves every format.
///
/// Ids have no dots, so a suffix is never part of one. This runs around the router, which cannot match `/{id}.json`.
pub fn strip_extension(mut request: Request) -> Request {
    if let Some(statement) = request.uri().path().strip_suffix(PACKAGE_SUFFIX).filter(|path| path.starts_with("/v1/statements/")) {
        if let Some(uri) = with_path(request.uri(), &format!("{statement}/package")) {
            *request.uri_mut() = uri;
        }
        return request;
    }
    if let Some((uri, format)) = split_extension(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(PathExtension(format));
    }
    request
}

/// The URI without its suffix, and the format that the suffix names.
fn split_extension(uri: &Uri) -> Option<(Uri, Format)> {
    let without = |format: Format| uri.path().strip_suffix(format.extension())?.strip_suffix('.');
    // The longest suffix counts: `.csl.json` ends in `.json`.
    let candidates = Format::ALL.into_iter().filter_map(|format| Some((without(format)?, format)));
    let (path, format) = candidates.min_by_key(|(path, _)| path.len())?;
    // `/v1/.json` has no name before its suffix, and `/openapi.json` is not a resource.
    if !(path == "/v1" || path.starts_with("/v1/")) || path.ends_with('/') {
        return None;
    }
    Some((with_path(uri, path)?, format))
}

/// The format that a response is rendered in, among those that are available.
#[derive(Clone, Debug)]
pub struct Negotiated {
    /// The format.
    pub format: Format,
    /// Whether the suffix of the path names it, rather than `Accept`.
    pub by_extension: bool,
    /// The formats that are available.
    pub available: Vec<Format>,
}

impl Negotiated {
    /// Chooses one of the available formats, which are listed by preference.
    ///
    /// # Errors
    /// When none of them is acceptable.
    pub fn among(parts: &Parts, available: Vec<Format>) -> Result<Self, Error> {
        let extension = parts.extensions.get::<PathExtension>().map(|PathExtension(format)| *format);
        let chosen = match extension {
            Some(format) => available.contains(&format).then_some(format),
            None => preferred(&parts.headers, &available),
        };
        match chosen {
            Some(format) => Ok(Self { format, by_extension: extension.is_some(), available }),
            None => Err(Error::NotAcceptable(available.into_iter().map(Format::media_type).collect())),
        }
    }
}

/// The available format with the highest quality; of equals, the first.
fn preferred(headers: &HeaderMap, available: &[Format]) -> Option<Format> {
    let ranges = media_ranges(headers);
    if ranges.is_empty() {
        return available.first().copied();
    }
    let quality = |format: &Format| quality(&ranges, format.media_type());
    // A browser that opens a link asks for a page, and lists the pictures that it can show as equals of it: it gets data.
    let is_navigation = ranges.iter().any(|(range, _)| range.eq_ignore_ascii_case("text/html"));
    available.iter().copied().filter(|format| !(is_navigation && format.is_picture())).rev().max_by_key(quality).filter(|format| quality(format) > 0)
}

/// The media ranges of `Accept`, each with its quality.
pub fn media_ranges(headers: &HeaderMap) -> Vec<(&str, u16)> {
    list_members(headers, &header::ACCEPT).filter_map(parse_qvalue).collect()
}

/// The quality of a media type among media ranges, in thousandths: that of the most specific range that matches, and the
/// highest if that is repeated with other parameters.
pub fn quality(ranges: &[(&str, u16)], media_type: &str) -> u16 {
    let kind = media_type.split_once('/').map_or(media_type, |(kind, _)| kind);
    let highest = |matches: &dyn Fn(&str) -> bool| ranges.iter().filter(|(range, _)| matches(range)).map(|(_, quality)| *quality).max();
    let exact = highest(&|range| range.eq_ignore_ascii_case(media_type));
    let of_kind = || highest(&|range| range.strip_suffix("/*").is_some_and(|range| range.eq_ignore_ascii_case(kind)));
    exact.or_else(of_kind).or_else(|| highest(&|range| range == "*/*")).unwrap_or(0)
}
