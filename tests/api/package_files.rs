//! Files that are no packages, and what messages say of mistakes that are hard to see.

use std::{fs, path::Path, time::Instant};

use bayan::package::{Package, known::Known, report};

use crate::{
    packages::{checked, copy, exported, import, planted},
    test_server::bayan,
};

/// Runs the program in a folder; its exit code, its output and its errors.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = bayan(folder).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A package of one clause with one date.
fn dated(language: &str, text: &str, date: &str) -> Package {
    let translation = if language == "ar" { "A translation" } else { "ترجمة" };
    let file = format!(
        "format: 1\nid: ex-date\nkind: declaration\ntitle: {{en: Title, ar: عنوان}}\nsource:\n  publisher: {{en: Example, ar: مثال}}\n  language: {language}\n  \
         text: \"{text}\"\nissuers: [a]\nactors:\n  - {{id: a, kind: body, name: {{en: A body, ar: هيئة}}}}\nclauses:\n  - label: 1a\n    quote: \"{text}\"\n    \
         voice: statement\n    kind: declaration\n    translation: {translation}\n    dates:\n      - {date}\n"
    );
    let mut package = Package::from_text("date.yaml".into(), file);
    package.check(&Known::default());
    package
}

#[test]
fn a_date_is_compared_with_its_words_where_they_alone_decide() {
    for (language, text, quote, edtf, is_right) in [
        ("ar", "يبدأ العمل في 7 آذار/مارس 2031", "7 آذار/مارس 2031", "2031-03-07", true),
        ("ar", "يبدأ العمل في 7 آذار/مارس 2031", "7 آذار/مارس 2031", "2031-07-03", false),
        ("ar", "يجتمعون الثلاثاء المقبل", "الثلاثاء المقبل", "2031-03-11", true),
        ("ar", "يجتمعون الثلاثاء المقبل", "الثلاثاء المقبل", "2031-03-12", false),
        ("ar", "ينتهي ذلك بحلول نهاية عام 2031", "بحلول نهاية عام 2031", "../2031-12-31", true),
        ("ar", "ينتهي ذلك بحلول نهاية عام 2031", "بحلول نهاية عام 2031", "../2032-12-31", false),
        ("ar", "يبدأ ذلك اعتباراً من 1 أيار 2031", "اعتباراً من 1 أيار 2031", "2031-05-01/..", true),
        ("ar", "يبدأ ذلك اعتباراً من 1 أيار 2031", "اعتباراً من 1 أيار 2031", "../2031-05-01", false),
        ("en", "It lasts until September 2032", "until September 2032", "../2032-09", true),
        ("en", "It lasts until September 2032", "until September 2032", "2032-09", true),
        ("en", "It begins in the spring of 2031", "in the spring of 2031", "2031-21", true),
        ("en", "It begins on 14 June", "14 June", "2031-06-14", true),
        ("en", "It begins on 14 June", "14 June", "2031-07-14", false),
        ("en", "It begins in early 2031", "early 2031", "2031-01~/2031-03~", true),
        ("en", "It begins in early 2031", "early 2031", "2032-01~/2032-03~", false),
        ("ar", "صدر في غرة المحرم 1449هـ", "غرة المحرم 1449هـ", "1449-01-01", false),
        ("ar", "صدر في غرة المحرم 1449هـ", "غرة المحرم 1449هـ", "2027-06-05/2027-06-07", true),
        ("ar", "صدر في 12 رجب 1446 هـ", "12 رجب 1446 هـ", "2025-03-12", false),
        ("en", "It was signed on 3 Safar 1446 AH", "3 Safar 1446 AH", "2024-08-07", true),
    ] {
        let note = "basis_note: {en: It is counted, ar: حُسب}";
        let package = dated(language, text, &format!("{{quote: \"{quote}\", type: DATE, edtf: {edtf}, basis: inferred, {note}}}"));
        let codes: Vec<String> = report::entries(&package).into_iter().map(|entry| entry.code).collect();
        let expected: &[&str] = if is_right { &[] } else { &["date-words"] };
        assert_eq!(codes, expected, "{quote} {edtf}: {}", report::text(&package, false).0);
    }
}

#[test]
fn messages_say_what_helps() {
    for (from, to, help) in [
        // An id that is a name, or has the words of one in another order.
        ("    speaker: dam-engineer\n", "    speaker: مهندس في سد الوادي لم يُسمَّ\n", "did you mean `dam-engineer`?"),
        ("{id: vale-dam, quote: Vale dam}", "{id: dam-of-the-vale, quote: Vale dam}", "did you mean `vale-dam`?"),
        ("issuers: [upland, lowland]", "issuers: [upland, ministry-of-water]", "or check this together with the package that introduces it"),
        (
            "      actors:\n        - {id: dam-engineer",
            "      dates: []\n      actors:\n        - {id: dam-engineer",
            "make them a clause in the voice of the medium",
        ),
        ("    date: {clause: 4a, quote: in mid-July}", "    edtf: 2030-07", "the date of a milestone is one object: date: {clause: 1a, quote: …}"),
        ("date: {clause: 2a, quote: by the end of June 2030}", "date: {clause: 2a, quote: June 2030}", "clause 2a has the date «by the end of June 2030»"),
        ("edtf: 2030-07/2030-09", "edtf: 2030-09/2030-07", "did you mean `2030-07/2030-09`?"),
        ("edtf: 2030-07/2030-09", "edtf: P3M", "has no `edtf`, and a `basis_note` that says so"),
        ("    kind: condition\n", "\tkind: condition\n", "indent with spaces"),
        ("quote: the inflow allows it", "quote: the  inflow allows it", "the quote has a space (U+0020)"),
    ] {
        let text = report::text(&planted(from, to).0, false).0;
        assert!(text.contains(help), "{to}: {text}");
    }
}

#[test]
fn every_place_that_is_to_do_has_its_line() {
    let lines: Vec<String> = (0..60).map(|number| format!("  - {{label: {number}a, quote: x, voice: TODO, kind: report, translation: x}}\n")).collect();
    let mut package = Package::from_text("todo.yaml".into(), format!("format: 1\nclauses:\n{}", lines.concat()));
    package.check(&Known::default());
    let text = report::text(&package, false).0;
    assert!(text.contains("and 40 more of todo, in the lines 23, 24, 25,") && text.contains(", 62\n"), "{text}");
}

#[test]
fn files_without_an_end_or_without_packages_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let line = b"{\"format\": 1}\n".repeat(1_000);
    let compressed = zstd::encode_all(&line[..], 3).unwrap();
    fs::write(folder.join("cut.jsonl.zst"), &compressed[..compressed.len() - 5]).unwrap();
    fs::write(folder.join("other.jsonl.zst"), b"not compressed at all\n").unwrap();
    fs::write(folder.join("indented.jsonl"), "{\n  \"format\": 1,\n  \"id\": \"x\"\n}\n").unwrap();
    fs::write(folder.join("blank.jsonl"), "\n \n").unwrap();
    fs::write(folder.join("many.json"), format!("{{\"format\": 1, \"issuers\": [{}0]}}", "0,".repeat(2_000_000))).unwrap();
    fs::create_dir(folder.join("empty")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.yaml")).status().unwrap().success());
    let begun = Instant::now();
    for (file, code, message) in [
        ("cut.jsonl.zst", 1, "cut off"),
        ("other.jsonl.zst", 1, "not compressed with zstd"),
        ("indented.jsonl", 1, "each line of JSON Lines is one document"),
        ("blank.jsonl", 1, "there is no package in blank.jsonl"),
        ("empty", 1, "no file in empty is a package"),
        ("pipe.yaml", 1, "not a regular file"),
        ("/dev/zero", 1, "not a regular file"),
        ("many.json", 1, "too-large"),
    ] {
        for subcommand in ["check", "import"] {
            let (exit, out, error) = run(folder, &[subcommand, file]);
            assert!(exit == Some(code) && (out.contains(message) || error.contains(message)), "{subcommand} {file}: {out}{error}");
        }
    }
    let (code, _, error) = run(folder, &["draft", "/dev/zero"]);
    assert!(code == Some(1) && error.contains("not a regular file"), "{error}");
    assert!(begun.elapsed().as_secs() < 120, "each ends");
    let (code, out, error) = run(folder, &["import", "--database", ":memory:", "indented.jsonl"]);
    assert!(code == Some(1) && error.contains("does not name a file"), "{out}{error}");
}

#[tokio::test]
async fn what_check_accepts_is_the_same_after_its_export() {
    let (_folder, database) = copy().await;
    let text = "The list says TODO before the end";
    let mut package = dated("en", text, "{quote: the end, type: DATE, basis_note: {en: Open, ar: مفتوح}}");
    assert_eq!(package.log.errors(), 0, "{}", report::text(&package, false).0);
    // A medium that says nothing by itself, and YAML in the form of JSON.
    let file = package.file.replace("  language: en\n", "  language: en\n  medium: example-agency\n");
    let file = file.replace("actors:\n", "actors:\n  - {id: example-agency, kind: medium, name: {en: Example Agency, ar: وكالة المثال}}\n");
    package = Package::from_text("date.yaml".into(), file);
    import(&database, checked(&database, vec![package]).await).await;
    let first = exported(&database, "ex-date").await.unwrap();
    assert!(first.contains("\"medium\": \"example-agency\""), "{first}");
    let again = import(&database, checked(&database, vec![Package::from_text("again.yaml".into(), first.clone())]).await).await;
    assert_eq!(again[0].differences, 0);
    assert_eq!(exported(&database, "ex-date").await.unwrap(), first);
}
