//! The architecture: allowed imports, no import cycles, and the maximum length of a file.
//!
//! The imports are read from the code itself: every path that begins with `crate`, `self` or `super`, in a `use` or in an
//! expression, is followed through re-exports to the file that defines its target.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::visit::Visit;

/// Every top-level module, with those that it may import. Data flows one way, so nothing is imported upward.
pub(crate) const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("corpus", &["text"]),
    ("verify", &["corpus", "text"]),
    ("picture", &["text"]),
    ("formats", &["corpus", "picture", "text", "verify"]),
    ("clock", &["corpus"]),
    ("config", &["corpus"]),
    ("telemetry", &["config"]),
    ("package", &["corpus", "text"]),
    ("storage", &["config", "corpus", "package", "text"]),
    ("error", &["formats"]),
    ("server", &[]),
    ("http", &["clock", "config", "corpus", "error", "formats", "package", "picture", "telemetry", "text", "verify"]),
    ("cli", &["clock", "config", "corpus", "http", "package", "server", "storage", "telemetry", "text"]),
];

/// Crates that only some top-level modules may use.
const FOREIGN: &[(&str, &[&str])] = &[
    ("sqlx", &["corpus", "package", "storage", "verify"]),
    ("axum", &["error", "http"]),
    ("hyper", &["server"]),
    ("png", &["picture"]),
    ("resvg", &["picture"]),
    ("harfrust", &["picture"]),
];

/// The order of the modules of `http`: each may import those before it.
const HTTP_ORDER: &[&str] =
    &["uri", "headers", "security_headers", "cache", "state", "blocking", "extract", "api", "pages", "problem", "canonical_path", "edge", "router"];

/// The maximum number of lines of a source file.
const MAX_LINES: usize = 350;

/// A source file as a module: its path in the crate (`corpus::clauses`), and its contents.
struct Module {
    file: PathBuf,
    path: Vec<String>,
    lines: usize,
    first_line: String,
    /// Names that the module re-exports, with the full path that each stands for; `*` re-exports everything.
    exports: Vec<(String, Vec<String>)>,
    /// Full paths that the module uses.
    uses: BTreeSet<Vec<String>>,
}

impl Module {
    fn name(&self) -> String {
        self.path.join("::")
    }

    /// The top-level module: the first folder or file below `src`.
    fn top_level(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { source_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// Reads every source file except the two roots, which import from everywhere.
fn modules() -> Vec<Module> {
    let read = |file: PathBuf| {
        let relative = file.strip_prefix(source_folder()).unwrap().with_extension("");
        let mut path: Vec<String> = relative.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if path.last().is_some_and(|last| last == "mod") {
            path.pop();
        }
        let code = fs::read_to_string(&file).unwrap();
        let mut collector = Collector { path: path.clone(), exports: Vec::new(), uses: BTreeSet::new() };
        collector.visit_file(&syn::parse_file(&code).unwrap());
        let first_line = code.lines().next().unwrap_or_default().to_owned();
        Module { file, path, lines: code.lines().count(), first_line, exports: collector.exports, uses: collector.uses }
    };
    let is_root = |file: &PathBuf| ["main.rs", "lib.rs"].iter().any(|root| file == &source_folder().join(root));
    source_files(&source_folder()).into_iter().filter(|file| !is_root(file)).map(read).collect()
}

/// Collects the paths of one file; tests inside it are skipped.
struct Collector {
    path: Vec<String>,
    exports: Vec<(String, Vec<String>)>,
    uses: BTreeSet<Vec<String>>,
}

impl Collector {
    /// A path from the root of the crate; `None` if it leads to another crate.
    fn absolute(&self, segments: &[String]) -> Option<Vec<String>> {
        let mut base = match segments.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => self.path.clone(),
            "super" => self.path[..self.path.len() - 1].to_vec(),
            _ => return None,
        };
        for segment in &segments[1..] {
            if segment == "super" {
                base.pop();
            } else {
                base.push(segment.clone());
            }
        }
        Some(base)
    }

    fn add_tree(&mut self, tree: &syn::UseTree, prefix: &[String], public: bool, children: &[String]) {
        let with = |name: &syn::Ident| prefix.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&path.tree, &with(&path.ident), public, children),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, prefix, public, children)),
            syn::UseTree::Name(name) if name.ident == "self" => self.add(prefix, None, public, children),
            syn::UseTree::Name(name) => self.add(&with(&name.ident), Some(name.ident.to_string()), public, children),
            syn::UseTree::Rename(rename) => self.add(&with(&rename.ident), Some(rename.rename.to_string()), public, children),
            syn::UseTree::Glob(_) => self.add(prefix, Some("*".to_owned()), public, children),
        }
    }

    fn add(&mut self, segments: &[String], name: Option<String>, public: bool, children: &[String]) {
        // `use day::Day` beside `mod day` is a path of this module.
        let local = segments.first().is_some_and(|first| children.contains(first));
        let path = if local { Some(self.path.iter().chain(segments).cloned().collect()) } else { self.absolute(segments) };
        let Some(path) = path else {
            self.uses.insert(std::iter::once("::".to_owned()).chain(segments.iter().cloned()).collect());
            return;
        };
        if public {
            self.exports.push((name.unwrap_or_else(|| path.last().cloned().unwrap_or_default()), path.clone()));
        }
        self.uses.insert(path);
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_file(&mut self, file: &'ast syn::File) {
        let child = |item: &syn::Item| if let syn::Item::Mod(module) = item { Some(module.ident.to_string()) } else { None };
        let children: Vec<String> = file.items.iter().filter_map(child).collect();
        for item in &file.items {
            match item {
                syn::Item::Use(item) => {
                    self.add_tree(&item.tree, &[], matches!(item.vis, syn::Visibility::Public(_) | syn::Visibility::Restricted(_)), &children);
                }
                other => self.visit_item(other),
            }
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // A module in the file is its tests, or a declaration.
        assert!(module.content.is_none() || module.ident == "tests", "{}: a module of its own belongs in a file of its own", self.path.join("::"));
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {
        // `pub(super)` names who may see an item; it imports nothing.
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(path) = self.absolute(&segments) {
            self.uses.insert(path);
        }
        syn::visit::visit_path(self, path);
    }
}

/// The module that defines what a path leads to: the longest module on the way, and through re-exports from there.
fn definition<'a>(modules: &'a [Module], path: &[String]) -> Option<&'a Module> {
    let module = modules.iter().filter(|module| path.starts_with(&module.path)).max_by_key(|module| module.path.len())?;
    let rest = &path[module.path.len()..];
    let exported = module.exports.iter().find(|(name, target)| rest.first() == Some(name) && !target.starts_with(&path[..=module.path.len()]));
    match exported {
        Some((_, target)) => definition(modules, &target.iter().chain(&rest[1..]).cloned().collect::<Vec<_>>()),
        None => Some(module),
    }
}

/// The modules that a module imports, by name.
fn imports(modules: &[Module], module: &Module) -> BTreeSet<String> {
    let targets = module.uses.iter().filter_map(|path| definition(modules, path)).map(Module::name);
    targets.filter(|name| *name != module.name()).collect()
}

/// A cycle in a graph, if there is one: its nodes, in order.
fn cycle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn visit(graph: &BTreeMap<String, BTreeSet<String>>, node: &str, trail: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
        if let Some(at) = trail.iter().position(|before| before == node) {
            return Some(trail[at..].to_vec());
        }
        if done.contains(node) {
            return None;
        }
        trail.push(node.to_owned());
        let found = graph.get(node).into_iter().flatten().find_map(|next| visit(graph, next, trail, done));
        trail.pop();
        done.insert(node.to_owned());
        found
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|node| visit(graph, node, &mut Vec::new(), &mut done))
}

/// The graph between the groups that `group` returns; modules in no group are omitted.
fn graph_of(modules: &[Module], group: impl Fn(&str) -> Option<String>) -> BTreeMap<String, BTreeSet<String>> {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for module in modules {
        let Some(from) = group(&module.name()) else { continue };
        let targets = imports(modules, module).iter().filter_map(|name| group(name)).filter(|to| *to != from).collect::<Vec<_>>();
        graph.entry(from).or_default().extend(targets);
    }
    graph
}

#[test]
fn each_top_level_module_imports_only_those_below_it() {
    let modules = modules();
    for (from, targets) in graph_of(&modules, |name| name.split("::").next().map(str::to_owned)) {
        let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == from).unwrap_or_else(|| panic!("{from} has no row in MAY_IMPORT")).1;
        for target in targets {
            assert!(allowed.contains(&target.as_str()), "{from} imports {target}");
        }
    }
}

#[test]
fn the_modules_of_http_import_in_one_direction() {
    let modules = modules();
    let inner = |name: &str| name.strip_prefix("http::").and_then(|rest| rest.split("::").next()).map(str::to_owned);
    let place = |module: &str| HTTP_ORDER.iter().position(|name| *name == module).unwrap_or_else(|| panic!("http::{module} is not in HTTP_ORDER"));
    for (from, targets) in graph_of(&modules, inner) {
        for target in targets {
            assert!(place(&target) < place(&from), "http::{from} imports http::{target}");
        }
        // The edge wraps any service.
        let siblings = [("api", "pages"), ("pages", "api"), ("edge", "extract"), ("edge", "api"), ("edge", "pages"), ("cache", "state")];
        assert!(!siblings.iter().any(|(one, other)| *one == from && graph_of(&modules, inner)[&from].contains(*other)), "http::{from}");
    }
}

#[test]
fn no_file_is_in_an_import_cycle() {
    let modules = modules();
    let graph = graph_of(&modules, |name| Some(name.to_owned()));
    assert_eq!(cycle(&graph), None);
}

#[test]
fn external_crates_are_used_only_where_allowed() {
    for module in modules() {
        for (foreign, allowed) in FOREIGN {
            let used = module.uses.iter().any(|path| path.first().is_some_and(|first| first == "::") && path.get(1).is_some_and(|name| name == foreign));
            assert!(!used || allowed.contains(&module.top_level()), "{} uses {foreign}", module.name());
        }
    }
}

#[test]
fn sql_is_never_asserted_to_be_safe() {
    for module in modules() {
        assert!(!fs::read_to_string(&module.file).unwrap().contains("AssertSqlSafe"), "{}", module.name());
    }
}

#[test]
fn every_file_begins_with_a_doc_comment_and_has_at_most_350_lines() {
    for module in modules() {
        assert!(module.first_line.starts_with("//! "), "{} does not say what it is", module.name());
        assert!(module.lines <= MAX_LINES, "{} has {} lines", module.name(), module.lines);
    }
}

#[test]
fn the_search_for_cycles_finds_them() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in edges {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        graph
    };
    assert_eq!(cycle(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    assert_eq!(cycle(&graph(&[("a", "b"), ("b", "c"), ("c", "b")])), Some(vec!["b".to_owned(), "c".to_owned()]));
}
