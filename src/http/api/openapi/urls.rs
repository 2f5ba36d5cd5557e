//! The URLs in the description: those of the examples begin as the URLs of this service do.

use serde_json::{Value, json};

use crate::formats::SiteUrl;

/// The URL of the API in the examples, with a slash at its end.
const EXAMPLE_ROOT: &str = "/v1/";

/// Names the service in `servers`, and in every URL of the examples.
pub fn name_service(document: &mut Value, site: &SiteUrl) {
    let url = match site.root().trim_end_matches('/') {
        "" => "/",
        root => root,
    };
    document["servers"] = json!([{"url": url, "description": "This service."}]);
    rebase(document, site);
}

/// Makes the URLs in an example those of the service: a member that is named as a URL, or the example of its schema.
pub fn rebase(value: &mut Value, site: &SiteUrl) {
    match value {
        Value::Object(object) => {
            for (name, member) in object {
                let example = if member.get("example").is_some() { &mut member["example"] } else { &mut *member };
                match example.as_str() {
                    Some(url) if matches!(name.as_str(), "url" | "self" | "next") => {
                        if let Some(reference) = url.strip_prefix(EXAMPLE_ROOT) {
                            *example = site.api(reference).into();
                        }
                    }
                    Some(path) if name == "instance" => *example = site.public_path(path).into(),
                    _ => rebase(member, site),
                }
            }
        }
        Value::Array(array) => array.iter_mut().for_each(|value| rebase(value, site)),
        _ => {}
    }
}
