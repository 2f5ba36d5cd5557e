# The usual commands. `just` alone lists them.

_list:
    @just --list --unsorted

# Serve on 127.0.0.1:8080, with the database in this folder
run *args:
    cargo run --release -- {{args}}

# Run all tests, or those whose name contains a word
test *name:
    cargo test --locked {{name}}

# Format and lint
lint:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# All checks that a change must pass; installs its tools
ci:
    .ci/run

# Run the documents' examples against a service (`just run` in another terminal)
documents url="http://127.0.0.1:8080":
    python3 .ci/documents {{url}}

# Rewrite the OpenAPI examples and the snapshots; read the difference before you commit
bless:
    BAYAN_BLESS=1 cargo test --test api
    cargo insta accept

# Fuzz every target for a few seconds
fuzz seconds="60":
    .ci/fuzz {{seconds}}

# Compare with a bare handler
bench:
    cargo build --profile dist --locked --bin bayan --example bare
    benches/run

# Measure what requests cost at these sizes of the corpus, in clauses
scale *sizes="1000 50000":
    cargo build --release --locked
    benches/scale {{sizes}}

# Write the bill of materials, bayan.cdx.json (CycloneDX); needs `cargo install cargo-cyclonedx`
sbom:
    cargo cyclonedx --format json --spec-version 1.5 --no-build-deps --override-filename bayan.cdx
