//! `/.well-known/security.txt` (RFC 9116): there is one where the operator has said whom to tell of a vulnerability.

use axum::{Router, http::Method};
use bayan::{AppState, clock::Clock};
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    TODAY, seeded, send,
    test_server::{TestServer, bayan, get, header, status},
};

const PATH: &str = "/.well-known/security.txt";

/// The service at a public URL, with these contacts, at this time.
async fn service(public_url: Option<&str>, contacts: &[&str], now: &str) -> Router {
    let now: DateTime<Utc> = now.parse().unwrap();
    let contacts: Vec<_> = contacts.iter().map(|contact| contact.parse().unwrap()).collect();
    let public_url = public_url.map(|url| url.parse().unwrap());
    let corpus = bayan::storage::open(seeded().await).await.unwrap();
    bayan::app(AppState::new(corpus, Clock::from_fn(move || now), public_url.as_ref()).with_security_contacts(&contacts))
}

#[tokio::test]
async fn the_file_has_the_contacts_in_their_order_and_expires_after_180_days() {
    let contacts = ["mailto:security@example.org", "https://example.org/report", "tel:+1-201-555-0123"];
    for (now, expires) in [
        ("2026-11-27T00:00:00Z", "2027-05-26"),
        ("2026-11-27T23:59:59Z", "2027-05-26"),
        // Baghdad has the next day already.
        ("2027-12-31T22:30:00Z", "2028-06-28"),
        ("2024-01-01T12:00:00Z", "2024-06-29"),
    ] {
        for (public_url, canonical) in [
            (None, ""),
            (Some("http://bayan.example"), ""),
            (Some("https://bayan.example"), "Canonical: https://bayan.example/.well-known/security.txt\n"),
            (Some("https://bayan.example:8443/"), "Canonical: https://bayan.example:8443/.well-known/security.txt\n"),
        ] {
            for count in 1..=contacts.len() {
                let response = send(&service(public_url, &contacts[..count], now).await, Method::GET, PATH, &[]).await;
                let lines = contacts[..count].join("\nContact: ");
                let expected = format!("Contact: {lines}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en, ar\n{canonical}");
                assert_eq!((response.status.as_u16(), String::from_utf8(response.body.clone()).unwrap()), (200, expected));
                assert_eq!(
                    (response.header("content-type"), response.header("cache-control")),
                    ("text/plain; charset=utf-8", "public, max-age=86400"),
                    "{now}"
                );
                let expires: DateTime<Utc> = format!("{expires}T00:00:00Z").parse().unwrap();
                let left = expires - now.parse::<DateTime<Utc>>().unwrap();
                assert!(TimeDelta::days(179) <= left && left <= TimeDelta::days(180), "{left}");
            }
        }
    }
}

#[tokio::test]
async fn there_is_no_file_without_contacts_nor_below_a_path() {
    let contact = ["mailto:security@example.org"];
    for (public_url, contacts) in [(None, &[][..]), (Some("https://bayan.example"), &[]), (Some("https://example.org/bayan"), &contact)] {
        let service = service(public_url, contacts, &format!("{TODAY}T00:00:00Z")).await;
        for path in [PATH.to_owned(), format!("/bayan{PATH}")] {
            let response = send(&service, Method::GET, &path, &[]).await;
            assert_eq!(
                (response.status.as_u16(), response.header("content-type"), response.header("cache-control")),
                (404, "application/problem+json", "no-store")
            );
        }
    }
    let service = service(None, &contact, &format!("{TODAY}T00:00:00Z")).await;
    for (method, path, status) in [
        (Method::HEAD, PATH, 200),
        (Method::POST, PATH, 405),
        (Method::GET, "/.well-known/", 404),
        (Method::GET, "/security.txt", 404),
        (Method::GET, "/.well-known/security.txt.", 308),
    ] {
        assert_eq!(send(&service, method, path, &[]).await.status, status, "{path}");
    }
}

#[test]
fn the_setting_is_checked_when_the_service_starts() {
    let folder = tempfile::tempdir().unwrap();
    for (value, reason) in [
        ("security@example.org", "mailto:security@example.org"),
        ("mailto:security@example.org,http://example.org", "https://"),
        ("tel:112", "country"),
        ("https://user:secret@example.org/", "password"),
        ("mailto:a@example.org,mailto:b@example.org\nExpires: never", "percent-encoded"),
        ("", "URI"),
    ] {
        let output = bayan(folder.path()).args(["--listen=127.0.0.1:0"]).env("BAYAN_SECURITY_CONTACT", value).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains("--security-contact") && error.contains(reason), "{value}: {error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
    let contacts = "mailto:first@example.org,tel:+9641555";
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_SECURITY_CONTACT", contacts));
    let response = get(&server.addr, PATH);
    assert!(status(&response) == 200 && response.contains("\r\n\r\nContact: mailto:first@example.org\nContact: tel:+9641555\nExpires: "), "{response}");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    drop(server);
    let flags = ["--security-contact=https://example.org/1", "--security-contact", "mailto:second@example.org"];
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_SECURITY_CONTACT", contacts).args(flags));
    assert!(get(&server.addr, PATH).contains("\r\n\r\nContact: https://example.org/1\nContact: mailto:second@example.org\nExpires: "));
}
