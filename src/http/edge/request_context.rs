//! The context of a request, which the edge collects before the request is handled.

use std::{net::SocketAddr, time::Instant};

use axum::http::{HeaderMap, HeaderValue};

use crate::{
    config::Limits,
    http::edge::{
        client_ip::{Client, client},
        rate_limit::Quota,
        request_id::request_id,
    },
};

/// The connection on which a request arrives.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionInfo {
    /// The address of the peer.
    pub peer: SocketAddr,
    /// When the connection reaches its maximum age: the next response closes it.
    pub expires_at: Instant,
}

/// The context of a request.
#[derive(Debug)]
pub struct RequestContext {
    /// When the header section was parsed.
    pub started_at: Instant,
    /// The client's id of the request, or a new one.
    pub request_id: HeaderValue,
    /// The client; `None` for a request from inside the process.
    pub client: Option<Client>,
    /// The response closes the connection if it is sent after this time.
    pub close_after: Option<Instant>,
    /// The client's quota after this request; `None` if no limit applies.
    pub quota: Option<Quota>,
}

impl RequestContext {
    /// The context of a request that arrives now.
    pub fn new(connection: Option<ConnectionInfo>, headers: &HeaderMap, limits: &Limits) -> Self {
        Self {
            started_at: Instant::now(),
            request_id: request_id(headers),
            client: connection.map(|connection| client(connection.peer.ip(), headers, limits)),
            close_after: connection.map(|connection| connection.expires_at),
            quota: None,
        }
    }

    /// Makes the response close the connection.
    pub fn close_connection(&mut self) {
        self.close_after = Some(self.started_at);
    }
}
