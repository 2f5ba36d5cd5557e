//! `bayan health`: checks whether a running service is ready.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, bail};

/// The time that the service has to accept the connection, and to respond.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Checks whether the service that listens on this address of this machine is ready.
///
/// # Errors
/// When it is not, or nothing listens there.
pub fn check(listen: SocketAddr) -> anyhow::Result<()> {
    // Nothing can connect to 0.0.0.0 or [::]; the service listens on the loopback address as well then.
    let address = if listen.ip().is_unspecified() { SocketAddr::from((Ipv4Addr::LOCALHOST, listen.port())) } else { listen };
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).with_context(|| format!("nothing listens on {address}"))?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    write!(stream, "GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut status = [0; "HTTP/1.1 200".len()];
    stream.read_exact(&mut status)?;
    if status.ends_with(b" 200") { Ok(()) } else { bail!("the service at {address} is not ready") }
}
