//! Follows the requests in the bytes of a connection, and makes hyper reject what it would silently drop.
//!
//! hyper drops the fragment of a request target, and a `Content-Length` beside a `Transfer-Encoding`; nothing behind hyper can
//! see either. A proxy that does not drop them applies its rules to another request than the one that is served.

use memchr::{memchr, memchr2};

/// The longest word that the scanner compares: `transfer-encoding`.
const MAX_WORD_BYTES: usize = 17;
/// Written over the byte that makes a request invalid. It is allowed nowhere in a header section, so hyper responds with a 400.
const INVALID_BYTE: u8 = 0;

/// Where the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the method, or in an empty line before it (RFC 9112, section 2.2).
    Method,
    Target,
    Version,
    /// In a field name; at its first byte the header section may end.
    FieldName,
    FieldValue,
    ContentLength,
    /// In a body of which this number of bytes is to come.
    Body(u64),
    /// After the last request: this one is rejected, or its response closes the connection.
    End,
}

/// Follows the requests of one connection.
#[derive(Debug)]
pub struct RequestScanner {
    place: Place,
    /// The beginning of the method or of the field name, in lower case.
    word: [u8; MAX_WORD_BYTES],
    /// The length of the whole word.
    word_length: usize,
    is_post: bool,
    /// The value of `Content-Length`.
    content_length: Option<u64>,
    is_transfer_encoded: bool,
}

impl RequestScanner {
    /// A scanner at the start of a connection.
    pub const fn new() -> Self {
        Self { place: Place::Method, word: [0; MAX_WORD_BYTES], word_length: 0, is_post: false, content_length: None, is_transfer_encoded: false }
    }

    /// Follows the next bytes of the connection. In an invalid request, one byte becomes [`INVALID_BYTE`].
    pub fn scan(&mut self, bytes: &mut [u8]) {
        let mut at = 0;
        while let Some(rest) = bytes.get_mut(at..).filter(|rest| !rest.is_empty()) {
            at += match self.place {
                Place::End => return,
                Place::Body(left) => self.skip_body(left, rest.len()),
                Place::Version | Place::FieldValue => self.skip_line(rest),
                Place::Method => self.scan_method(rest),
                Place::Target => self.scan_target(rest),
                Place::FieldName => self.scan_field_name(rest),
                Place::ContentLength => self.scan_content_length(rest[0]),
            };
        }
    }

    fn skip_body(&mut self, left: u64, available: usize) -> usize {
        let skipped = usize::try_from(left).unwrap_or(usize::MAX).min(available);
        let left = left - skipped as u64;
        self.place = if left == 0 { Place::Method } else { Place::Body(left) };
        skipped
    }

    fn skip_line(&mut self, rest: &[u8]) -> usize {
        let Some(end) = memchr(b'\n', rest) else { return rest.len() };
        self.place = Place::FieldName;
        end + 1
    }

    fn scan_method(&mut self, rest: &[u8]) -> usize {
        // An empty line before the request.
        let blank = if self.word_length == 0 { rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count() } else { 0 };
        let Some(length) = memchr(b' ', &rest[blank..]) else {
            self.push_word(&rest[blank..]);
            return rest.len();
        };
        self.push_word(&rest[blank..blank + length]);
        self.is_post = self.take_word() == b"post";
        self.place = Place::Target;
        blank + length + 1
    }

    fn scan_target(&mut self, rest: &mut [u8]) -> usize {
        let Some(end) = memchr2(b' ', b'#', rest) else { return rest.len() };
        if rest[end] == b'#' {
            // RFC 9112, section 3.2: no form of a request target has a fragment.
            self.invalidate(&mut rest[end]);
        } else {
            self.place = Place::Version;
        }
        end + 1
    }

    fn scan_field_name(&mut self, rest: &mut [u8]) -> usize {
        // The empty line at the end of the header section.
        let blank = if self.word_length == 0 { rest.iter().take_while(|byte| **byte == b'\r').count() } else { 0 };
        let Some(length) = memchr2(b':', b'\n', &rest[blank..]) else {
            self.push_word(&rest[blank..]);
            return rest.len();
        };
        let end = blank + length;
        self.push_word(&rest[blank..end]);
        if rest[end] == b':' {
            self.begin_value(&mut rest[end]);
        } else {
            self.end_header_section();
        }
        end + 1
    }

    fn scan_content_length(&mut self, byte: u8) -> usize {
        match byte {
            b'\n' => self.place = Place::FieldName,
            digit @ b'0'..=b'9' => {
                let length = self.content_length.unwrap_or_default();
                self.content_length = Some(length.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
            }
            // hyper rejects a length that is no number.
            _ => {}
        }
        1
    }

    /// Appends bytes to the word. Of a long one, only the length counts.
    fn push_word(&mut self, bytes: &[u8]) {
        if let Some(room) = self.word.get_mut(self.word_length..) {
            for (place, byte) in room.iter_mut().zip(bytes) {
                *place = byte.to_ascii_lowercase();
            }
        }
        self.word_length += bytes.len();
    }

    fn begin_value(&mut self, colon: &mut u8) {
        self.place = Place::FieldValue;
        match self.take_word() {
            b"content-length" => {
                self.content_length = Some(0);
                self.place = Place::ContentLength;
            }
            b"transfer-encoding" => self.is_transfer_encoded = true,
            _ => return,
        }
        // The length is ambiguous, and the method takes no body (RFC 9112, section 6.1). Of a POST, the chunked body counts.
        if self.is_transfer_encoded && self.content_length.is_some() && !self.is_post {
            self.invalidate(colon);
        }
    }

    fn end_header_section(&mut self) {
        self.place = match self.content_length.take() {
            // The response to a chunked body closes the connection.
            _ if self.is_transfer_encoded => Place::End,
            Some(length @ 1..) => Place::Body(length),
            _ => Place::Method,
        };
        self.word_length = 0;
    }

    fn invalidate(&mut self, byte: &mut u8) {
        *byte = INVALID_BYTE;
        self.place = Place::End;
    }

    /// The word that ends here; empty if it is longer than any that is compared.
    fn take_word(&mut self) -> &[u8] {
        let length = std::mem::take(&mut self.word_length);
        self.word.get(..length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a connection after the scanner, which gets them in pieces of this length.
    fn scanned(requests: &str, piece: usize) -> String {
        let mut bytes = requests.as_bytes().to_vec();
        let mut scanner = RequestScanner::new();
        bytes.chunks_mut(piece).for_each(|piece| scanner.scan(piece));
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_fragment_is_invalid_in_any_request_of_a_connection() {
        let first = "\r\nPOST /v1 HTTP/1.1\r\nHost: x\r\nX: #\r\nCONTENT-Length: 12 \r\n\r\nGET /#a /#b\n";
        for (request, invalid) in [
            ("GET /metrics#x HTTP/1.1\r\n\r\n", "GET /metrics\0x HTTP/1.1\r\n\r\n"),
            ("HEAD /v1?q=#HTTP HTTP/1.1\n\n", "HEAD /v1?q=\0HTTP HTTP/1.1\n\n"),
            ("GET http://a/#/b HTTP/1.0\r\n\r\n", "GET http://a/\0/b HTTP/1.0\r\n\r\n"),
            ("#GET /#", "#GET /\0"),
        ] {
            for before in ["", "GET / HTTP/1.1\r\nX-#: #\r\n\r\n", first] {
                for piece in [1, 2, 7, 1000] {
                    assert_eq!(scanned(&format!("{before}{request}"), piece), format!("{before}{invalid}"), "in pieces of {piece}");
                }
            }
        }
    }

    #[test]
    fn bodies_and_fields_stay_as_they_are() {
        for requests in [
            "POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\nGET /# #GET / HTTP/1.1\r\nA: GET /#x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nGET /# ",
            "GET / HTTP/1.1\r\nTransfer-Encodings: x\r\nTransfer-Encoding-: x\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /# ",
        ] {
            for piece in [1, 3, 1000] {
                assert_eq!(scanned(requests, piece), requests, "in pieces of {piece}");
            }
        }
    }

    #[test]
    fn two_lengths_are_invalid_unless_the_method_takes_a_body() {
        let head = |method: &str, second: char| format!("{method} / HTTP/1.1\r\ncontent-length: 4\r\nTransfer-Encoding{second} chunked\r\n\r\n");
        assert_eq!(scanned(&head("GET", ':'), 5), head("GET", '\0'));
        assert_eq!(scanned(&head("POSTS", ':'), 5), head("POSTS", '\0'));
        assert_eq!(scanned(&head("POST", ':'), 5), head("POST", ':'));
        assert_eq!(
            scanned("PUT / HTTP/1.1\r\nTransfer-Encoding: x\r\nContent-Length: 4\r\n\r\n", 9),
            "PUT / HTTP/1.1\r\nTransfer-Encoding: x\r\nContent-Length\0 4\r\n\r\n"
        );
    }
}
