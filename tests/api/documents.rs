//! The documents describe the program as it is: tables, names, figures and links. `.ci/documents` runs their examples.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use axum::http::StatusCode;
use bayan::{
    corpus::Resource,
    formats::{Format, available_formats},
};
use clap::CommandFactory;
use serde_json::Value;

use crate::{
    architecture::MAY_IMPORT,
    get, json,
    test_server::{TestServer, bayan},
};

/// A document: its path from the root of the repository, and its text.
struct Document {
    path: PathBuf,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(path: impl Into<PathBuf>) -> Document {
    let path = path.into();
    let text = fs::read_to_string(root().join(&path)).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    Document { path, text }
}

fn documents_in(folder: &str) -> Vec<Document> {
    let names = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "md")).collect();
    names.sort();
    names.into_iter().map(|name| document(Path::new(folder).join(name))).collect()
}

fn documents() -> Vec<Document> {
    ["", "docs", "docs/adr"].into_iter().flat_map(documents_in).collect()
}

/// The files that run the program.
fn deployment() -> Vec<Document> {
    let deploy = fs::read_dir(root().join("deploy")).unwrap().map(|entry| Path::new("deploy").join(entry.unwrap().file_name()));
    deploy.chain(["Dockerfile", "docker-compose.yml"].map(PathBuf::from)).map(document).collect()
}

impl Document {
    /// The text without its fenced blocks.
    fn prose(&self) -> String {
        self.text.split("```").step_by(2).collect()
    }

    /// The commands of its console examples.
    fn commands(&self) -> Vec<&str> {
        self.text.split("```console\n$ ").skip(1).map(|block| block.lines().next().unwrap()).collect()
    }

    /// The text between backquotes in its prose.
    fn code_spans(&self) -> BTreeSet<String> {
        self.prose().lines().flat_map(code_spans).collect()
    }

    /// The rows of the table whose header row begins with this text, cell by cell.
    fn table(&self, header: &str) -> Vec<Vec<&str>> {
        let (_, rest) = self.text.split_once(&format!("\n{header}")).unwrap_or_else(|| panic!("{}: {header}", self.path.display()));
        let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
        rows.map(|row| row.strip_prefix('|').unwrap().strip_suffix('|').unwrap().split('|').map(str::trim).collect()).collect()
    }

    /// The anchors of its headings, as GitHub makes them.
    fn anchors(&self) -> Vec<String> {
        let headings = self.text.lines().filter(|line| line.starts_with('#'));
        let kept = |char: &char| char.is_alphanumeric() || " -_".contains(*char);
        headings.map(|heading| heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
    }
}

fn code_spans(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
}

/// The one code span of a cell.
fn code_span(cell: &str) -> &str {
    cell.trim_matches('`')
}

#[test]
fn links_resolve() {
    for Document { path, text } in documents() {
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap();
            if target.starts_with("http") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(root().join(&file).exists(), "{}: {target}", path.display());
            assert!(anchor.is_empty() || document(&file).anchors().iter().any(|known| known == anchor), "{}: {target}", path.display());
        }
    }
}

#[test]
fn paths_exist() {
    let mut missing = Vec::new();
    let folders: Vec<String> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap() + "/").collect();
    for document in documents() {
        for span in document.code_spans() {
            let path = span.split(' ').next().unwrap();
            if folders.iter().any(|folder| path.starts_with(folder)) && !root().join(path).exists() {
                missing.push(format!("{}: {path}", document.path.display()));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[tokio::test]
async fn urls_are_served() {
    let (mut seen, mut missing) = (0, Vec::new());
    for document in documents() {
        let in_commands = document.commands().into_iter().flat_map(|command| command.split("http://127.0.0.1:8080").skip(1));
        let in_commands = in_commands.map(|rest| rest.split(['\'', ' ']).next().unwrap().to_owned());
        let in_prose = document.code_spans().into_iter().filter(|span| span.starts_with('/') && !span.starts_with("//"));
        for path in in_commands.chain(in_prose) {
            // Only the admin listener has the one, and the other needs a setting.
            if ["/build", "/.well-known/security.txt"].contains(&path.as_str()) {
                continue;
            }
            if path.is_empty() || path.contains(|char: char| char.is_whitespace() || char.is_uppercase() || "{…".contains(char)) {
                continue;
            }
            // Some are deliberately wrong, or incomplete without the prose.
            let status = get(&path).await.status;
            if !matches!(status, StatusCode::OK | StatusCode::BAD_REQUEST | StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT) {
                missing.push(format!("{}: {path} is {status}", document.path.display()));
            }
            seen += 1;
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(seen > 30, "{seen}");
}

/// Flags, variables and defaults, as the program has them.
fn settings() -> Vec<[String; 3]> {
    let command = bayan::cli::Arguments::command();
    let setting = |argument: &clap::Arg| {
        let default = argument.get_default_values().first().map(|value| value.to_string_lossy()).filter(|value| !value.is_empty());
        let default = default.map_or("none".to_owned(), |value| format!("`{value}`"));
        Some([format!("`--{}`", argument.get_long()?), format!("`{}`", argument.get_env()?.to_string_lossy()), default])
    };
    command.get_arguments().filter_map(setting).collect()
}

#[test]
fn the_table_of_settings_matches_the_program() {
    let configuration = document("docs/configuration.md");
    let written: Vec<[&str; 3]> = configuration.table("| flag |").into_iter().map(|row| [row[0], row[1], row[2]]).collect();
    assert_eq!(written, settings());
}

#[test]
fn no_document_names_a_setting_that_does_not_exist() {
    let mut names: BTreeSet<String> =
        settings().into_iter().flat_map(|[flag, variable, _]| [code_span(&flag).to_owned(), code_span(&variable).to_owned()]).collect();
    let command = bayan::cli::Arguments::command();
    let of_subcommands = command.get_subcommands().flat_map(clap::Command::get_arguments);
    names.extend(of_subcommands.filter_map(clap::Arg::get_long).map(|flag| format!("--{flag}")));
    for document in documents().into_iter().chain(deployment()) {
        for (at, _) in document.text.match_indices("BAYAN_") {
            let name = document.text[at..].split(|char: char| !(char.is_ascii_uppercase() || char == '_')).next().unwrap();
            // A variable of the tests.
            assert!(names.contains(name) || name == "BAYAN_BLESS", "{}: {name}", document.path.display());
        }
        for span in document.code_spans() {
            let flag = span.split(['=', ' ']).next().unwrap();
            assert!(!flag.starts_with("--") || names.contains(flag), "{}: {flag}", document.path.display());
        }
    }
}

#[tokio::test]
async fn the_table_of_resources_matches_the_service() {
    let api = document("docs/api.md");
    let index = json("/v1").await;
    let urls: Vec<&str> = index["resources"].as_array().unwrap().iter().map(|resource| resource["url"].as_str().unwrap()).collect();
    assert_eq!(api.table("| resource |").iter().map(|row| code_span(row[0])).collect::<Vec<_>>(), urls);
}

/// The query parameters of an operation.
fn parameters(openapi: &Value, path: &str) -> BTreeSet<String> {
    let operation = openapi["paths"][path]["get"].as_object().unwrap_or_else(|| panic!("{path}"));
    operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|parameter| parameter["in"] == "query")
        .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_table_of_parameters_matches_the_service() {
    let (openapi, api) = (json("/openapi.json").await, document("docs/api.md"));
    let lists: BTreeMap<&str, BTreeSet<String>> = api.table("| list |").into_iter().map(|row| (row[0], code_spans(row[1]))).collect();
    let others: BTreeMap<&str, BTreeSet<String>> = api.table("| other path |").into_iter().map(|row| (row[0].trim_matches('`'), code_spans(row[1]))).collect();
    assert_eq!(lists.len(), Resource::ALL.len() + 1);
    for path in openapi["paths"].as_object().unwrap().keys().filter(|path| path.starts_with("/v1/")) {
        let documented = match lists.get(path.trim_start_matches("/v1/")) {
            Some(own) => own | &lists["all"],
            None => others.get(path.as_str()).unwrap_or(&others["any other item"]).clone(),
        };
        assert_eq!(documented, parameters(&openapi, path), "{path}");
    }
}

/// Every name in an OpenAPI document: of parameters, schema properties and enumerated values.
fn names_of_the_contract(openapi: &Value, names: &mut BTreeSet<String>) {
    match openapi {
        Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("properties", Value::Object(properties)) => names.extend(properties.keys().cloned()),
                    ("enum", Value::Array(values)) => names.extend(values.iter().filter_map(|value| value.as_str().map(ToOwned::to_owned))),
                    ("name", Value::String(name)) => drop(names.insert(name.clone())),
                    _ => {}
                }
                names_of_the_contract(value, names);
            }
        }
        Value::Array(array) => array.iter().for_each(|value| names_of_the_contract(value, names)),
        _ => {}
    }
}

#[tokio::test]
async fn no_document_of_the_api_names_a_field_that_does_not_exist() {
    let mut names = BTreeSet::new();
    names_of_the_contract(&json("/openapi.json").await, &mut names);
    let mut unknown = Vec::new();
    for path in ["docs/api.md", "docs/formats.md", "docs/search-and-verify.md"] {
        for span in document(path).code_spans() {
            let name = span.split_once('=').map_or(span.as_str(), |(name, _)| name);
            let is_name = name.starts_with(|char: char| char.is_ascii_lowercase()) && name.chars().all(|char| char.is_ascii_lowercase() || "_.".contains(char));
            // Content codings, parts of header fields, parameters of oEmbed and English words are in the documents as well.
            let others = ["br", "zstd", "gzip", "rel", "private", "troops", "pullout", "maxwidth", "maxheight", "format"];
            let parts = name.split('.').filter(|name| is_name && !names.contains(*name) && !others.contains(name));
            unknown.extend(parts.map(|name| format!("{path}: {name}")));
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
}

#[tokio::test]
async fn the_tables_of_closed_sets_match_the_service() {
    let openapi = json("/openapi.json").await;
    let values = |schema: &str| -> Vec<String> {
        let schema = &openapi["components"]["schemas"][schema];
        let members = schema["oneOf"].as_array().map(|members| members.iter().flat_map(|member| member["enum"].as_array().unwrap().clone()).collect());
        let members: Vec<Value> = members.or_else(|| schema["enum"].as_array().cloned()).unwrap_or_else(|| panic!("{schema}"));
        members.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    let (api, search) = (document("docs/api.md"), document("docs/search-and-verify.md"));
    let fields: BTreeMap<&str, BTreeSet<String>> = api.table("| field |").into_iter().map(|row| (row[0], code_spans(row[1]))).collect();
    for (field, schema) in [
        ("`voice`", "Voice"),
        ("`kind` of a statement", "StatementKind"),
        ("`kind` of a clause", "ClauseKind"),
        ("`kind` of a milestone", "MilestoneKind"),
        ("`kind` of an actor", "ActorKind"),
        ("`kind` of a location", "LocationKind"),
        ("`kind` of a note", "NoteKind"),
        ("`status`", "Status"),
        ("`role`", "RoleKind"),
        ("`type` of a date", "TimexType"),
        ("`precision`", "Precision"),
        ("`match` of dates", "Match"),
        ("`basis`", "Basis"),
        ("`severity`", "Severity"),
        ("`action` of a change", "Action"),
    ] {
        assert_eq!(fields[field], values(schema).into_iter().collect(), "{field}");
    }
    assert_eq!(fields.len(), 15);
    for (header, schema) in [("| matched_by |", "MatchedBy"), ("| match |", "MatchKind"), ("| difference |", "DifferenceKind")] {
        assert_eq!(search.table(header).iter().map(|row| code_span(row[0])).collect::<Vec<_>>(), values(schema), "{header}");
    }
}

/// The names of the resources whose lists, or whose items, have a format.
fn with_format(format: Format) -> [BTreeSet<String>; 2] {
    let names = |formats: fn(Resource) -> Vec<Format>| {
        Resource::ALL.into_iter().filter(|resource| formats(*resource).contains(&format)).map(|resource| resource.name().to_owned()).collect()
    };
    [names(|resource| available_formats(resource).list), names(|resource| available_formats(resource).item)]
}

#[test]
fn the_tables_of_formats_match_the_program() {
    let (pages, readme) = (document("docs/formats.md"), document("README.md"));
    let rows = pages.table("| extension | media type |");
    assert_eq!(rows.len(), Format::ALL.len());
    let readme = readme.table("| extension |");
    for (row, format) in rows.iter().zip(Format::ALL) {
        let extension = format!(".{}", format.extension());
        assert_eq!((code_span(row[0]), code_span(row[1])), (extension.as_str(), format.media_type()));
        let [lists, items] = with_format(format);
        assert_eq!((code_spans(row[2]), code_spans(row[3])), (lists.clone(), items), "{extension}");
        let short = readme.iter().find(|row| code_spans(row[0]).contains(&extension)).unwrap_or_else(|| panic!("README: {extension}"));
        let of = match short[2] {
            "everything" | "every list" => Resource::ALL.map(|resource| resource.name().to_owned()).into(),
            names => names.split(", ").map(ToOwned::to_owned).collect(),
        };
        assert_eq!(lists, of, "README: {extension}");
    }
    assert_eq!(readme.iter().flat_map(|row| code_spans(row[0])).count(), Format::ALL.len());
}

#[test]
fn no_document_names_a_format_that_does_not_exist() {
    let known: BTreeSet<String> = Format::ALL.map(|format| format!(".{}", format.extension())).into();
    for document in documents() {
        for span in document.code_spans() {
            let is_extension = span.len() > 1 && span.starts_with('.') && span.chars().all(|char| char.is_ascii_lowercase() || char == '.');
            // A file beside the database.
            assert!(!is_extension || known.contains(&span) || span == ".lock", "{}: {span}", document.path.display());
        }
    }
}

#[tokio::test]
async fn the_table_of_problems_has_every_status_of_the_contract() {
    let (openapi, api) = (json("/openapi.json").await, document("docs/api.md"));
    let documented: BTreeSet<&str> = api.table("| status | when |").into_iter().flat_map(|row| row[0].split(", ")).collect();
    let operations = openapi["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    for (status, _) in operations.flat_map(|operation| operation["responses"].as_object().unwrap()) {
        assert!(status.as_str() < "400" || documented.contains(status.as_str()), "{status}");
    }
}

#[tokio::test]
async fn the_table_of_metrics_matches_the_service() {
    let service = crate::service_on(crate::TODAY).await;
    crate::send(&service, axum::http::Method::GET, "/v1", &[]).await;
    let metrics = String::from_utf8(crate::send(&service, axum::http::Method::GET, "/metrics", &[]).await.body).unwrap();
    let mut served: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in metrics.lines().filter(|line| !line.starts_with('#')) {
        let (series, _) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series.split_once('{').unwrap_or((series, ""));
        let name = ["_bucket", "_sum", "_count"].iter().find_map(|part| name.strip_suffix(part)).unwrap_or(name);
        let labels = labels.trim_end_matches('}').split("\",").filter_map(|label| label.split_once('=')).map(|(label, _)| label.to_owned());
        served.entry(name.to_owned()).or_default().extend(labels.filter(|label| label != "le"));
    }
    let operations = document("docs/operations.md");
    let written: BTreeMap<_, _> = operations.table("| metric |").into_iter().map(|row| (code_span(row[0]).to_owned(), code_spans(row[1]))).collect();
    assert_eq!(served, written);
    for document in documents() {
        for span in document.code_spans().iter().filter(|span| span.starts_with("bayan_")) {
            assert!(written.contains_key(span), "{}: {span}", document.path.display());
        }
    }
}

#[test]
fn the_table_of_log_fields_matches_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let running = TestServer::start(bayan(folder.path()).args(["--log-format=json", "--log=bayan=debug"]));
    for path in ["/v1", "/v1", "/v1/verify?text=secret"] {
        crate::test_server::get(&running.addr, path);
    }
    let lines: Vec<Value> = running.stop_and_read_log().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let requests = lines.iter().filter(|line| line["target"] == "bayan::request");
    let fields: BTreeSet<String> = requests.flat_map(|line| line["fields"].as_object().unwrap().keys().cloned()).collect();
    let operations = document("docs/operations.md");
    assert_eq!(fields, operations.table("| field |").iter().map(|row| code_span(row[0]).to_owned()).collect());
}

/// The value of a constant in a source file: a number, or a product of numbers.
fn constant(file: &str, name: &str) -> u64 {
    let code = fs::read_to_string(root().join(file)).unwrap();
    let line = code.lines().find(|line| line.contains(&format!("const {name}:"))).unwrap_or_else(|| panic!("{file}: {name}"));
    let expression = line.split_once(" = ").unwrap().1.split(';').next().unwrap();
    expression.split(" * ").map(|factor| factor.replace('_', "").parse::<u64>().unwrap()).product()
}

#[test]
fn the_figures_of_limits_match_the_program() {
    let operations = document("docs/operations.md");
    let rows = operations.table("| limit |");
    for row in &rows {
        let (file, name) = row[3].split_once("` `").unwrap();
        let (file, name) = (code_span(file), code_span(name));
        let figure: u64 = row[1].replace(',', "").parse().unwrap();
        assert_eq!(figure, constant(file, name.rsplit("::").next().unwrap()), "{name}");
    }
    assert!(rows.len() > 5);
}

#[test]
fn log_messages_in_the_table_of_faults_match_the_program() {
    fn code(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { code(&path) } else { fs::read_to_string(path).unwrap_or_default() }).collect()
    }
    let code = code(&root().join("src"));
    let operations = document("docs/operations.md");
    for row in operations.table("| fault |") {
        for message in code_spans(row[2]) {
            assert!(code.contains(&message), "{message}");
        }
    }
}

#[test]
fn the_table_of_modules_matches_the_code() {
    let architecture = document("docs/architecture.md");
    let written: BTreeMap<String, BTreeSet<String>> =
        architecture.table("| module |").into_iter().map(|row| (code_span(row[0]).to_owned(), code_spans(row[1]))).collect();
    let modules = MAY_IMPORT.iter().map(|(module, imports)| ((*module).to_owned(), imports.iter().map(|import| (*import).to_owned()).collect()));
    assert_eq!(written, modules.collect());
}

#[test]
fn every_decision_record_has_its_sections_and_is_listed() {
    let architecture = document("docs/architecture.md");
    let decisions = documents_in("docs/adr");
    for (number, Document { path, text }) in decisions.iter().enumerate() {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with(&format!("{:04}-", number + 1)) && text.starts_with(&format!("# {:04}. ", number + 1)), "{name}");
        for heading in ["\n## Context\n", "\n## Decision\n", "\n## Measured\n", "\n## Consequences\n"] {
            assert_eq!(text.matches(heading).count(), 1, "{name}: {heading}");
        }
        assert!(architecture.text.contains(&format!("(adr/{name})")), "{name} is listed");
    }
    assert!(decisions.len() >= 8);
}

#[test]
fn the_readme_is_short() {
    let readme = document("README.md");
    let words = readme.prose().split_whitespace().count();
    assert!(words < 650 && readme.commands().len() <= 3, "{words} words, {} examples", readme.commands().len());
}

#[tokio::test]
async fn the_counts_in_the_changelog_match_the_data() {
    let changelog = document("CHANGELOG.md").text.split_whitespace().collect::<Vec<_>>().join(" ");
    for resource in ["clauses", "dates", "milestones", "actors", "locations", "notes"] {
        let count = json(&format!("/v1/{resource}?count=true&limit=1")).await["meta"]["total"].clone();
        assert!(changelog.contains(&format!("{count} {resource}")), "{count} {resource}");
    }
}

/// Each pair of words is that of a message, which has both languages.
#[test]
fn the_glossary_of_the_pages_has_their_words() {
    let view: String = fs::read_dir(root().join("src/http/pages/view")).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let glossary = document("docs/interface-terms.md");
    let rows: Vec<Vec<&str>> = glossary.text.lines().filter(|line| line.starts_with("| ")).skip(1).map(|row| row.split('|').map(str::trim).collect()).collect();
    assert!(rows.len() > 30);
    for row in rows {
        assert!(view.contains(&format!("Message::new(\"{}\", \"{}\")", row[1], row[2])), "{} | {}", row[1], row[2]);
    }
}
