//! Verification: a quotation gets the right verdict, its speakers, and what differs.

use std::collections::BTreeMap;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json as value};

use crate::{get, json};

fn verify_uri(parameters: &[(&str, &str)]) -> String {
    format!("/v1/verify?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish())
}

async fn verify(text: &str) -> Value {
    json(&verify_uri(&[("text", text)])).await
}

/// A row of `tests/quotations.tsv`.
struct Row<'t> {
    kind: &'t str,
    text: &'t str,
    asked: &'t str,
    matches: Vec<&'t str>,
    holds: &'t str,
    first_difference: Vec<&'t str>,
    clauses: Vec<&'t str>,
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Self {
        let [kind, text, asked, matches, holds, first_difference, clauses, _] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let list = |column: &'t str, separator| if column == "-" { Vec::new() } else { column.split(separator).collect() };
        Self { kind, text, asked, matches: list(matches, '/'), holds, first_difference: list(first_difference, '/'), clauses: list(clauses, ',') }
    }

    fn uri(&self) -> String {
        let voice = (self.asked != "-").then_some(("voice", self.asked));
        verify_uri(&[("text", self.text)].into_iter().chain(voice).collect::<Vec<_>>())
    }

    /// What is wrong with a verdict; `None` if it is right.
    fn fault(&self, verdict: &Value) -> Option<String> {
        let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
        let found = text(&verdict["match"]);
        let first = text(&verdict["differences"][0]["kind"]);
        let clauses: Vec<String> = verdict["clauses"].as_array().unwrap().iter().map(|clause| text(&clause["label"])).collect();
        let holds = verdict["attribution"]["holds"].to_string();
        if !self.matches.contains(&found.as_str()) {
            return Some(format!("{found} and not {:?}", self.matches));
        }
        if found == "altered" && !self.first_difference.is_empty() && !self.first_difference.contains(&first.as_str()) {
            return Some(format!("the first difference is {first} and not {:?}", self.first_difference));
        }
        if self.holds != "-" && holds != self.holds {
            return Some(format!("the attribution is {holds} and not {}", self.holds));
        }
        let missing: Vec<_> = self.clauses.iter().filter(|clause| found != "none" && !clauses.contains(&(**clause).to_owned())).collect();
        // Of two passages that are joined, one is the nearest.
        let is_joined = verdict["differences"].as_array().unwrap().iter().any(|difference| difference["kind"] == "joined");
        (!missing.is_empty() && !is_joined).then(|| format!("{clauses:?} lack {missing:?}"))
    }
}

/// Asserts the invariants of every verdict.
fn assert_consistent(text: &str, verdict: &Value, source: &[char]) {
    let is_in_source = ["exact", "normalized", "abridged"].contains(&verdict["match"].as_str().unwrap());
    let kinds: Vec<&str> = verdict["differences"].as_array().unwrap().iter().map(|difference| difference["kind"].as_str().unwrap()).collect();
    let changes = ["negation", "number", "name", "joined", "replacement", "insertion", "omission"];
    assert_eq!(verdict["verbatim"], verdict["match"] == "exact" && verdict["of"] == "source", "{text}");
    assert_eq!(kinds.is_empty(), verdict["match"] == "exact" || verdict["match"] == "none", "{text}: {kinds:?}");
    assert_eq!(verdict["occurrences"].as_array().unwrap().is_empty(), !is_in_source, "{text}");
    assert_eq!(verdict["closest"].is_null(), verdict["match"] != "altered", "{text}");
    if is_in_source {
        assert!(kinds.iter().all(|kind| !changes.contains(kind)), "{text}: {kinds:?}");
    } else {
        for nothing in ["quote", "clause", "voice", "speaker", "translation"] {
            assert!(verdict[nothing].is_null(), "{text}: {nothing}");
        }
        assert_eq!(
            (&verdict["attribution"]["holds"], &verdict["attribution"]["speakers"], &verdict["voices"]),
            (&Value::Null, &value!([]), &value!([])),
            "{text}"
        );
        let english = verdict["verdict"]["en"].as_str().unwrap();
        assert!(["Not in the source", "These words are not", "The source is in Arabic"].iter().any(|denial| english.starts_with(denial)), "{text}: {english}");
        for endorsement in ["own words", "word for word", "reported by", "said by", "the words of the statement"] {
            assert!(!english.contains(endorsement), "{text}: {english}");
        }
    }
    if verdict["match"] == "altered" {
        assert!(changes.contains(&kinds[0]), "{text}: {kinds:?}");
    }
    let occurrences = verdict["occurrences"].as_array().unwrap().iter();
    let quotes = occurrences.flat_map(|occurrence| occurrence["pieces"].as_array().unwrap().iter().chain([&occurrence["quote"]]));
    for quote in quotes.chain([&verdict["closest"]["quote"]]).filter(|quote| !quote.is_null()) {
        let at = |end: &str| usize::try_from(quote[end].as_u64().unwrap()).unwrap();
        assert_eq!(quote["exact"], source[at("start")..at("end")].iter().collect::<String>(), "{text}");
    }
}

async fn source() -> Vec<char> {
    json("/v1/statements/iq-us-2024-09-27").await["source"]["text"].as_str().unwrap().chars().collect()
}

#[tokio::test]
async fn every_quotation_of_the_table_gets_its_verdict() {
    let source = source().await;
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in include_str!("../quotations.tsv").lines().filter(|line| !line.starts_with('#')).map(Row::read) {
        let verdict = json(&row.uri()).await;
        assert_consistent(row.text, &verdict, &source);
        let fault = row.fault(&verdict);
        let (right, all) = counts.entry(row.kind).or_default();
        *right += usize::from(fault.is_none());
        *all += 1;
        faults.extend(fault.map(|fault| format!("{} ({}): {fault}", row.text, row.kind)));
    }
    println!("{}", counts.iter().map(|(kind, (right, all))| format!("{kind}: {right} of {all}")).collect::<Vec<_>>().join("\n"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn a_difference_has_the_words_of_the_quotation_and_of_the_source() {
    for (text, kind, given, source) in [
        ("تعلن اختتام المهمة السياسية للتحالف في العراق", "replacement", "السياسية", "العسكرية"),
        ("لا تعلن اختتام المهمة العسكرية للتحالف في العراق", "negation", "لا", ""),
        ("وفي موعد أقصاه نهاية سبتمبر 2026", "number", "2026", "2025"),
        ("تعلن اختتام المهمة للتحالف في العراق", "omission", "", "العسكرية"),
        ("العراق عضو أساسي في التحالف الذي شكل تهديداً للعالم أجمع", "joined", "الذي شكل تهديداً للعالم أجمع", "الذي شكل تهديداً للعالم أجمع"),
        ("استعداداً للانسحاب من العاصمة دمشق", "name", "دمشق", "بغداد"),
        ("no later than the end of August 2025", "number", "August", "September"),
        ("تعلن [الحكومتان] اختتام المهمة", "bracket", "[الحكومتان]", ""),
        ("العراق و الولايات المتحدة", "spacing", "و الولايات", "والولايات"),
    ] {
        assert_eq!(verify(text).await["differences"], value!([{"kind": kind, "given": given, "source": source}]), "{text}");
    }
}

#[tokio::test]
async fn every_occurrence_counts() {
    let verdict = verify("المهمة العسكرية للتحالف").await;
    let voices: Vec<&str> = verdict["occurrences"].as_array().unwrap().iter().map(|occurrence| occurrence["voice"].as_str().unwrap()).collect();
    assert_eq!(voices, ["agency", "statement", "statement", "statement"]);
    assert_eq!(verdict["voices"], value!(["agency", "statement"]));
    assert!(verdict["verdict"]["en"].as_str().unwrap().contains("both"), "{}", verdict["verdict"]["en"]);
    for voice in ["agency", "statement"] {
        let verdict = json(&verify_uri(&[("text", "المهمة العسكرية للتحالف"), ("voice", voice)])).await;
        assert_eq!((&verdict["attribution"]["holds"], &verdict["voice"]), (&true.into(), &voice.into()));
    }
}

#[tokio::test]
async fn a_speaker_can_be_requested() {
    let forecast = "الإخلاء الفعلي سيكون في منتصف العام المقبل 2025 أو قبله بقليل";
    for (text, speaker, holds) in [
        (forecast, "senior-iraqi-officer", true),
        (forecast, "shafaq-news", false),
        (forecast, "iraq", false),
        ("في موعد أقصاه نهاية سبتمبر 2025", "iraq", true),
        ("في موعد أقصاه نهاية سبتمبر 2025", "united-states", true),
        ("في موعد أقصاه نهاية سبتمبر 2025", "government-of-iraq", true),
        ("في موعد أقصاه نهاية سبتمبر 2025", "global-coalition", false),
        ("وذلك في بيان مشترك مع العراق", "shafaq-news", true),
    ] {
        let verdict = json(&verify_uri(&[("text", text), ("speaker", speaker)])).await;
        assert_eq!((&verdict["attribution"]["holds"], &verdict["attribution"]["asked_speaker"]), (&holds.into(), &speaker.into()), "{text} by {speaker}");
        assert_eq!(verdict["verdict"]["en"].as_str().unwrap().starts_with("The attribution to"), !holds, "{}", verdict["verdict"]["en"]);
    }
}

#[tokio::test]
async fn a_verdict_contains_the_critical_notes_on_its_words() {
    for (text, language, caution) in [
        ("بين العراق وإسرائيل", "ar", "خطأ"),
        ("بين العراق وإسرائيل", "en", "error"),
        ("الإخلاء الفعلي سيكون في منتصف العام المقبل 2025", "en", "The statement never mentions mid-2025"),
        ("الحوار الثاني للتعاون الأمني المشترك بين العراق والولايات المتحدة", "en", "known to be wrong"),
    ] {
        let verdict = verify(text).await;
        let sentence = verdict["verdict"][language].as_str().unwrap();
        assert!(sentence.contains(caution), "{sentence}");
    }
    let negated = verify("عودة التهديد من هذا التنظيم الإرهابي بأي شكل من الأشكال").await;
    assert!(negated["verdict"]["en"].as_str().unwrap().contains("negation that is not quoted"));
}

#[tokio::test]
async fn a_note_travels_with_the_words_that_it_is_about_only() {
    for text in ["العراق", "في", "التحالف", "2025", "على مدى الاثني عشر شهرًا القادمة", "over the coming twelve months", "joint statement", "22-23 July 2024"]
    {
        let verdict = verify(text).await;
        assert!(!verdict["verdict"]["en"].as_str().unwrap().contains("caution"), "{text}: {}", verdict["verdict"]["en"]);
    }
    for text in
        ["بين العراق وإسرائيل", "between Iraq and Israel", "اختتام المهمة العسكرية", "the conclusion of the military mission", "the middle of next year, 2025"]
    {
        let verdict = verify(text).await;
        assert!(verdict["verdict"]["en"].as_str().unwrap().contains("caution"), "{text}: {}", verdict["verdict"]["en"]);
    }
}

#[tokio::test]
async fn a_verdict_says_what_differs_and_what_it_does() {
    for (text, words) in [
        ("تعلن [الحكومتان] اختتام المهمة العسكرية … في العراق", "the quotation leaves out “للتحالف”; “[الحكومتان]” is not in the source"),
        ("تعلن [إلغاء] اختتام المهمة العسكرية للتحالف في العراق", "“[إلغاء]” is not in the source and may change the meaning"),
        ("الحوار الثاني للتعاون الأمني المشترك بين العراق والولايات المتحدة", "the source has “بين العراق وإسرائيل”, which is known to be wrong"),
        ("keeps up the pressure on ISIS", "another name for the same; compare clause 6e; the other published versions may have these words"),
        ("نهاية أيلول/سبتمبر 2025", "the quotation adds “أيلول”, another name for the same date"),
        (
            "concluding its military mission in Iraq over the next twelve months and by no later than the end of September 2025",
            "“of the Coalition” without a mark; compare",
        ),
        ("ربما ستستمر حتى أيلول 2026", "the quotation adds “ربما”, which changes the meaning; the closest passage is clause 7e"),
        ("عن انتهاء مهمته في العراق خلال 18 شهراً", "the closest passage is clause 1b"),
        ("حتى أيلول 2026 على الأقل", "which changes the meaning"),
        ("خلال 12 عاماً", "which changes the meaning"),
        ("وذلك ضمن سياق ينتهي فعليًا منتصف العام المقبل", "which changes the meaning"),
    ] {
        let verdict = verify(text).await;
        assert!(verdict["verdict"]["en"].as_str().unwrap().contains(words), "{text}: {}", verdict["verdict"]["en"]);
    }
}

#[tokio::test]
async fn a_translation_is_never_called_verbatim_and_has_the_words_of_the_source() {
    let verdict = verify("and no later than the end of September 2025").await;
    assert_eq!((&verdict["match"], &verdict["of"], &verdict["verbatim"]), (&"exact".into(), &"working_translation".into(), &false.into()));
    assert_eq!((&verdict["clause"], &verdict["quote"]["exact"]), (&"iq-us-2024-09-27-6c".into(), &"وفي موعد أقصاه نهاية سبتمبر 2025".into()));
    assert_eq!(verdict["translation"], "and no later than the end of September 2025");
    let published = verify("As Iraq is a key member of the Coalition, and to prevent the return of the ISIS terrorist threat from northeast Syria").await;
    assert_eq!((&published["match"], &published["closest"]["clause"]), (&"altered".into(), &"iq-us-2024-09-27-7b".into()));
    assert!(published["verdict"]["en"].as_str().unwrap().contains("published versions"));
    let unheard = verify("Every American soldier will be home by Christmas").await;
    assert_eq!((&unheard["match"], &unheard["versions"]), (&"none".into(), &published["versions"]));
    assert!(!published["versions"].as_array().unwrap().is_empty());
    assert_eq!(verify("العراق عضو مؤسس في التحالف").await["versions"], value!([]));
}

#[tokio::test]
async fn no_shared_cache_stores_a_verdict() {
    let response = get(&verify_uri(&[("text", "اختتام المهمة العسكرية")])).await;
    assert_eq!(response.header("cache-control"), "private, max-age=60, stale-while-revalidate=600");
}

#[tokio::test]
async fn an_invalid_request_to_verify_returns_400() {
    for (path, parameter) in [
        ("/v1/verify".to_owned(), "text"),
        (verify_uri(&[("text", "")]), "text"),
        (verify_uri(&[("text", &"a,".repeat(800))]), "text"),
        (verify_uri(&[("text", "العراق"), ("voice", "nobody")]), "voice"),
        (verify_uri(&[("text", "العراق"), ("statement", "iq-us-2024-09-28")]), "statement"),
        (verify_uri(&[("text", "العراق"), ("speaker", "nobody")]), "speaker"),
        (verify_uri(&[("text", "العراق"), ("q", "x")]), "q"),
    ] {
        let response = get(&path).await;
        assert_eq!(response.status, 400, "{path}");
        assert_eq!(response.json()["errors"][0]["parameter"], parameter, "{path}");
    }
}

#[test]
fn every_stretch_of_the_source_is_exact_and_any_text_gets_a_verdict() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let source = runtime.block_on(source());
    let boundary = |at: usize| at == 0 || at == source.len() || !source[at - 1].is_alphanumeric() || !source[at].is_alphanumeric();
    // A number is not divided: a part of it is another number.
    let twelve = source.windows(11).position(|words| words.iter().collect::<String>() == "الاثني عشر ").unwrap();
    let divides = |at: usize| (twelve + 1..=twelve + 10).contains(&at);
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let stretch = (0..source.len() - 1, 1..300_usize);
    let checked = runner.run(&(stretch, "\\PC{1,60}"), |((start, length), typed)| {
        let end = (start + length).min(source.len());
        let text: String = source[start..end].iter().collect();
        if boundary(start) && boundary(end) && !divides(start) && !divides(end) && text.chars().any(char::is_alphanumeric) {
            prop_assert_eq!(&runtime.block_on(verify(&text))["match"], "exact", "{:?}", text);
        }
        if typed.chars().any(char::is_alphanumeric) {
            assert_consistent(&typed, &runtime.block_on(verify(&typed)), &source);
        } else {
            prop_assert!(runtime.block_on(get(&verify_uri(&[("text", &typed)]))).status == 400, "{typed:?}");
        }
        Ok(())
    });
    checked.unwrap();
}
