//! `bayan health`: checks whether a running service is ready.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream, ToSocketAddrs},
    os::unix::net::UnixStream,
    time::Duration,
};

use anyhow::{Context, bail};

use crate::config::{ListenAddress, Settings};

/// The time that the service has to accept the connection, and to respond.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Checks whether the service with these settings on this machine is ready. It asks the admin listener, if there is one: that
/// responds however many connections are open.
///
/// # Errors
/// When it is not, or nothing listens there.
pub fn check(settings: &Settings) -> anyhow::Result<()> {
    let address = settings.admin_listen.as_ref().or(settings.listen.first()).context("no address to ask is set")?;
    let nothing_listens = || format!("nothing listens on {address}");
    let is_ready = match address {
        ListenAddress::Tcp(host_and_port) => {
            let stream = connect(host_and_port).with_context(nothing_listens)?;
            stream.set_read_timeout(Some(TIMEOUT))?;
            is_ready(stream)
        }
        ListenAddress::Unix(path) => {
            let stream = UnixStream::connect(path).with_context(nothing_listens)?;
            stream.set_read_timeout(Some(TIMEOUT))?;
            is_ready(stream)
        }
    };
    if is_ready? { Ok(()) } else { bail!("the service at {address} is not ready") }
}

fn connect(host_and_port: &str) -> std::io::Result<TcpStream> {
    let mut result = Err(std::io::ErrorKind::AddrNotAvailable.into());
    for mut address in host_and_port.to_socket_addrs()? {
        // Nothing can connect to 0.0.0.0 or [::]; the service listens on the loopback address as well then.
        if address.ip().is_unspecified() {
            address = SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()));
        }
        result = TcpStream::connect_timeout(&address, TIMEOUT);
        if result.is_ok() {
            break;
        }
    }
    result
}

fn is_ready(mut stream: impl Read + Write) -> std::io::Result<bool> {
    write!(stream, "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut status = [0; "HTTP/1.1 200".len()];
    stream.read_exact(&mut status)?;
    Ok(status.ends_with(b" 200"))
}
