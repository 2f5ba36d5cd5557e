//! Opens the sockets on which the service listens: those that a supervisor passes, or those of the settings.

use std::{
    fs, io,
    net::{SocketAddr, TcpListener as StdTcpListener},
    os::unix::{
        fs::FileTypeExt,
        net::{UnixListener as StdUnixListener, UnixStream},
    },
    path::{Path, PathBuf},
};

use anyhow::Context;
use listenfd::ListenFd;
use rustix::io::Errno;
use tokio::net::{TcpListener, UnixListener, lookup_host};

use crate::{config::ListenAddress, server::Listener};

/// A socket that a supervisor passes.
#[derive(Debug)]
pub enum InheritedSocket {
    /// A TCP socket.
    Tcp(StdTcpListener),
    /// A Unix socket.
    Unix(StdUnixListener),
}

/// The sockets that a supervisor passes (systemd's socket activation, `sd_listen_fds(3)`); none without one. To be called before
/// anything else opens a file, since it trusts the numbers in the environment, and before there are other threads.
///
/// # Errors
/// When what is passed is no socket that listens.
pub fn inherited() -> anyhow::Result<Vec<InheritedSocket>> {
    let mut passed = ListenFd::from_env();
    let mut sockets = Vec::new();
    for index in 0..passed.len() {
        if let Ok(Some(listener)) = passed.take_tcp_listener(index) {
            sockets.push(InheritedSocket::Tcp(listener));
        } else if let Some(listener) = passed.take_unix_listener(index).context("LISTEN_FDS passes what is neither a TCP nor a Unix socket")? {
            sockets.push(InheritedSocket::Unix(listener));
        }
    }
    Ok(sockets)
}

/// The sockets of the service, and their addresses.
#[derive(Debug, Default)]
pub struct Sockets {
    /// The sockets.
    pub listeners: Vec<Listener>,
    /// The addresses of those that are TCP.
    pub tcp: Vec<SocketAddr>,
    /// The addresses of the others.
    pub unix: Vec<ListenAddress>,
}

impl Sockets {
    /// The sockets that a supervisor passes.
    ///
    /// # Errors
    /// When one cannot be used.
    pub fn adopt(inherited: Vec<InheritedSocket>) -> io::Result<Self> {
        let mut sockets = Self::default();
        for socket in inherited {
            match socket {
                InheritedSocket::Tcp(listener) => {
                    listener.set_nonblocking(true)?;
                    sockets.add_tcp(TcpListener::from_std(listener)?)?;
                }
                InheritedSocket::Unix(listener) => {
                    listener.set_nonblocking(true)?;
                    let path = listener.local_addr()?.as_pathname().map(Path::to_owned).unwrap_or_default();
                    sockets.add_unix(UnixListener::from_std(listener)?, path);
                }
            }
        }
        Ok(sockets)
    }

    /// The sockets of these addresses.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    pub async fn bind(addresses: &[ListenAddress], setting: &str) -> anyhow::Result<Self> {
        let mut sockets = Self::default();
        for address in addresses {
            let bound = match address {
                ListenAddress::Tcp(host_and_port) => sockets.bind_tcp(host_and_port).await,
                ListenAddress::Unix(path) => sockets.bind_unix(path),
            };
            bound.with_context(|| format!("cannot listen on {address}; choose another address with {setting}"))?;
        }
        Ok(sockets)
    }

    /// All addresses, as text.
    pub fn addresses(&self) -> impl Iterator<Item = String> {
        self.tcp.iter().map(|address| format!("http://{address}/")).chain(self.unix.iter().map(ListenAddress::to_string))
    }

    /// Listens on every address of a host: a name may have one of each family.
    async fn bind_tcp(&mut self, host_and_port: &str) -> io::Result<()> {
        let addresses: Vec<SocketAddr> = lookup_host(host_and_port).await?.collect();
        let mut unavailable = None;
        let mut free_port = None;
        let before = self.listeners.len();
        for mut address in addresses {
            // Port 0 takes the same free port for all.
            if let Some(port) = free_port {
                address.set_port(port);
            }
            match TcpListener::bind(address).await {
                Ok(listener) => {
                    free_port = Some(listener.local_addr()?.port());
                    self.add_tcp(listener)?;
                }
                // The machine may lack a family, most often IPv6.
                Err(cause) if is_unavailable(&cause) => unavailable = Some(cause),
                Err(cause) => return Err(cause),
            }
        }
        if self.listeners.len() > before { Ok(()) } else { Err(unavailable.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into())) }
    }

    /// Listens on a path. A socket that a stopped process left behind is replaced; nothing else is.
    fn bind_unix(&mut self, path: &Path) -> io::Result<()> {
        let is_socket = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket());
        if is_socket && UnixStream::connect(path).is_err_and(|cause| cause.kind() == io::ErrorKind::ConnectionRefused) {
            fs::remove_file(path)?;
        }
        self.add_unix(UnixListener::bind(path)?, path.to_owned());
        Ok(())
    }

    fn add_tcp(&mut self, listener: TcpListener) -> io::Result<()> {
        self.tcp.push(listener.local_addr()?);
        self.listeners.push(Listener::Tcp(listener));
        Ok(())
    }

    fn add_unix(&mut self, listener: UnixListener, path: PathBuf) {
        self.listeners.push(Listener::Unix(listener));
        self.unix.push(ListenAddress::Unix(path));
    }
}

/// Whether the machine has no such address.
fn is_unavailable(cause: &io::Error) -> bool {
    matches!(Errno::from_io_error(cause), Some(Errno::ADDRNOTAVAIL | Errno::AFNOSUPPORT))
}
