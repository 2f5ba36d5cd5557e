# syntax=docker/dockerfile:1

FROM rust:1.95-bookworm AS build
WORKDIR /src
# The dependencies have a layer of their own, so that a change of the source does not rebuild them.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src tests/api \
 && echo 'fn main() {}' > src/main.rs && touch src/lib.rs tests/api/main.rs \
 && cargo build --profile dist --locked --bin bayan \
 && rm -r src tests
COPY askama.toml build.rs ./
COPY migrations migrations
COPY src src
RUN mkdir -p tests/api && touch tests/api/main.rs src/main.rs src/lib.rs \
 && cargo build --profile dist --locked --bin bayan \
 && mkdir /data

# Only glibc: no shell, no package manager, an unprivileged user.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/dist/bayan /usr/local/bin/bayan
COPY --from=build --chown=nonroot:nonroot /data /data
ENV BAYAN_LISTEN=0.0.0.0:8080 \
    BAYAN_DATABASE=/data/bayan.db \
    BAYAN_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
USER nonroot
HEALTHCHECK --interval=10s --timeout=4s --start-period=10s --retries=3 CMD ["/usr/local/bin/bayan", "health"]
ENTRYPOINT ["/usr/local/bin/bayan"]
