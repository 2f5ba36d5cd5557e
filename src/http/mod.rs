//! The HTTP service: its modules, and the order in which a request passes through them.
//!
//! # The order of processing
//! 1. `server` accepts a connection and reads the request; what hyper cannot parse gets a problem as its body.
//! 2. [`edge`] takes the request's id from the client if it is valid, otherwise it makes one.
//! 3. [`edge`] validates it: one `Host`, an unambiguous length of the body, a bounded header section, URI and body.
//! 4. [`edge`] limits the client's rate (429). Preflights are not limited.
//! 5. `cache` looks the request up by its URI. A hit continues with step 12; on a miss, [`edge`] reads the body.
//! 6. `canonical_path` redirects a path that is not found and has more than belongs to it; `extract` removes the base path of the public URL,
//!    and the suffix, which names the format.
//! 7. [`router`] finds the route, in [`api`] or in `pages`, or there is none (404, 405).
//! 8. The layers of the route: `problem` renders errors and limits the time (503), CORS answers preflights, and a panic
//!    becomes a 500.
//! 9. `extract` negotiates the format and reads the parameters, strictly.
//! 10. The handler looks the canonical query up in the `cache`. On a miss it queries the corpus, and a format renders the
//!     items, while one of a bounded number of permits is held (else 503).
//! 11. `cache` stores the response under the URI.
//! 12. `cache` chooses the content coding, evaluates the conditions and selects the range: 200, 206, 304, 412 or 416.
//! 13. [`edge`] counts and logs the request, and adds the headers about it.
//!
//! # Imports
//! `router -> {api, pages, problem, canonical_path, edge}`, `problem -> pages`, `{api, pages} -> extract -> state -> cache`, `edge -> {state,
//! cache}`; everything may use `uri`, `headers` and `security_headers`. The state holds the store of the cache, since handlers
//! render into it; the cache itself depends only on the clock and a generation. The edge knows no route: it is given the
//! service inside it and the function that renders an error.

pub mod api;
mod blocking;
mod cache;
mod canonical_path;
pub mod edge;
mod extract;
mod headers;
mod pages;
mod problem;
pub mod router;
mod security_headers;
pub mod state;
mod uri;

pub use router::service;
pub use state::{AppState, Preview};
