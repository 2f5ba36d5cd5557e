//! Verification of a draft: every quotation is found and judged, and the speaker that the draft names is checked.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::{Value, json as value};
use tower::ServiceExt;

use crate::{TODAY, TestResponse, service_on};

async fn post(media_type: &str, body: impl Into<Body>) -> TestResponse {
    let request = Request::builder().method(Method::POST).uri("/v1/verify").header("content-type", media_type);
    let response = service_on(TODAY).await.oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    TestResponse { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

async fn quotations(draft: &str) -> Vec<Value> {
    let response = post("text/plain; charset=utf-8", draft.to_owned()).await;
    assert_eq!(response.status, StatusCode::OK, "{}", String::from_utf8_lossy(&response.body));
    assert_eq!(response.header("cache-control"), "no-store");
    let quotations = response.json()["quotations"].as_array().unwrap().clone();
    let chars: Vec<char> = draft.chars().collect();
    for quotation in &quotations {
        let at = |end: &str| usize::try_from(quotation[end].as_u64().unwrap()).unwrap();
        assert_eq!(quotation["quote"], chars[at("start")..at("end")].iter().collect::<String>());
    }
    quotations
}

const DRAFT: &str = "أعلن البيان المشترك «اختتام المهمة العسكرية للتحالف في العراق على مدى الاثني عشر شهرًا القادمة».
وقال ضابط عراقي كبير لوكالة شفق نيوز إن “الإخلاء الفعلي سيكون في منتصف العام المقبل 2025”، وأضاف: \"لن تبقى أي قوات أجنبية على أرض البلاد\".
وبحسب البيان، فإن «قوات التحالف الدولي بدأت إجراءات خاصة».
والموعد «في موعد أقصاه نهاية سبتمبر 2026»، وفق البيان.

> العراق عضو أساسي في التحالف

The officer said: “the actual evacuation will be in the middle of next year”, and “or slightly before”.";

#[tokio::test]
async fn every_quotation_of_a_draft_is_found_and_its_speaker_checked() {
    let found: Vec<(Value, Value, Value)> = quotations(DRAFT)
        .await
        .into_iter()
        .map(|quotation| (quotation["verdict"]["match"].clone(), quotation["speaker"].clone(), quotation["speaker_correct"].clone()))
        .collect();
    let statement = "iq-us-2024-09-27";
    assert_eq!(
        value!(found),
        value!([
            ["exact", statement, true],
            ["exact", "senior-iraqi-officer", true],
            ["none", "senior-iraqi-officer", null],
            ["exact", statement, false],
            ["altered", statement, null],
            ["exact", null, null],
            ["exact", "senior-iraqi-officer", true],
            ["exact", "senior-iraqi-officer", true],
        ])
    );
}

#[tokio::test]
async fn a_draft_can_be_json_and_name_its_statement() {
    let response = post("application/json", value!({"text": "«العراق عضو أساسي في التحالف»", "statement": "iq-us-2024-09-27"}).to_string()).await;
    assert_eq!((response.status, &response.json()["quotations"][0]["verdict"]["match"]), (StatusCode::OK, &"exact".into()));
    assert_eq!(response.json()["total"], 1);
}

#[tokio::test]
async fn an_invalid_draft_is_rejected() {
    for (media_type, body, status) in [
        ("application/json", r#"{"text": 1}"#.to_owned(), 400),
        ("application/json", r#"{"text": "«a»", "voice": "statement"}"#.to_owned(), 400),
        ("application/json", r#"{"text": "«a»", "statement": "iq-us-2024-09-28"}"#.to_owned(), 400),
        ("text/html", "<q>a</q>".to_owned(), 415),
        ("text/plain", "a".repeat(256 * 1024 + 1), 413),
    ] {
        assert_eq!(post(media_type, body).await.status.as_u16(), status, "{media_type}");
    }
    let invalid_utf8 = post("text/plain", vec![0xff, 0xfe]).await;
    assert_eq!(invalid_utf8.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_hostile_draft_gets_a_response() {
    let long = format!("“{}”", "العراق ".repeat(5_000));
    for draft in ["«".repeat(20_000), "\"a".repeat(20_000), "> ".repeat(20_000), "«في».".repeat(2_000), long, "\u{202e}'”«\"".repeat(5_000)] {
        let response = post("text/plain", draft.clone()).await;
        assert_eq!(response.status, StatusCode::OK, "{}", draft.chars().take(10).collect::<String>());
        assert!(response.json()["quotations"].as_array().unwrap().len() <= 500);
    }
}

#[tokio::test]
async fn two_quotations_of_a_sentence_have_their_own_speakers() {
    let (officer, statement) = (Some("senior-iraqi-officer"), Some("iq-us-2024-09-27"));
    for (draft, speakers) in [
        ("قال ضابط عراقي كبير إن «قوات التحالف الدولي بدأت إجراءات خاصة»، فيما أكد البيان أن «العراق عضو أساسي في التحالف».", [officer, statement]),
        ("أكد البيان أن «العراق عضو أساسي في التحالف»، فيما قال ضابط عراقي كبير إن «قوات التحالف الدولي بدأت إجراءات خاصة».", [statement, officer]),
        ("«ستستمر حتى أيلول 2026»، وفق البيان، و«قوات التحالف الدولي بدأت إجراءات خاصة»، بحسب الضابط.", [statement, officer]),
        ("«ستستمر حتى أيلول 2026»، كما جاء في البيان، بينما قال الضابط «قوات التحالف الدولي بدأت إجراءات خاصة».", [statement, officer]),
        (
            "The officer said “the actual evacuation will be in the middle of next year, 2025”, and the statement added “until September 2026”.",
            [officer, statement],
        ),
        (
            "“Iraq thanks the Coalition,” the statement said, while an officer added “the actual evacuation will be in the middle of next year”.",
            [statement, officer],
        ),
        ("«ستستمر حتى أيلول 2026»، فيما أكد الضابط أن «قوات التحالف الدولي بدأت إجراءات خاصة».", [None, officer]),
    ] {
        let found = quotations(draft).await;
        assert_eq!(found.iter().map(|quotation| quotation["speaker"].as_str()).collect::<Vec<_>>(), speakers, "{draft}");
        let is_right = |quotation: &Value| quotation["speaker"].is_null() || quotation["speaker_correct"] == true;
        assert!(found.iter().all(is_right), "{draft}");
    }
}

#[tokio::test]
async fn a_name_that_a_draft_excludes_is_not_the_speaker() {
    for draft in [
        "A senior Iraqi officer, not the statement, said “the actual evacuation will be in the middle of next year, 2025”.",
        "وقال الضابط، وليس البيان، إن «قوات التحالف الدولي بدأت إجراءات خاصة».",
    ] {
        let found = quotations(draft).await;
        assert_eq!((&found[0]["speaker"], &found[0]["speaker_correct"]), (&"senior-iraqi-officer".into(), &true.into()), "{draft}");
    }
}
