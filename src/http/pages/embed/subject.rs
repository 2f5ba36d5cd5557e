//! What a URL that somebody wants to embed leads to, if it is that of a page of this service.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::http::pages::language::split_language;
use crate::{
    corpus::{Language, Slug},
    formats::SiteUrl,
};

/// The URL that references are relative to where no public URL is configured: its host is any.
const ANY_HOST: &str = "http://localhost/";

/// What a URL of a page leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Subject {
    /// A clause.
    Clause(Slug),
    /// A milestone.
    Milestone(Slug),
    /// The milestones of a statement.
    Statement(Slug),
    /// All milestones, or those of a query.
    Milestones(String),
}

/// What the URL of a page of this service leads to, and in which language; `None` if it is another URL. Where no public URL is configured,
/// the host is not known, and any may be it.
///
/// URLs are compared as RFC 3986, section 6.2, normalizes them: the case of scheme and host, default ports and escapes do not
/// matter. `http` and `https` are the same service.
pub fn subject(site: &SiteUrl, url: &str) -> Option<(Language, Subject)> {
    let root = Url::parse(if site.is_absolute() { site.root() } else { ANY_HOST }).ok()?;
    let url = if site.is_absolute() { Url::parse(url) } else { root.join(url) }.ok()?;
    let is_here = !site.is_absolute() || (url.host(), url.port()) == (root.host(), root.port());
    if !is_here || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let [path, base] = [&url, &root].map(|url| percent_decode_str(url.path()).decode_utf8_lossy());
    // A language follows the slash at the end of the base.
    let (language, path) = split_language(&path[path.strip_prefix(&*base).map(|_| base.len() - 1)?..])?;
    let mut parts = path.trim_end_matches('/').split('/');
    let subject = match (parts.next()?, parts.next(), parts.next()) {
        ("clauses", Some(id), None) => Subject::Clause(id.parse().ok()?),
        ("milestones", Some(id), None) => Subject::Milestone(id.parse().ok()?),
        ("milestones", None, _) => Subject::Milestones(url.query().unwrap_or_default().to_owned()),
        ("statements", Some(id), Some("reading")) => Subject::Statement(id.parse().ok()?),
        ("statements", Some(id), None) => {
            // The fragment is the label of a clause, before a text directive.
            let label = url.fragment().unwrap_or_default().split(":~:").next().unwrap_or_default();
            match format!("{id}-{label}").parse() {
                Ok(clause) if !label.is_empty() => Subject::Clause(clause),
                _ => Subject::Statement(id.parse().ok()?),
            }
        }
        _ => return None,
    };
    Some((language, subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_a_page_names_its_subject() {
        let site = SiteUrl::new("https://bayan.example/a");
        let slug = |id: &str| id.parse::<Slug>().unwrap();
        for (url, expected) in [
            ("https://bayan.example/a/ar/clauses/s-6b", Some((Language::Ar, Subject::Clause(slug("s-6b"))))),
            ("http://bayan.example/a/en/statements/s#6b:~:text=x", Some((Language::En, Subject::Clause(slug("s-6b"))))),
            ("https://bayan.example/a/en/statements/s?utm=1", Some((Language::En, Subject::Statement(slug("s"))))),
            ("https://bayan.example/a/en/milestones/m/", Some((Language::En, Subject::Milestone(slug("m"))))),
            ("https://bayan.example/a/en/milestones?kind=event", Some((Language::En, Subject::Milestones("kind=event".to_owned())))),
            ("https://bayan.example/a/en/statements/s/reading", Some((Language::En, Subject::Statement(slug("s"))))),
            ("HTTPS://Bayan.EXAMPLE:443/a/en/milestones/m", Some((Language::En, Subject::Milestone(slug("m"))))),
            ("http://bayan.example:80/a/x/../en/milestones/m?a#b", Some((Language::En, Subject::Milestone(slug("m"))))),
            ("https://bayan.example/%61/en/%6dilestones/m", Some((Language::En, Subject::Milestone(slug("m"))))),
            ("https://bayan.example/A/en/milestones/m", None),
            ("https://bayan.example/a/EN/milestones/m", None),
            ("https://bayan.example:8443/a/en/milestones/m", None),
            ("https://bayan.example:80/a/en/milestones/m", None),
            ("ftp://bayan.example/a/en/milestones/m", None),
            ("https://bayan.example/en/milestones/m", None),
            ("https://bayan.example.evil.example/a/en/milestones/m", None),
            ("https://evil.example/https://bayan.example/a/en/milestones/m", None),
            ("https://bayan.example/a/en/actors/iraq", None),
            ("/a/en/milestones/m", None),
            ("", None),
        ] {
            assert_eq!(subject(&site, url), expected, "{url}");
        }
        let international = SiteUrl::new("https://xn--mgbb5goa.example");
        assert!(subject(&international, "https://بيان.example/ar/milestones/m").is_some());
        for url in ["http://127.0.0.1:1/en/milestones/m", "/en/milestones/m"] {
            assert!(subject(&SiteUrl::relative(), url).is_some(), "{url}");
        }
    }
}
