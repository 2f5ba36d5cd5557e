//! Drafts of packages: what they propose for texts that were annotated by hand, and that `check` finds nothing in them but what is to do.

use std::{collections::BTreeSet, path::Path, time::Instant};

use bayan::{
    corpus::edtf::Edtf,
    package::{
        Package,
        diagnostic::Code,
        document::LeadIn,
        draft::{DraftError, draft},
        export,
        known::Known,
        report,
    },
    storage,
    text::{Language, span::Span},
};
use chrono::NaiveDate;

use crate::seeded;

/// The first and the last day of a date.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// What a package says of its text: dates, with their days if they are decided, and mentions, by id and register.
#[derive(Debug, Default)]
struct Annotation {
    dates: Vec<(Span, Option<Days>)>,
    mentions: Vec<(Span, String)>,
}

impl Annotation {
    fn of(package: &Package) -> Self {
        let (document, places) = (package.document.as_ref().unwrap(), package.places.as_ref().unwrap());
        let mut annotation = Self::default();
        let mention = |id: Option<&str>, register: &str, span: Option<Span>| span.map(|span| (span, format!("{}:{register}", id.unwrap_or("TODO"))));
        for (clause, places) in document.clauses.iter().zip(&places.clauses) {
            let days = |date: &bayan::package::document::Date| date.edtf.as_ref().map(|edtf| days(edtf.as_str()));
            annotation.dates.extend(clause.dates.iter().zip(&places.dates).map(|(date, span)| (span.unwrap(), days(date))));
            let actors = clause.actors.iter().zip(&places.actors);
            annotation.mentions.extend(actors.filter_map(|(entry, span)| mention(entry.id.as_ref().map(bayan::package::Spanned::as_str), "actor", *span)));
            let locations = clause.locations.iter().zip(&places.locations);
            annotation
                .mentions
                .extend(locations.filter_map(|(entry, span)| mention(entry.id.as_ref().map(bayan::package::Spanned::as_str), "location", *span)));
        }
        for places in &places.lead_ins {
            let Some(LeadIn::New(lead_in)) = &document.clauses[places.clause].lead_in else { continue };
            let actors = lead_in.actors.iter().zip(&places.actors);
            annotation.mentions.extend(actors.filter_map(|(entry, span)| mention(entry.id.as_ref().map(bayan::package::Spanned::as_str), "actor", *span)));
            let locations = lead_in.locations.iter().zip(&places.locations);
            annotation
                .mentions
                .extend(locations.filter_map(|(entry, span)| mention(entry.id.as_ref().map(bayan::package::Spanned::as_str), "location", *span)));
        }
        annotation
    }
}

/// The days of an EDTF. About a day is that day here.
fn days(edtf: &str) -> Days {
    let edtf: Edtf = edtf.parse().unwrap();
    (edtf.earliest(), edtf.latest())
}

/// How many code points two spans share.
fn shared(one: Span, other: Span) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// Whether two spans are the same words, give or take a preposition or an article.
fn is_same_words(one: Span, other: Span) -> bool {
    shared(one, other) * 2 >= (one.end - one.start).max(other.end - other.start)
}

/// What was expected, what was found of it, and what was proposed beside it.
#[derive(Debug, Default)]
struct Score {
    dates: usize,
    right_dates: usize,
    mentions: usize,
    right_mentions: usize,
    faults: Vec<String>,
    wrong_mentions: usize,
}

impl Score {
    fn add(&mut self, name: &str, text: &str, expected: &Annotation, found: &Annotation) {
        let words = |span: Span| text.chars().skip(span.start).take(span.end - span.start).collect::<String>();
        for (span, days) in &expected.dates {
            self.dates += 1;
            let proposed = found.dates.iter().find(|(other, _)| is_same_words(*span, *other));
            if proposed.is_some_and(|(_, proposed)| proposed == days) {
                self.right_dates += 1;
            } else {
                self.faults.push(format!("{name}: {} is {days:?}, and the draft has {proposed:?}", words(*span)));
            }
        }
        for (span, _) in found.dates.iter().filter(|(span, _)| !expected.dates.iter().any(|(other, _)| shared(*span, *other) > 0)) {
            self.faults.push(format!("{name}: {} is no date", words(*span)));
        }
        let names = |one: &str, other: &str| one == other || one.split(':').next() == Some(other);
        for (span, id) in &expected.mentions {
            self.mentions += 1;
            if found.mentions.iter().any(|(other, found)| shared(*span, *other) > 0 && names(found, id)) {
                self.right_mentions += 1;
            } else {
                self.faults.push(format!("{name}: {} is not found as {id}", words(*span)));
            }
        }
        for (span, id) in &found.mentions {
            if !expected.mentions.iter().any(|(other, expected)| shared(*span, *other) > 0 && names(id, expected)) {
                self.wrong_mentions += 1;
                self.faults.push(format!("{name}: {} is not {id}", words(*span)));
            }
        }
    }
}

async fn known() -> Known {
    let mut known = export::known_from(&storage::open(seeded().await).await.unwrap()).await.unwrap();
    // The article is in the database as well; that is a warning.
    known.texts.clear();
    known
}

/// The draft of a text as a package that was checked; nothing is wrong with it but what is to do.
fn drafted(name: &str, text: &str, language: Option<Language>, known: &Known) -> Package {
    let yaml = draft(name, text, language, known).unwrap().yaml;
    let mut package = Package::from_text("draft.yaml".into(), yaml);
    package.check(known);
    let errors: BTreeSet<Code> = report_codes(&package);
    assert_eq!(errors, BTreeSet::from([Code::Todo]), "{name}: {:?}: {}", text.chars().take(80).collect::<String>(), faults(&package));
    package
}

/// What is wrong with a package beside what is to do.
fn faults(package: &Package) -> String {
    let entries = report::entries(package);
    entries.into_iter().filter_map(|entry| serde_json::to_string(&entry).ok()).filter(|entry| !entry.contains("\"todo\"")).collect()
}

fn report_codes(package: &Package) -> BTreeSet<Code> {
    // Marks of direction and letters that are not composed are warnings that a draft leaves to a person.
    let warnings = [Code::BidiMark, Code::NotNfc];
    package.log.diagnostics.iter().map(|diagnostic| diagnostic.code).filter(|code| !warnings.contains(code)).collect()
}

/// The annotation of a row of a table of texts.
fn expected(text: &str, dates: &str, mentions: &str) -> Annotation {
    let place = |quote: &str, from: usize| {
        let byte = text.char_indices().nth(from).map_or(text.len(), |(byte, _)| byte);
        let found = byte + text[byte..].find(quote).unwrap_or_else(|| panic!("{quote} is not in {text}"));
        let start = text[..found].chars().count();
        Span { start, end: start + quote.chars().count() }
    };
    let mut annotation = Annotation::default();
    let mut from = 0;
    for item in dates.split(" | ").filter(|item| !item.is_empty()) {
        let (quote, edtf) = item.rsplit_once(" = ").unwrap();
        let span = place(quote, from);
        from = span.end;
        annotation.dates.push((span, (edtf != "?").then(|| days(edtf))));
    }
    let mut after: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for item in mentions.split(" | ").filter(|item| !item.is_empty()) {
        let (quote, id) = item.rsplit_once(" = ").unwrap();
        let span = place(quote, after.get(quote).copied().unwrap_or_default());
        after.insert(quote, span.end);
        annotation.mentions.push((span, id.to_owned()));
    }
    annotation
}

fn score(table: &str, known: &Known) -> Score {
    let mut score = Score::default();
    for row in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [name, language, text, dates, mentions] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let text = text.replace(" ¶ ", "\n");
        let language = if language == "ar" { Language::Ar } else { Language::En };
        let package = drafted(name, &text, Some(language), known);
        score.add(name, &text, &expected(&text, dates, mentions), &Annotation::of(&package));
    }
    score
}

#[tokio::test]
async fn texts_in_both_languages_have_the_expected_dates_and_mentions() {
    let known = known().await;
    let score = score(include_str!("../drafts.tsv"), &known);
    assert!(score.faults.is_empty(), "{:#?}", score.faults);
    assert!(score.dates >= 90 && score.mentions >= 40, "{score:?}");
}

#[tokio::test]
async fn texts_that_no_rule_was_made_for_have_most_of_them() {
    let known = known().await;
    let score = score(include_str!("../drafts_held_out.tsv"), &known);
    assert!(score.right_dates * 10 >= score.dates * 9, "{} of {}: {:#?}", score.right_dates, score.dates, score.faults);
    assert!(score.right_mentions * 10 >= score.mentions * 9 && score.wrong_mentions == 0, "{:#?}", score.faults);
}

/// What the article alone decides of its dates: all that is explicit, and what follows from "next year 2025".
const DECIDED_BY_THE_ARTICLE: [&str; 2] = ["منتصف العام المقبل", "أو قبله بقليل"];

#[tokio::test]
async fn the_draft_of_the_article_finds_what_its_annotation_has() {
    let database = seeded().await;
    let corpus = storage::open(database).await.unwrap();
    let known = known().await;
    let document = export::export_from(&corpus, "iq-us-2024-09-27").await.unwrap().unwrap();
    let mut annotated = Package::from_text("article.json".into(), export::to_json(&document));
    annotated.check(&known);
    let original = annotated.original.as_ref().unwrap();
    let mut expected = Annotation::of(&annotated);
    // A date that is counted from a day that the article does not print is left open.
    let dates = annotated.document.as_ref().unwrap().clauses.iter().flat_map(|clause| &clause.dates);
    for ((span, days), date) in expected.dates.iter_mut().zip(dates) {
        let is_explicit = date.basis.as_ref().is_some_and(|basis| basis.value == bayan::corpus::Basis::Explicit);
        if !is_explicit && !DECIDED_BY_THE_ARTICLE.contains(&original.slice(*span)) {
            *days = None;
        }
    }
    let found = Annotation::of(&drafted("article.ar", original.text(), None, &known));
    let mut score = Score::default();
    score.add("article", original.text(), &expected, &found);
    let decided = |annotation: &Annotation| annotation.dates.iter().filter(|(_, days)| days.is_some()).count();
    assert_eq!((score.dates, decided(&expected), decided(&found)), (14, 7, 7), "{:#?}", score.faults);
    assert!(score.right_dates * 10 >= score.dates * 9, "{:#?}", score.faults);
    assert!(score.right_mentions * 10 >= score.mentions * 8, "{} of {}: {:#?}", score.right_mentions, score.mentions, score.faults);
    assert_eq!(score.wrong_mentions, 0, "{:#?}", score.faults);
}

#[tokio::test]
async fn a_draft_never_says_whose_words_a_clause_is_and_translates_nothing() {
    let known = known().await;
    for text in ["“We will leave,” the minister said. They left.", "وقال الوزير: «سنغادر العراق قريباً جداً». وغادروا."]
    {
        let package = drafted("text", text, None, &known);
        let document = package.document.as_ref().unwrap();
        assert!(
            document.title.as_ref().is_some_and(|title| title.value.en.is_empty() && title.value.ar.is_empty())
                && document.kind.is_none()
                && document.issuers.is_empty()
                && document.milestones.is_empty()
        );
        for clause in &document.clauses {
            assert!(clause.voice.is_none() && clause.speaker.is_none() && clause.kind.is_none() && clause.translation.is_none(), "{clause:?}");
            assert!(clause.actors.iter().all(|entry| entry.role.is_none()));
        }
        assert!(package.file.contains("voice: TODO  # inside quotation marks") && package.file.contains("voice: TODO  # outside quotation marks"));
    }
}

#[tokio::test]
async fn clauses_and_lead_ins_are_divided_at_quotation_marks_and_sentences() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packages/sarn.en.txt")).unwrap();
    let package = drafted("sarn", &text, None, &known().await);
    let document = package.document.as_ref().unwrap();
    let clauses: Vec<(&str, &str)> = document.clauses.iter().map(|clause| (clause.label(), clause.words.quote.as_ref().unwrap().as_str())).collect();
    assert!(clauses.contains(&("2a", "both sides will open the gauges at Sarn Bridge by the end of June 2030")), "{clauses:#?}");
    assert!(clauses.contains(&("3b", "provided that the inflow allows it")), "{clauses:#?}");
    let lead_ins: Vec<&str> = document
        .clauses
        .iter()
        .filter_map(|clause| match &clause.lead_in {
            Some(LeadIn::New(new)) => Some(new.words.quote.as_ref().unwrap().as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(lead_ins[..2], ["The communiqué says that", "It adds that"]);
    let issued = document.issued.as_ref().unwrap();
    assert_eq!(issued.words.quote.as_ref().unwrap().as_str(), "2 May 2030");
}

#[tokio::test]
async fn hostile_texts_have_a_draft_or_a_clear_error_in_bounded_time() {
    let known = known().await;
    let started = Instant::now();
    for text in ["", " \n\r\n\t", "…!؟", "\u{feff}"] {
        assert_eq!(draft("text", text, None, &known).unwrap_err(), DraftError::Empty);
    }
    assert_eq!(draft("text", &"a\n".repeat(200_000), None, &known).unwrap_err(), DraftError::TooManyParagraphs(200_000));
    assert!(matches!(draft("text", &"a".repeat(5 << 20), None, &known).unwrap_err(), DraftError::TooLarge(_)));
    for text in [
        "\u{feff}Baghdad, 5 March 2031\r\nIraq said “yes, we will\u{202e} come\u{202c} by 2032”.\r\n\u{0}\u{e000}end\r\n",
        "قال: «سنغادر العراق في 2030 ولن نعود\nقال “نعم",
        "“”\n«»\n\"\"\n“a” “b c d e f” “\n",
        "# not a comment: {a: [b]}\n- x\n---\n...\n'q' \"r\" \\ \u{200f}\u{2028}\n\ttab\n  spaces\n",
        "TODO",
        "ـــ\nـ a ـ\n½ ² ﷺ 🇮🇶",
        "32 May 2030, 31 February 2031, 99/99/2030, 0000-00-00, year 9999, 5 May 99999, the 0th of June 2030, within 99999999999 days",
        "from 2035 to 2030; between 30 May and 1 May 2030",
        "e\u{301}e\u{301} Iraq",
        "Iraq Iraq Iraq, Iraq. Iraq Iraq",
        "a. b. c. d. e. f. g. h. i. j. k. l. m. n. o. p. q. r. s. t. u. v. w. x. y. z. Aa. Bb. Cc. Dd. Ee. Ff. Gg. Hh.",
        &"One two three. ".repeat(60),
        &"He said: “we will leave by 2030.” ".repeat(60),
        &"قال إن العراق سيغادر، وذلك قريباً؛ ".repeat(60),
    ] {
        drafted("../../etc/Ünïcode — name", text, None, &known);
    }
    let sentence = "The Coalition will leave Iraq by the end of June 2031, and agreed to meet within two weeks. ";
    for (part, count) in [(sentence, 300), ("Iraq in May 2031\n", 1_000)] {
        drafted("large", &part.repeat(count), None, &known);
    }
    // A quarter of a megabyte in one paragraph.
    assert!(draft("large", &sentence.repeat((1 << 18) / sentence.len()), None, &known).is_ok());
    assert!(started.elapsed().as_secs() < 180, "{:?}", started.elapsed());
}

#[tokio::test]
async fn the_program_writes_a_draft_that_check_reads() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("bayan.db");
    std::fs::copy(seeded().await, &database).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bayan"));
        command.env_clear().arg("--database").arg(&database).args(arguments).current_dir(folder.path()).output().unwrap()
    };
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("river.txt", "Baghdad, 5 March 2031 - Iraq agreed on Wednesday.\n".as_bytes());
    let output = run(&["draft", "river.txt", "--language", "en"]);
    let yaml = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && yaml.contains("id: river-2031-03-05") && yaml.contains("anchor: {paragraph: 1, quote: \"5 March 2031\"}"), "{yaml}");
    write("river.yaml", yaml.as_bytes());
    let output = run(&["check", "--format", "json", "river.yaml"]);
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry["code"] == "todo" && entry["line"].as_u64() > Some(1)), "{entries:#?}");
    write("empty.txt", b" \n");
    write("latin.txt", b"caf\xe9");
    for (file, message) in [("empty.txt", "no words"), ("latin.txt", "UTF-8"), ("missing.txt", "cannot read missing.txt")] {
        let output = run(&["draft", file]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && output.stdout.is_empty() && error.contains(message), "{file}: {error}");
    }
}

#[tokio::test]
async fn what_is_counted_from_something_else_or_recurs_has_no_days() {
    let known = known().await;
    for (language, text, expected) in [
        (Language::En, "Issued on 2 May 2031.\nThe dam opens within four months of the ratification by both.", vec!["\"within four months\"", "edtf: TODO"]),
        (Language::En, "Issued on 2 May 2031.\nThe dam opens within four months.", vec!["edtf: 2031-05-02/2031-09-02~"]),
        (Language::Ar, "صدر في 2 أيار 2031.\nيفتح السد خلال أربعة أشهر من توقيعه.", vec!["خلال أربعة أشهر", "edtf: TODO"]),
        (Language::Ar, "تجتمع اللجنة كل يوم ثلاثاء في المقر.", vec!["\"كل يوم ثلاثاء\"", "type: SET"]),
        (Language::En, "It meets in the first week of each month.", vec!["\"first week of each month\"", "type: SET"]),
        (Language::Ar, "تجتمع في الأسبوع الأول من كل شهر.", vec!["الأسبوع الأول من كل شهر", "type: SET"]),
        (Language::En, "It has worked there since the early 1980s.", vec!["edtf: 1980~/.."]),
        (Language::En, "It worked there in the 2010s.", vec!["edtf: 201X"]),
        (Language::Ar, "وهو يعمل هناك منذ أواخر ثمانينيات القرن الماضي.", vec!["edtf: 1987~/.."]),
        (Language::Ar, "يفتح السد في غرة رجب 1452هـ.", vec!["غرة رجب 1452هـ", "a date of the Hijri calendar: about 2030-1"]),
        (
            Language::Ar,
            "وقالت الهيئة العليا في بيان منفصل إنها ترحب بهذا الاتفاق.",
            vec!["lead_in:\n      quote: \"وقالت الهيئة العليا في بيان منفصل\"", "quote: \"إنها ترحب"],
        ),
        // Each language has its own words, or figures.
        (Language::Ar, "صدر في 2 أيار 2031.\nيفتح السد في منتصف تموز.", vec!["TODO: counted from 2031-05-02.", "TODO: محسوب من 2 أيار 2031."]),
    ] {
        let yaml = draft("text", text, Some(language), &known).unwrap().yaml;
        for part in expected {
            assert!(yaml.contains(part), "{text}: {part}\n{yaml}");
        }
        drafted("text", text, Some(language), &known);
    }
}
