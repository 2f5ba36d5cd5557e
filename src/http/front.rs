//! What stands before the routes: an answer that is kept is given without routing, parsing or asking the database.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, Response, Uri, header},
};
use tower::Service;

use super::{App, caching::Answer};

/// The longest question that is remembered by its words, in bytes.
const LONGEST: usize = 1024;

/// The routes, and the kept answers before them.
#[derive(Clone, Debug)]
pub struct Front(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    app: App,
    routes: Router,
}

impl Front {
    /// Puts the kept answers before the routes.
    #[must_use]
    pub fn new(app: App, routes: Router) -> Self {
        Self(Arc::new(Inside { app, routes }))
    }
}

impl Service<Request> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let question = question(request.method(), request.uri(), request.headers());
        if let Some(question) = &question
            && let Some(kept) = self.0.app.kept.as_asked(question)
        {
            let now = self.0.app.clock.now();
            if kept.is_current(self.0.app.data.load().generation, now) {
                let response = kept.respond(request.method(), request.headers(), now);
                return Box::pin(std::future::ready(Ok(response)));
            }
        }
        let inside = self.0.clone();
        let (method, headers) = (request.method().clone(), request.headers().clone());
        Box::pin(async move {
            let mut response = inside.routes.clone().call(request).await?;
            let Some(Answer { prepared, kept }) = response.extensions_mut().remove() else { return Ok(response) };
            let response = prepared.respond(&method, &headers, inside.app.clock.now());
            if let Some(question) = question.filter(|_| kept) {
                inside.app.kept.keep(question, prepared);
            }
            Ok(response)
        })
    }
}

/// What was asked, word for word: the address, and what of the headers chooses the answer. None where it is not kept.
fn question(method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let address = uri.path_and_query()?.as_str();
    if !(matches!(*method, Method::GET | Method::HEAD) && address.len() <= LONGEST) {
        return None;
    }
    let mut question = address.to_owned();
    for accept in headers.get_all(header::ACCEPT) {
        // A space stands in no address.
        question.push(' ');
        question.push_str(accept.to_str().ok().filter(|accept| accept.len() <= LONGEST)?);
    }
    Some(question)
}
