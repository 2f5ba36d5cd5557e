//! Content codings: which one a client prefers, and how a body is compressed (RFC 9110, sections 8.4 and 12.5.3).

use std::io::Write;

use axum::http::{HeaderMap, header};

use crate::http::headers::{list_members, parse_qvalue};

/// The codings that a body can be sent in; the one with the smallest result first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentCoding {
    /// Brotli, RFC 7932.
    Brotli,
    /// Zstandard, RFC 8878.
    Zstd,
    /// gzip, RFC 1952.
    Gzip,
}

impl ContentCoding {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// Compresses a body. The levels are high, since a body is compressed once and sent many times.
    ///
    /// # Errors
    /// When the compressor fails.
    pub fn compress(self, body: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
                writer.write_all(body)?;
                Ok(writer.into_inner())
            }
            Self::Zstd => zstd::encode_all(body, 6),
            Self::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
                writer.write_all(body)?;
                writer.finish()
            }
        }
    }
}

/// The coding that the client prefers among those that it accepts; `None` if it prefers the uncompressed body.
pub fn negotiate_coding(headers: &HeaderMap) -> Option<ContentCoding> {
    let accepted: Vec<(&str, u16)> = list_members(headers, &header::ACCEPT_ENCODING).filter_map(parse_qvalue).collect();
    let named = |name: &str| accepted.iter().find(|(coding, _)| coding.eq_ignore_ascii_case(name)).map(|(_, quality)| *quality);
    // A coding's own entry takes precedence over `*`.
    let quality = |coding: &ContentCoding| named(coding.name()).or_else(|| named("*")).unwrap_or(0);
    let least = named("identity").unwrap_or(0).max(1);
    ContentCoding::ALL.into_iter().rev().max_by_key(quality).filter(|coding| quality(coding) >= least)
}
