//! The response to a request, as a future that costs nothing when the response is cached.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    pin::Pin,
    task::{Context, Poll},
};

use axum::{body::Body, http::Response};

/// The response to a request.
pub enum ResponseFuture {
    /// It is ready.
    Ready(Ready<Response<Body>>),
    /// It is being computed.
    Pending(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

impl ResponseFuture {
    /// A response that is ready.
    pub fn ready(response: Response<Body>) -> Self {
        Self::Ready(ready(response))
    }
}

impl Future for ResponseFuture {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(response) => Pin::new(response).poll(context).map(Ok),
            Self::Pending(response) => response.as_mut().poll(context).map(Ok),
        }
    }
}
