//! Text in HTML and XML.

/// Text for an element, with what would be markup escaped. Quotation marks stay, since JSON is full of them.
#[must_use]
pub fn escape_element_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text for an attribute in double quotation marks.
#[must_use]
pub fn escape_attribute(text: &str) -> String {
    escape_element_text(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape_element_text(r#"{"a": "<b> & c"}"#), r#"{"a": "&lt;b&gt; &amp; c"}"#);
        assert_eq!(escape_attribute(r#"a "b" & <c>"#), "a &quot;b&quot; &amp; &lt;c&gt;");
    }
}
