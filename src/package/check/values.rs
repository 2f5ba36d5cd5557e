//! Values with a form of their own: ids, URLs, codes, coordinates.

use crate::{
    corpus::Slug,
    package::{
        diagnostic::{Code, Log},
        document::{Document, LeadIn, Publication, script},
        spanned::Text,
    },
    text::Language,
};

/// The maximum length of an id. The longest that is made of ids has two, and is below [`Slug::MAX_BYTES`].
const MAX_ID_BYTES: usize = 80;

/// Checks the form of every such value.
pub fn check(document: &Document, log: &mut Log) {
    document.id.iter().for_each(|id| slug(id, log));
    let registers = document.actors.iter().map(|actor| &actor.id).chain(document.locations.iter().map(|location| &location.id));
    registers.chain(document.documents.iter().map(|cited| &cited.id)).flatten().for_each(|id| slug(id, log));
    for milestone in &document.milestones {
        milestone.id.iter().for_each(|id| slug(id, log));
        milestone.developments.iter().filter_map(|development| development.id.as_ref()).for_each(|id| slug(id, log));
        milestone.developments.iter().for_each(|development| publications(&development.sources, log));
    }
    let language = document.source.as_ref().and_then(|source| source.language.as_ref()).map(|language| language.value);
    let other = language.map(|language| if language == Language::Ar { Language::En } else { Language::Ar });
    for clause in &document.clauses {
        let lead_in = clause.lead_in.as_ref().and_then(|lead_in| if let LeadIn::New(new) = lead_in { new.translation.as_ref() } else { None });
        for translation in clause.translation.iter().chain(lead_in) {
            if let Some(other) = other {
                script(translation, other, log);
            }
        }
        clause.dates.iter().filter_map(|date| date.id.as_ref()).for_each(|id| last_part(id, log));
        clause.notes.iter().filter_map(|note| note.id.as_ref()).for_each(|id| last_part(id, log));
        clause.notes.iter().for_each(|note| publications(&note.sources, log));
    }
    document.source.iter().filter_map(|source| source.url.as_ref()).for_each(|url| https(url, log));
    document.versions.iter().filter_map(|version| version.url.as_ref()).for_each(|url| https(url, log));
    for id in document.actors.iter().filter_map(|actor| actor.wikidata.as_ref()) {
        wikidata(id, log);
    }
    for location in &document.locations {
        location.wikidata.iter().for_each(|id| wikidata(id, log));
        if let Some(code) = &location.subdivision {
            let is_code = matches!(code.value.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z', b'-', _, ..]);
            require(is_code, code, "an ISO 3166-2 code, such as IQ-KR", log);
        }
        if let Some(point) = &location.point {
            let point_is_valid = point.value.lat.abs() <= 90.0 && point.value.lon.abs() <= 180.0 && point.value.precision_km > 0.0;
            if !point_is_valid {
                log.add(Code::BadValue, &point.place, "a latitude is from -90 to 90, a longitude from -180 to 180, and `precision_km` above 0");
            }
        }
    }
}

fn publications(sources: &[Publication], log: &mut Log) {
    sources.iter().filter_map(|source| source.url.as_ref()).for_each(|url| https(url, log));
}

fn slug(id: &Text, log: &mut Log) {
    if let Err(cause) = id.as_str().parse::<Slug>() {
        log.add(Code::BadId, &id.place, format!("`{}` is not {cause}", id.value));
    } else if id.value.len() > MAX_ID_BYTES {
        log.add(Code::BadId, &id.place, format!("an id has at most {MAX_ID_BYTES} characters, since others are made of it"));
    }
}

/// The last part of an id that is made of others: it has no hyphen, so that no two clauses make the same.
fn last_part(id: &Text, log: &mut Log) {
    if id.value.contains('-') {
        log.add(Code::BadId, &id.place, format!("`{}` is the last part of an id: lower-case letters and digits, without a hyphen", id.value));
    } else {
        slug(id, log);
    }
}

fn https(url: &Text, log: &mut Log) {
    let is_host = |rest: &str| !rest.is_empty() && !rest.contains(|char: char| char.is_whitespace() || char.is_control());
    let is_url = url.value.strip_prefix("https://").is_some_and(is_host);
    require(is_url, url, "a URL that begins with https://", log);
}

fn wikidata(id: &Text, log: &mut Log) {
    let is_number = |digits: &str| !digits.starts_with('0') && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_id = id.value.strip_prefix('Q').is_some_and(is_number);
    require(is_id, id, "a Wikidata id: Q and a number", log);
}

fn require(is_valid: bool, text: &Text, expected: &str, log: &mut Log) {
    if !is_valid {
        log.add(Code::BadValue, &text.place, format!("`{}` is not {expected}", text.value));
    }
}
