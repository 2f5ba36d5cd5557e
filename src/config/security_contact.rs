//! Where to report a vulnerability.

use std::{fmt, str::FromStr};

use url::{ParseError, Url};

/// The URI at which vulnerabilities are reported: a `Contact` field of security.txt (RFC 9116, section 2.5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityContact(String);

/// Why a text is no contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseSecurityContactError {
    /// It is no absolute URI.
    #[error("expected a URI such as mailto:security@example.org, https://example.org/security or tel:+1-201-555-0123: {0}")]
    Invalid(#[from] ParseError),
    /// Its scheme is not one by which people are reached.
    #[error("expected a URI that begins with mailto:, https:// or tel:")]
    Scheme,
    /// A mailbox is missing in a `mailto` URI.
    #[error("expected a mailbox, as in mailto:security@example.org")]
    Mailbox,
    /// A `tel` URI has no global number.
    #[error("expected a number with the code of its country, as in tel:+1-201-555-0123")]
    Number,
    /// An `https` URI has a user name or a password, which would be published.
    #[error("expected a URL without a user name and a password, since it is published")]
    Credentials,
    /// It has a space or another character that a URI has only percent-encoded.
    #[error("expected a URI, in which a space is %20 and other such characters are percent-encoded as well")]
    Character,
}

impl FromStr for SecurityContact {
    type Err = ParseSecurityContactError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The parser would drop line breaks.
        if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
            return Err(ParseSecurityContactError::Character);
        }
        let url = Url::parse(text)?;
        match url.scheme() {
            "https" if url.username().is_empty() && url.password().is_none() => {}
            "https" => return Err(ParseSecurityContactError::Credentials),
            "mailto" if is_mailbox(url.path()) => {}
            "mailto" => return Err(ParseSecurityContactError::Mailbox),
            "tel" if is_global_number(url.path()) => {}
            "tel" => return Err(ParseSecurityContactError::Number),
            _ => return Err(ParseSecurityContactError::Scheme),
        }
        // What RFC 3986 allows in no URI, and the parser in some.
        if url.as_str().contains(['"', '<', '>', '\\', '^', '`', '{', '|', '}']) {
            return Err(ParseSecurityContactError::Character);
        }
        Ok(Self(url.into()))
    }
}

/// Whether this is a mailbox (RFC 6068, section 2): a name, one `@` and a domain.
fn is_mailbox(path: &str) -> bool {
    path.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty() && !domain.contains('@'))
}

/// Whether this is a global number (RFC 3966, section 3): `+`, digits and visual separators, and perhaps parameters.
fn is_global_number(path: &str) -> bool {
    let number = path.split(';').next().and_then(|number| number.strip_prefix('+'));
    number.is_some_and(|number| {
        number.contains(|letter: char| letter.is_ascii_digit()) && number.bytes().all(|byte| byte.is_ascii_digit() || b"-.()".contains(&byte))
    })
}

impl fmt::Display for SecurityContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_a_mailbox_a_page_or_a_number() {
        for (text, expected) in [
            ("mailto:security@example.org", "mailto:security@example.org"),
            ("mailto:security%2Buri%2Bencoded@example.com", "mailto:security%2Buri%2Bencoded@example.com"),
            ("MAILTO:security@example.org?subject=Bayan%3A%20a%20fault", "mailto:security@example.org?subject=Bayan%3A%20a%20fault"),
            ("mailto:أمن@example.org", "mailto:%D8%A3%D9%85%D9%86@example.org"),
            ("mailto:a@example.org?subject=\"x\"", "mailto:a@example.org?subject=%22x%22"),
            ("https://example.org/security-contact.html", "https://example.org/security-contact.html"),
            ("HTTPS://Example.ORG", "https://example.org/"),
            ("https://بيان.example/أمن#form", "https://xn--mgbb5goa.example/%D8%A3%D9%85%D9%86#form"),
            ("tel:+1-201-555-0123", "tel:+1-201-555-0123"),
            ("tel:+964.1.(555).0100;ext=7", "tel:+964.1.(555).0100;ext=7"),
        ] {
            assert_eq!(text.parse::<SecurityContact>().map(|contact| contact.to_string()).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_reaches_nobody_is_rejected_for_its_reason() {
        use ParseSecurityContactError::{Character, Credentials, Invalid, Mailbox, Number, Scheme};
        for (text, expected) in [
            ("", Invalid(ParseError::RelativeUrlWithoutBase)),
            ("security@example.org", Invalid(ParseError::RelativeUrlWithoutBase)),
            ("https://", Invalid(ParseError::EmptyHost)),
            ("http://example.org/security", Scheme),
            ("javascript:alert(1)", Scheme),
            ("mailto:security", Mailbox),
            ("mailto:@example.org", Mailbox),
            ("mailto:a@b@example.org", Mailbox),
            ("mailto:?to=a@example.org", Mailbox),
            ("tel:", Number),
            ("tel:112", Number),
            ("tel:+", Number),
            ("tel:+1-800-BAYAN", Number),
            ("https://user:secret@example.org", Credentials),
            ("mailto:a@example.org\nExpires: never", Character),
            ("mailto:a b@example.org", Character),
            ("https://example.org/a\tb", Character),
            ("mailto:<a@example.org>", Character),
        ] {
            assert_eq!(text.parse::<SecurityContact>(), Err(expected), "{text}");
        }
    }
}
