//! Lists, counts and facets of random combinations of filters, orders, limits and cursors, compared with a plain scan of all
//! items.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Router, http::Method};
use bayan::{AppState, clock::Clock, package::Package, storage};
use serde_json::{Value, json};

use crate::{packages, send};

const COMBINATIONS: usize = 1_000;
const AS_OF: &str = "2031-06-15";
const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const KINDS: [&str; 5] = ["commitment", "report", "decision", "condition", "recital"];
const ROLES: [&str; 4] = ["bound", "party", "mentioned", "beneficiary"];

/// A generator of numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
}

/// The entries of a register, as a tree: the parent of each is before it.
fn register(name: &str, kinds: &[&str], count: usize) -> Vec<Value> {
    let entry = |at: usize| {
        let mut entry =
            json!({"id": format!("{name}-{at}"), "kind": kinds[at % kinds.len()], "name": {"ar": format!("اسم {at:02}"), "en": format!("{name} N{at:02}")}});
        if !at.is_multiple_of(5) {
            entry["parent"] = format!("{name}-{}", at / 3).into();
        }
        if at % 3 == 1 {
            entry["country"] = ["IQ", "US", "SY"][at % 7 % 3].into();
        }
        if name == "place" && at % 4 != 2 {
            entry["point"] = json!({"lat": 1.5, "lon": 2.5, "precision_km": 3.0});
        }
        entry
    };
    (0..count).map(entry).collect()
}

/// The words of a date, and its entry without them.
fn date(random: &mut Random) -> (String, Value) {
    let (year, month, day) = (2029 + random.below(5), random.below(12), 1 + random.below(28));
    let (full, iso) = (format!("{day} {} {year}", MONTHS[month]), format!("{year}-{:02}-{day:02}", month + 1));
    let explicit = |edtf: String| json!({"type": "DATE", "basis": "explicit", "edtf": edtf});
    match random.below(7) {
        0 | 1 => (format!("on {full}"), explicit(iso)),
        2 => (format!("by {full}"), explicit(format!("../{iso}"))),
        3 => (format!("in {} {year}", MONTHS[month]), explicit(format!("{year}-{:02}", month + 1))),
        4 => (format!("in {year}"), explicit(year.to_string())),
        5 => (format!("from {full} on"), explicit(format!("{iso}/.."))),
        _ => ("every week".to_owned(), json!({"type": "SET", "basis_note": {"ar": "مفتوح", "en": "It is open."}})),
    }
}

/// A statement of some twenty clauses.
fn statement(number: usize, random: &mut Random) -> Value {
    let (mut clauses, mut lines, mut milestones) = (Vec::new(), Vec::new(), Vec::new());
    for paragraph in 1..=4 {
        let mut line = Vec::new();
        for letter in "abcdef".chars().take(3 + random.below(4)) {
            let label = format!("{paragraph}{letter}");
            let mut words = vec![format!("Words{number}x{label}")];
            let mut clause =
                json!({"label": label, "kind": random.one(&KINDS), "translation": "ترجمة", "voice": random.one(&["statement", "agency", "third_party"])});
            if clause["voice"] == "third_party" {
                clause["speaker"] = format!("actor-{}", random.below(14)).into();
            }
            let (mut actors, mut places, mut dates) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            for _ in 0..random.below(4) {
                let actor = random.below(14);
                actors.insert(actor, json!({"id": format!("actor-{actor}"), "role": random.one(&ROLES), "quote": format!("actor N{actor:02}")}));
            }
            for _ in 0..random.below(2) {
                let place = random.below(9);
                places.insert(place, json!({"id": format!("place-{place}"), "quote": format!("place N{place:02}")}));
            }
            for _ in 0..random.below(4) {
                let (quote, mut entry) = date(random);
                // No expression stands in another one.
                if dates.keys().all(|other: &String| !other.contains(&quote) && !quote.contains(other)) {
                    entry["quote"] = quote.clone().into();
                    dates.insert(quote, entry);
                }
            }
            words.extend(actors.values().chain(places.values()).chain(dates.values()).map(|entry| entry["quote"].as_str().unwrap().to_owned()));
            clause["actors"] = actors.values().cloned().collect();
            clause["locations"] = places.values().cloned().collect();
            clause["dates"] = dates.values().cloned().collect();
            if random.percent(20) {
                let note = json!({"quote": words[0], "kind": random.one(&["ambiguity", "naming", "dating"]), "severity": random.one(&["critical", "major", "minor"]),
                    "text": {"ar": "ملاحظة", "en": "A note."}});
                clause["notes"] = json!([note]);
            }
            if random.percent(30) {
                let mut milestone = json!({"id": format!("m{label}"), "kind": random.one(&["deadline", "event", "forecast"]), "clauses": [label],
                    "title": {"ar": "عنوان", "en": "Title"}, "actors": actors.keys().map(|actor| format!("actor-{actor}")).collect::<Vec<_>>()});
                if let Some(quote) = dates.keys().next() {
                    milestone["date"] = json!({"clause": label, "quote": quote});
                }
                milestones.push(milestone);
            }
            clause["quote"] = words.join(" and ").into();
            line.push(words.join(" and "));
            clauses.push(clause);
        }
        lines.push(format!("{}.", line.join(", ")));
    }
    let mut document = json!({"format": 1, "id": format!("gen-{number:02}"), "kind": random.one(&["communique", "declaration", "agreement"]),
        "title": {"ar": "بيان", "en": "Statement"}, "issuers": [format!("actor-{}", random.below(14))], "clauses": clauses, "milestones": milestones,
        "source": {"publisher": {"ar": "وكالة", "en": "Agency"}, "medium": "actor-6", "language": "en", "text": lines.join("\n") + "\n"}});
    if let Some((clause, date)) = clauses_with_date(&document) {
        document["issued"] = json!({"clause": clause, "quote": date});
    }
    if number == 0 {
        document["actors"] = register("actor", &["state", "body", "force", "group", "person", "unnamed_source", "medium"], 14).into();
        document["locations"] = register("place", &["country", "region", "city", "site"], 9).into();
    }
    document
}

/// The first clause with a date, and the words of the date.
fn clauses_with_date(document: &Value) -> Option<(String, String)> {
    let clauses = document["clauses"].as_array().unwrap();
    clauses.iter().find_map(|clause| Some((clause["label"].as_str()?.to_owned(), clause["dates"].get(0)?["quote"].as_str()?.to_owned())))
}

/// An item as the scan compares it.
#[derive(Debug)]
struct Item {
    id: String,
    values: BTreeMap<&'static str, BTreeSet<String>>,
    /// Each actor with its role.
    roles: BTreeSet<(String, String)>,
    /// The bounds of its dates.
    dates: Vec<(Option<String>, Option<String>)>,
}

/// All items, read without any filter, by the resource, in reading order or by id.
struct Everything {
    items: BTreeMap<&'static str, Vec<Item>>,
    /// The parents of actors and of locations.
    parents: BTreeMap<String, String>,
}

const FILTERS: [(&str, &[&str]); 7] = [
    ("clauses", &["statement", "paragraph", "voice", "speaker", "kind", "actor", "role", "location", "milestone"]),
    ("dates", &["statement", "clause", "type", "basis", "voice", "speaker"]),
    ("milestones", &["statement", "voice", "speaker", "kind", "actor", "location", "status"]),
    ("statements", &["kind", "language", "issuer", "actor", "location"]),
    ("actors", &["statement", "kind", "country", "parent"]),
    ("locations", &["statement", "kind", "country", "parent", "unspecified"]),
    ("notes", &["statement", "target", "kind", "severity"]),
];
/// The filters that include parts.
const WITH_PARTS: [&str; 4] = ["actor", "speaker", "issuer", "location"];
/// The filters that are no facets.
const NO_FACETS: [(&str, &str); 6] =
    [("dates", "clause"), ("notes", "target"), ("statements", "actor"), ("statements", "location"), ("actors", "statement"), ("locations", "statement")];

async fn get(service: &Router, path: &str) -> Value {
    let response = send(service, Method::GET, path, &[]).await;
    assert_eq!(response.status, 200, "{path}: {}", String::from_utf8_lossy(&response.body));
    response.json()
}

/// All items of a list.
pub(crate) async fn all(service: &Router, path: &str) -> Vec<Value> {
    let (mut next, mut items) = (Some(format!("{path}limit=200")), Vec::new());
    while let Some(path) = next {
        let page = get(service, &path).await;
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        next = page["next"].as_str().map(str::to_owned);
    }
    items
}

fn strings(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Null => BTreeSet::new(),
        Value::Array(values) => values.iter().flat_map(|value| strings(value.get("id").unwrap_or(value))).collect(),
        Value::String(text) => BTreeSet::from([text.clone()]),
        other => BTreeSet::from([other.to_string()]),
    }
}

fn bounds(date: &Value) -> (Option<String>, Option<String>) {
    let day = |name: &str| date[name].as_str().map(str::to_owned);
    (day("earliest"), day("latest"))
}

impl Everything {
    async fn read(service: &Router) -> Self {
        let mut named: BTreeMap<(&str, String), BTreeSet<String>> = BTreeMap::new();
        let mut parents = BTreeMap::new();
        for (register, name) in [("actors", "actor"), ("locations", "location")] {
            for entry in all(service, &format!("/v1/{register}?sort=id&")).await {
                let id = entry["id"].as_str().unwrap().to_owned();
                parents.extend(entry["parent"].as_str().map(|parent| (id.clone(), parent.to_owned())));
                for mention in all(service, &format!("/v1/{register}/{id}/mentions?")).await {
                    let statement = mention["statement"].as_str().unwrap().to_owned();
                    named.entry((name, statement.clone())).or_default().insert(id.clone());
                    named.entry((register, id.clone())).or_default().insert(statement);
                }
            }
        }
        let mut items = BTreeMap::new();
        for (resource, filters) in FILTERS {
            let sort = if matches!(resource, "actors" | "locations") { "id" } else { "position" };
            let read = |item: Value| {
                let id = item["id"].as_str().unwrap().to_owned();
                let named = |name: &str| named.iter().find(|((of, by), _)| *of == name && *by == id).map(|(_, ids)| ids.clone()).unwrap_or_default();
                let dates: Vec<_> = match resource {
                    "clauses" => item["dates"].as_array().unwrap().iter().map(|date| bounds(&date["date"])).collect(),
                    "statements" => vec![bounds(&item["issued"])],
                    _ => vec![bounds(&item["date"])],
                };
                let value = |name: &'static str| {
                    let values = match (resource, name) {
                        ("statements", "actor" | "location") => named(name),
                        ("actors" | "locations", "statement") => named(resource),
                        ("statements", "issuer") => strings(&item["issuers"]),
                        ("statements", "language") => strings(&item["source"]["language"]),
                        ("dates", "basis") => strings(&item["date"]["basis"]),
                        ("clauses", "role") => item["actors"].as_array().unwrap().iter().flat_map(|role| strings(&role["role"])).collect(),
                        (_, "actor" | "location" | "milestone") => strings(&item[format!("{name}s")]),
                        _ => strings(&item[name]),
                    };
                    (name, values)
                };
                let roles = item["actors"].as_array().into_iter().flatten();
                let roles = roles.filter_map(|role| Some((role["id"].as_str()?.to_owned(), role["role"].as_str()?.to_owned()))).collect();
                Item { values: filters.iter().copied().map(value).collect(), id, roles, dates }
            };
            items.insert(resource, all(service, &format!("/v1/{resource}?sort={sort}&")).await.into_iter().map(read).collect());
        }
        Self { items, parents }
    }

    /// Whether one is the other, or a part of it.
    fn is_part<'a>(&'a self, mut part: &'a str, whole: &str) -> bool {
        loop {
            if part == whole {
                return true;
            }
            let Some(parent) = self.parents.get(part) else { return false };
            part = parent;
        }
    }

    fn meets(&self, item: &Item, query: &Query) -> bool {
        let is_among = |name: &str, value: &str| {
            let Some(asked) = query.values.get(name) else { return true };
            asked.iter().any(|asked| if WITH_PARTS.contains(&name) && !query.exact { self.is_part(value, asked) } else { value == asked })
        };
        let has = |name: &str| match name {
            "status" => query.values[name].iter().any(|asked| asked == status(&item.dates[0])),
            "actor" | "role" if !item.roles.is_empty() => item.roles.iter().any(|(actor, role)| is_among("actor", actor) && is_among("role", role)),
            _ => item.values[name].iter().any(|value| is_among(name, value)),
        };
        let overlaps = |(earliest, latest): &(Option<String>, Option<String>)| {
            let (first, last) = (earliest.as_deref().unwrap_or("0000"), latest.as_deref().unwrap_or("9999"));
            let (low, high) = if query.certain { (last, first) } else { (first, last) };
            (earliest.is_some() || latest.is_some()) && query.from.as_deref().is_none_or(|from| high >= from) && query.to.as_deref().is_none_or(|to| low <= to)
        };
        query.values.keys().all(|name| has(name)) && ((query.from.is_none() && query.to.is_none()) || item.dates.iter().any(overlaps))
    }
}

fn status((earliest, latest): &(Option<String>, Option<String>)) -> &'static str {
    match (earliest.as_deref(), latest.as_deref()) {
        (None, None) => "undated",
        (Some(earliest), _) if AS_OF < earliest => "upcoming",
        (_, Some(latest)) if AS_OF > latest => "past",
        _ => "open",
    }
}

#[derive(Debug, Default)]
struct Query {
    values: BTreeMap<&'static str, Vec<String>>,
    from: Option<String>,
    to: Option<String>,
    certain: bool,
    exact: bool,
}

impl Query {
    fn random(resource: &str, filters: &[&'static str], everything: &Everything, random: &mut Random) -> Self {
        let items = &everything.items[resource];
        let mut query = Self::default();
        // Mostly of one item, so that different parameters hold together.
        let like = random.one(items);
        for _ in 0..random.below(4) {
            let name = *random.one(filters);
            let mut values: Vec<String> = if name == "status" {
                ["upcoming", "open", "past", "undated"].map(str::to_owned).into()
            } else {
                let of = if random.percent(70) { like } else { random.one(items) };
                of.values[name].iter().chain(&random.one(items).values[name]).cloned().collect()
            };
            for value in &mut values {
                if WITH_PARTS.contains(&name) && random.percent(40) {
                    *value = everything.parents.get(value).unwrap_or(value).clone();
                }
            }
            while values.len() > 1 && random.percent(60) {
                values.remove(random.below(values.len()));
            }
            if name == "unspecified" {
                values.truncate(1);
            }
            let unique: BTreeSet<String> = values.into_iter().collect();
            if !unique.is_empty() {
                query.values.insert(name, unique.into_iter().collect());
            }
        }
        query.exact = query.values.keys().any(|name| WITH_PARTS.contains(name)) && random.percent(30);
        if matches!(resource, "clauses" | "dates" | "milestones" | "statements") && random.percent(50) {
            let mut day = || format!("{}-{:02}-{:02}", 2029 + random.below(5), 1 + random.below(12), 1 + random.below(28));
            let (one, other) = (day(), day());
            let (from, to) = if one < other { (one, other) } else { (other, one) };
            query.from = random.percent(70).then_some(from);
            query.to = random.percent(70).then_some(to);
            query.certain = (query.from.is_some() || query.to.is_some()) && random.percent(40);
        }
        query
    }

    fn parameters(&self) -> String {
        let mut text: Vec<String> = self.values.iter().flat_map(|(name, values)| values.iter().map(move |value| format!("{name}={value}"))).collect();
        text.extend(self.from.iter().map(|from| format!("from={from}")));
        text.extend(self.to.iter().map(|to| format!("to={to}")));
        text.extend(self.certain.then(|| "match=certain".to_owned()));
        text.extend(self.exact.then(|| "exact=true".to_owned()));
        text.join("&")
    }
}

#[tokio::test]
async fn random_combinations_of_filters_orders_limits_and_cursors_equal_a_plain_scan() {
    let (_folder, database) = packages::copy().await;
    let mut random = Random(7);
    let documents: Vec<Package> =
        (0..24).map(|number| Package::from_text(format!("{number}.json").into(), statement(number, &mut random).to_string())).collect();
    packages::import(&database, packages::checked(&database, documents).await).await;
    let service = bayan::app(AppState::new(storage::open(&database).await.unwrap(), Clock::system(Some(AS_OF.parse().unwrap())), None));
    let everything = Everything::read(&service).await;
    assert!(everything.items["clauses"].len() > 400 && everything.items["milestones"].len() > 60);
    let mut found = 0;
    for _ in 0..COMBINATIONS {
        let (resource, filters) = *random.one(&FILTERS);
        let query = Query::random(resource, filters, &everything, &mut random);
        let mut expected: Vec<&Item> = everything.items[resource].iter().filter(|item| everything.meets(item, &query)).collect();
        let sorts: &[&str] = match resource {
            "actors" | "locations" => &["id"],
            "clauses" | "notes" => &["position"],
            _ => &["position", "earliest", "latest"],
        };
        let (sort, descending) = (*random.one(sorts), random.percent(40));
        let day = |item: &Item, unknown: &str| {
            let (earliest, latest) = &item.dates[0];
            if sort == "earliest" { earliest } else { latest }.clone().unwrap_or_else(|| unknown.to_owned())
        };
        match sort {
            "earliest" => expected.sort_by_key(|item| (day(item, "0000"), &item.id)),
            "latest" => expected.sort_by_key(|item| (day(item, "9999"), &item.id)),
            _ => {}
        }
        if descending {
            expected.reverse();
        }
        let facets: Vec<&str> = filters.iter().copied().filter(|name| !NO_FACETS.contains(&(resource, name)) && random.percent(25)).collect();
        let limit = 1 + random.below(60);
        let mut path = format!("/v1/{resource}?{}&sort={}{sort}&limit={limit}&count=true", query.parameters(), if descending { "-" } else { "" });
        if !facets.is_empty() {
            path = format!("{path}&facets={}", facets.join(","));
        }
        let path = path.replace("?&", "?");
        let (mut next, mut ids, mut pages) = (Some(path.clone()), Vec::new(), 0);
        while let Some(page) = next.filter(|_| pages < 5) {
            let page = get(&service, &page).await;
            ids.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            assert_eq!(page["meta"]["total"], expected.len(), "{path}");
            for name in &facets {
                let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
                for item in &expected {
                    let values: Vec<&str> =
                        if *name == "status" { vec![status(&item.dates[0])] } else { item.values[name].iter().map(String::as_str).collect() };
                    for value in values {
                        *counts.entry(value).or_default() += 1;
                    }
                }
                let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
                counts.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
                let counts: Vec<Value> = counts.into_iter().take(100).map(|(value, count)| json!({"value": value, "count": count})).collect();
                assert_eq!(page["meta"]["facets"][name], json!(counts), "{name}: {path}");
            }
            next = page["next"].as_str().map(str::to_owned);
            pages += 1;
        }
        let expected: Vec<&str> = expected.iter().map(|item| item.id.as_str()).take(limit * 5).collect();
        assert_eq!(ids, expected, "{path}");
        found += usize::from(!ids.is_empty());
    }
    assert!(found > COMBINATIONS / 3, "{found} found something");
}
