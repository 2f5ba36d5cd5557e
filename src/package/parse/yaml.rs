//! YAML 1.2 as a tree. Anchors, aliases and tags are rejected, so a file is as large as it looks.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use crate::package::parse::{
    Counter, ErrorKind, MAX_DEPTH, SyntaxError,
    tree::{Entry, Node, Place, Value},
};

/// Parses a file of one document.
///
/// # Errors
/// The first place that is not YAML, or is more of it than a package may have.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let mut builder = Builder { offsets: Offsets::of(text), open: Vec::new(), root: None, counter: Counter::default() };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| builder.error(text, *error.marker(), error.info()))?;
        builder.event(event, span)?;
    }
    builder.root.ok_or_else(|| error(0..0, "the file is empty".to_owned()))
}

/// The offset in bytes of each code point. The parser counts code points.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect())
    }

    fn byte(&self, marker: Marker) -> usize {
        self.0.get(marker.index()).or(self.0.last()).copied().unwrap_or_default()
    }

    fn place(&self, span: Span) -> Place {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }
}

/// A collection whose end is not reached yet.
enum Open {
    List(usize, Vec<Node>),
    Map(usize, Vec<Entry>, Option<(String, Place)>),
}

struct Builder {
    offsets: Offsets,
    open: Vec<Open>,
    root: Option<Node>,
    counter: Counter,
}

impl Builder {
    /// The parser notices a bracket that is not closed some lines later.
    fn error(&self, text: &str, marker: Marker, message: &str) -> SyntaxError {
        let at = self.offsets.byte(marker);
        let start = self.open.last().map_or(at, |open| match open {
            Open::List(start, _) | Open::Map(start, ..) => *start,
        });
        let inside = text.get(start..at).unwrap_or_default();
        match inside.chars().next() {
            Some(bracket @ ('[' | '{')) if inside.contains('\n') => error(start..start + 1, format!("`{bracket}` is not closed: {message}")),
            _ => error(at..at, message.to_owned()),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        let place = self.offsets.place(span);
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            Event::Alias(anchor) => (*anchor, false),
            _ => (0, false),
        };
        if anchor != 0 || tag {
            let message =
                "anchors (&), aliases (*) and tags (!) are not read; write the value out, or put text that begins with one of these in quotation marks";
            return Err(error(place, message.to_owned()));
        }
        match event {
            Event::Scalar(text, style, ..) => self.add(Node { place, value: scalar(text.into_owned(), style) }),
            Event::SequenceStart(..) => self.open(Open::List(place.start, Vec::new()), place),
            Event::MappingStart(..) => self.open(Open::Map(place.start, Vec::new(), None), place),
            Event::SequenceEnd | Event::MappingEnd => self.close(&place),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(error(place, "a file holds one statement; put the second document in a file of its own".to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, collection: Open, place: Place) -> Result<(), SyntaxError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(error(place, format!("values are nested more than {MAX_DEPTH} deep")));
        }
        self.open.push(collection);
        Ok(())
    }

    fn close(&mut self, end: &Place) -> Result<(), SyntaxError> {
        let node = match self.open.pop() {
            // A block has no end of its own: the next line ends it.
            Some(Open::List(start, items)) => {
                let last = items.last().map_or(start, |item| item.place.end).max(flow_end(end));
                Node { place: start..last, value: Value::List(items) }
            }
            Some(Open::Map(start, entries, _)) => {
                let last = entries.last().map_or(start, |entry| entry.value.place.end).max(flow_end(end));
                Node { place: start..last, value: Value::Map(entries) }
            }
            None => return Ok(()),
        };
        self.add(node)
    }

    /// Adds a value to the innermost open collection.
    fn add(&mut self, node: Node) -> Result<(), SyntaxError> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => {
                self.counter.item(&node.place)?;
                items.push(node);
            }
            Some(Open::Map(_, entries, key)) => {
                if let Some((key, place)) = key.take() {
                    entries.push(Entry { key, place, value: node });
                    return Ok(());
                }
                let (Value::Text(text) | Value::Plain(text)) = node.value else {
                    return Err(error(node.place, "a key is a word".to_owned()));
                };
                self.counter.key(&node.place)?;
                *key = Some((text, node.place));
            }
        }
        Ok(())
    }
}

fn error(place: Place, message: String) -> SyntaxError {
    SyntaxError { place, message, kind: ErrorKind::Yaml }
}

/// The end of a collection in brackets; 0 for a block, whose end event is empty.
fn flow_end(end: &Place) -> usize {
    if end.is_empty() { 0 } else { end.end }
}

fn scalar(text: String, style: ScalarStyle) -> Value {
    match style {
        ScalarStyle::Plain if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") => Value::Null,
        ScalarStyle::Plain => Value::Plain(text),
        _ => Value::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_whatever_the_script() {
        let text = "# مثال\nid: نهر\nlist:\n  - {a: 2025-09, b: no}\n  - |-\n    two\n    lines\nlast: \"x\"\n";
        let tree = parse(text).unwrap();
        assert_eq!(&text[tree.get("id").unwrap().place.clone()], "نهر");
        let Value::List(items) = &tree.get("list").unwrap().value else { panic!("a list") };
        let date = items[0].get("a").unwrap();
        assert!(matches!(&date.value, Value::Plain(text) if text == "2025-09"));
        assert_eq!((tree.pointer(&date.place).as_str(), &text[date.place.clone()]), ("/list/0/a", "2025-09"));
        assert!(matches!(&items[1].value, Value::Text(text) if text == "two\nlines"));
        assert_eq!(tree.pointer(&tree.get("last").unwrap().place), "/last");
    }

    #[test]
    fn aliases_tags_and_second_documents_are_rejected() {
        for text in ["a: &x 1", "a: !!binary x", "a: 1\n---\nb: 2", "a: [1", "? [a]\n: b", "a: 'x"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
