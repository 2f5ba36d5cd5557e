//! Verifying: a quotation gets the right answer, its speaker, and what differs.
//!
//! `tests/quotations.tsv` is the judgement of a reader who had not seen the program: a quotation, how it agrees, and whose
//! words those are that do.

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json as value};

use crate::{get, json};

fn asked(parameters: &[(&str, &str)]) -> String {
    format!("/v1/verify?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish())
}

async fn verified(text: &str) -> Value {
    json(&asked(&[("text", text)])).await
}

#[tokio::test]
async fn every_quotation_of_the_table_is_judged_as_a_reader_judged_it() {
    let source = json("/v1/statements/iq-us-2024-09-27").await["source"]["text"].as_str().unwrap().to_owned();
    let mut wrong = Vec::new();
    for line in include_str!("../quotations.tsv").lines().skip(1) {
        let [text, agreement, voice] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let verdict = verified(text).await;
        let voices: Vec<&str> = verdict["voices"].as_array().unwrap().iter().map(|voice| voice.as_str().unwrap()).collect();
        // Of a part, whose the longest run is; of all of it, everybody in their order.
        let said = if agreement == "partial" && verdict["voice"].is_string() { verdict["voice"].as_str().unwrap().to_owned() } else { voices.join("+") };
        if verdict["match"] != agreement || said != voice.trim_matches('-') {
            wrong.push(format!("{text}: {} by {said} instead of {agreement} by {voice}", verdict["match"]));
        }
        assert_eq!(verdict["verbatim"], agreement == "exact" && verdict["of"] == "source", "{text}");
        assert_eq!(verdict["differences"].as_array().unwrap().is_empty(), agreement != "partial", "{text}: a part says what differs, and nothing else does");
        for place in verdict["places"].as_array().unwrap() {
            let (start, end) = (place["start"].as_u64().unwrap(), place["end"].as_u64().unwrap());
            let there: String = source.chars().zip(0..end).filter(|(_, at)| *at >= start).map(|(char, _)| char).collect();
            assert_eq!(place["exact"], there, "{text}");
        }
        if verdict["verbatim"] == true {
            assert_eq!(verdict["quote"]["exact"], text);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_differs_is_shown() {
    for (text, change, given, source) in [
        // A word, a negation, a year, a word left out, two places.
        ("تعلن اختتام المهمة السياسية للتحالف في العراق", "replaced", "السياسية", "العسكرية"),
        ("لا تعلن اختتام المهمة العسكرية للتحالف في العراق", "added", "لا", ""),
        ("العراق ليس عضو أساسي في التحالف", "added", "ليس", ""),
        ("وفي موعد أقصاه نهاية سبتمبر 2026", "replaced", "2026", "2025"),
        ("تعلن اختتام المهمة للتحالف في العراق", "left_out", "", "العسكرية"),
        ("العراق عضو أساسي في التحالف حتى أيلول 2026", "joined", "حتى أيلول 2026", "حتى أيلول 2026"),
        ("no later than the end of August 2025", "replaced", "August", "September"),
    ] {
        let verdict = verified(text).await;
        assert_eq!(verdict["match"], "partial", "{text}");
        assert_eq!(verdict["differences"], value!([{"change": change, "given": given, "source": source}]), "{text}");
    }
}

#[tokio::test]
async fn words_ascribed_to_another_voice_are_told() {
    let forecast = "الإخلاء الفعلي سيكون في منتصف العام المقبل 2025 أو قبله بقليل";
    for (voice, holds) in [("statement", false), ("third_party", true), ("agency", false)] {
        let verdict = json(&asked(&[("text", forecast), ("voice", voice)])).await;
        assert_eq!((&verdict["match"], &verdict["voice"], &verdict["attribution_holds"]), (&"exact".into(), &"third_party".into(), &holds.into()), "{voice}");
        assert_eq!(verdict["verdict"]["en"].as_str().unwrap().contains("does not hold"), !holds, "{voice}");
    }
    assert_eq!(verified(forecast).await["attribution_holds"], Value::Null);
    assert!(verified(forecast).await["notes"].as_array().unwrap().iter().any(|note| note["severity"] == "critical"));
}

#[tokio::test]
async fn a_translation_is_never_called_verbatim_and_leads_to_the_words() {
    let verdict = verified("and no later than the end of September 2025").await;
    assert_eq!((&verdict["match"], &verdict["of"], &verdict["verbatim"]), (&"exact".into(), &"working_translation".into(), &false.into()));
    assert_eq!((&verdict["clause"], &verdict["quote"]["exact"]), (&"iq-us-2024-09-27-6c".into(), &"وفي موعد أقصاه نهاية سبتمبر 2025".into()));
    assert_eq!(verdict["translation"], "and no later than the end of September 2025");
}

#[tokio::test]
async fn what_cannot_be_verified_is_refused_by_name() {
    for (path, parameter) in [
        ("/v1/verify".to_owned(), "text"),
        (asked(&[("text", "")]), "text"),
        (asked(&[("text", &"a,".repeat(400))]), "text"),
        (asked(&[("text", "العراق"), ("voice", "nobody")]), "voice"),
        (asked(&[("text", "العراق"), ("statement", "iq-us-2024-09-28")]), "statement"),
        (asked(&[("text", "العراق"), ("q", "x")]), "q"),
    ] {
        let answer = get(&path).await;
        assert_eq!(answer.status, 400, "{path}");
        assert_eq!(answer.json()["errors"][0]["parameter"], parameter, "{path}");
    }
}

#[test]
fn every_stretch_of_the_source_is_exact_and_nothing_typed_fails() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let statement = runtime.block_on(json("/v1/statements/iq-us-2024-09-27"));
    let source: Vec<char> = statement["source"]["text"].as_str().unwrap().chars().collect();
    let boundary = |at: usize| at == 0 || at == source.len() || !source[at - 1].is_alphanumeric() || !source[at].is_alphanumeric();
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let stretch = (0..source.len() - 1, 1..300_usize);
    let checked = runner.run(&(stretch, "\\PC{1,60}"), |((start, length), typed)| {
        let end = (start + length).min(source.len());
        let text: String = source[start..end].iter().collect();
        if boundary(start) && boundary(end) && text.chars().any(char::is_alphanumeric) {
            prop_assert_eq!(&runtime.block_on(verified(&text))["match"], "exact", "{:?}", text);
        }
        let expected = if typed.chars().any(char::is_alphanumeric) { 200 } else { 400 };
        prop_assert!(runtime.block_on(get(&asked(&[("text", &typed)]))).status == expected, "{typed:?}");
        Ok(())
    });
    checked.unwrap();
}
