//! The page that checks quotations.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
};
use http_body_util::BodyExt;
use scraper::Html;
use tower::ServiceExt;

use crate::{
    TODAY, TestResponse,
    pages::{page, select, text},
    send, service_on,
};

/// The page for a text in the query.
async fn checked(service: &Router, language: &str, words: &str) -> Html {
    page(service, &format!("/{language}/verify?text={}", percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC))).await
}

/// The response to a submitted form.
async fn submitted(service: &Router, words: &str) -> TestResponse {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("text", words).finish();
    send_body(service, "/en/verify", "application/x-www-form-urlencoded", &body).await
}

async fn send_body(service: &Router, path: &str, media_type: &str, body: &str) -> TestResponse {
    let request = Request::builder().method(Method::POST).uri(path).header("content-type", media_type).body(Body::from(body.to_owned()));
    let (parts, body) = service.clone().oneshot(request.unwrap()).await.unwrap().into_parts();
    TestResponse { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

#[tokio::test]
async fn a_quotation_is_shown_beside_the_source_with_its_differences_marked() {
    let service = service_on(TODAY).await;
    let html = checked(&service, "en", "وفي موعد أقصاه نهاية أكتوبر 2025").await;
    assert_eq!(text(select(&html, ".verdict.altered .match")[0]), "Not in the source in these words");
    assert!(text(select(&html, ".compared ins")[0]).starts_with("أكتوبر"));
    assert!(text(select(&html, ".compared del")[0]).starts_with("سبتمبر"));
    assert!(text(select(&html, ".compared ins")[0]).contains("not in the source"), "a mark has a word besides its colour");
    assert_eq!(text(select(&html, "#q1-quotation")[0]), "وفي موعد أقصاه نهاية سبتمبر 2025");
    assert!(select(&html, "meta[name=robots][content=noindex]").len() == 1 && select(&html, "link[rel=canonical]").is_empty());
    assert_eq!(text(select(&html, "textarea")[0]), "وفي موعد أقصاه نهاية أكتوبر 2025");
    let other = select(&html, "a.other-language")[0].attr("href").unwrap().trim_start_matches("..").to_owned();
    let exact = page(&service, &other.replace("%D8%A3%D9%83%D8%AA%D9%88%D8%A8%D8%B1", "%D8%B3%D8%A8%D8%AA%D9%85%D8%A8%D8%B1")).await;
    assert_eq!(text(select(&exact, ".verdict.in-source .match")[0]), "وارد حرفياً في المصدر");
    assert!(select(&exact, ".compared ins, .compared del").is_empty());
}

#[tokio::test]
async fn no_verdict_endorses_what_the_source_does_not_have() {
    let service = service_on(TODAY).await;
    for (words, class, heading) in [
        ("the Coalition will leave Iraq tomorrow morning", "absent", "Not found in any source here"),
        ("and no later than the end of September 2025", "in-translation", "From our translation, not from the source"),
        ("and no later than the end of October 2025", "altered", "Not in the source in these words"),
        ("وفي موعد أقصاه … 2025", "in-source", "The source’s words, with marked cuts or insertions"),
        ("قال البيان إن «الإخلاء الفعلي سيكون في منتصف العام المقبل 2025»", "misattributed", "Word for word, but wrongly attributed"),
        ("قال الضابط إن «الإخلاء الفعلي سيكون في منتصف العام المقبل 2025»", "in-source", "Word for word in the source"),
        ("ولفت إلى أن “العراق عضو أساسي في التحالف", "in-source", "Word for word in the source"),
    ] {
        let html = checked(&service, "en", words).await;
        assert_eq!(text(select(&html, &format!(".verdict.{class} .match"))[0]), heading, "{words}");
    }
    let html = checked(&service, "ar", "تعلن اختتام المهمة العسكرية للتحالف في العراق").await;
    let notes = select(&html, ".verdict > .note-critical");
    assert!(!notes.is_empty(), "a critical note is open, above the words");
}

#[tokio::test]
async fn words_outside_the_quotation_marks_are_no_words_of_the_quotation() {
    let service = service_on(TODAY).await;
    let html = checked(&service, "en", "جاء في البيان المشترك: «في موعد أقصاه نهاية سبتمبر 2025»").await;
    assert!(select(&html, ".compared mark, .compared ins, .compared del").is_empty(), "an attribution is not written differently");
    assert_eq!(text(select(&html, ".compared blockquote")[0]), "في موعد أقصاه نهاية سبتمبر 2025");
    assert!(text(select(&html, "#result")[0]).contains("Only the words in quotation marks"));
}

#[tokio::test]
async fn a_short_quotation_gets_a_url_and_a_draft_none() {
    let service = service_on(TODAY).await;
    let quotation = submitted(&service, "«في موعد أقصاه نهاية سبتمبر 2025»").await;
    assert_eq!((quotation.status, quotation.header("cache-control")), (StatusCode::SEE_OTHER, "no-store"));
    assert!(quotation.header("location").starts_with("verify?text=%C2%AB") && quotation.header("location").ends_with("#result"));
    let draft = submitted(&service, "The statement says “في موعد أقصاه نهاية سبتمبر 2025”, and adds: “ينسحب الجميع غداً صباحاً من كل القواعد”.").await;
    assert_eq!((draft.status, draft.header("cache-control"), draft.header("content-language")), (StatusCode::OK, "no-store", "en"));
    let html = Html::parse_document(std::str::from_utf8(&draft.body).unwrap());
    assert_eq!(select(&html, ".verdict").len(), 2);
    assert!(text(select(&html, "#result > p")[0]).contains("2 quotations"));
    assert!(select(&html, "#check-link").is_empty() && select(&html, "meta[name=robots]").len() == 1);
    let long = submitted(&service, &"كلمة ".repeat(2_000)).await;
    assert!(String::from_utf8_lossy(&long.body).contains("too long for one quotation"));
    let other = send_body(&service, "/ar/verify", "application/json", "{}").await;
    assert_eq!((other.status, other.header("content-type")), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn without_a_text_the_page_is_a_form_with_a_bookmarklet() {
    let service = service_on(TODAY).await;
    for language in ["ar", "en"] {
        let html = page(&service, &format!("/{language}/verify")).await;
        assert!(select(&html, "meta[name=robots]").is_empty() && select(&html, ".verdict").is_empty());
        let bookmarklet = select(&html, "a.drag")[0].attr("href").unwrap();
        assert!(bookmarklet.starts_with("javascript:void(open('") && bookmarklet.contains(&format!("/{language}/verify?text=")), "{bookmarklet}");
        let empty = page(&service, &format!("/{language}/verify?text=%20.")).await;
        assert_eq!(select(&empty, ".warning").len(), 1);
    }
    let hostile = checked(&service, "en", "</textarea><script>alert(1)</script> \u{202e}\" onfocus=\"x").await;
    assert!(select(&hostile, "body script, [onfocus]").is_empty());
    assert_eq!(send(&service, Method::PUT, "/en/verify", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
}
