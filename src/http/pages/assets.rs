//! The files that pages load, embedded in the binary.

use std::sync::LazyLock;

use axum::{
    extract::RawPathParams,
    response::{IntoResponse, Redirect},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::Error;
use crate::http::{
    cache::{policy::CachePolicy, response::CachedResponse},
    pages::html::not_found,
};

/// An embedded file.
#[derive(Debug)]
struct Asset {
    name: &'static str,
    content_type: &'static str,
    body: &'static [u8],
}

/// The media type of WOFF2 (RFC 8081, section 4.4.5).
const FONT: &str = "font/woff2";

/// The style sheet: what all pages share, then the pages of single items and the check of quotations.
const STYLE: &str = concat!(include_str!("assets/style.css"), include_str!("assets/items.css"));

const ASSETS: [Asset; 9] = [
    Asset { name: "style.css", content_type: "text/css; charset=utf-8", body: STYLE.as_bytes() },
    Asset { name: "embed.css", content_type: "text/css; charset=utf-8", body: include_bytes!("assets/embed.css") },
    Asset { name: "script.js", content_type: "text/javascript; charset=utf-8", body: include_bytes!("assets/script.js") },
    Asset { name: "theme.js", content_type: "text/javascript; charset=utf-8", body: include_bytes!("assets/theme.js") },
    Asset { name: "icon.svg", content_type: "image/svg+xml", body: include_bytes!("assets/icon.svg") },
    Asset { name: "naskh-regular.woff2", content_type: FONT, body: include_bytes!("../../picture/fonts/Naskh-Regular.woff2") },
    Asset { name: "naskh-bold.woff2", content_type: FONT, body: include_bytes!("../../picture/fonts/Naskh-Bold.woff2") },
    Asset { name: "sans-regular.woff2", content_type: FONT, body: include_bytes!("../../picture/fonts/Sans-Regular.woff2") },
    Asset { name: "sans-bold.woff2", content_type: FONT, body: include_bytes!("../../picture/fonts/Sans-Bold.woff2") },
];

/// The version of all files together: a hash of their bytes.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let bodies: Vec<&[u8]> = ASSETS.iter().map(|asset| asset.body).collect();
    BASE64.encode(xxh3_64(&bodies.concat()).to_be_bytes())
});

/// The path of a file with the current version, relative to the root of the service.
pub fn path(name: &str) -> String {
    format!("assets/{}/{name}", *VERSION)
}

/// The responses, in the order of [`ASSETS`]: under the current version, and under any other. They are rendered and compressed
/// once, whatever happens to the cache.
static RESPONSES: LazyLock<[[CachedResponse; 2]; ASSETS.len()]> =
    LazyLock::new(|| ASSETS.each_ref().map(|asset| [CachePolicy::Immutable, CachePolicy::Default].map(|policy| asset.response(policy))));

impl Asset {
    fn response(&self, policy: CachePolicy) -> CachedResponse {
        CachedResponse::of_program(self.content_type, policy, self.body.into())
    }
}

/// The file with this name. A page that was cached before an upgrade requests an old version: the response is the new
/// file, which caches then hold no longer than a page.
pub async fn get(path: RawPathParams) -> Result<CachedResponse, Error> {
    let mut parts = path.iter().map(|(_, part)| part);
    let (version, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let index = ASSETS.iter().position(|asset| asset.name == name).ok_or_else(not_found)?;
    let [current, outdated] = &RESPONSES[index];
    Ok(if version == *VERSION { current } else { outdated }.clone())
}

/// `/favicon.ico`, which programs request that read no HTML.
pub async fn favicon() -> impl IntoResponse {
    Redirect::temporary(&path("icon.svg"))
}

#[cfg(test)]
mod tests {
    /// The properties in the rule that a selector begins.
    fn rule<'s>(style: &'s str, selector: &str) -> Vec<&'s str> {
        let (_, rest) = style.split_once(&format!("{selector} {{")).unwrap();
        rest.split_once('}').unwrap().0.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn the_dark_colours_are_those_of_the_system_and_of_the_switch_alike() {
        let style = include_str!("assets/style.css");
        let (system, switch) = (rule(style, r#":root:not([data-theme="light"])"#), rule(style, r#":root[data-theme="dark"]"#));
        assert_eq!(system, switch);
        assert!(system.len() > 10);
    }
}
