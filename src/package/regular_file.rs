//! Opens regular files only: reading a pipe may block, and reading a device may never end.

use std::{fs::File, io, os::unix::fs::OpenOptionsExt, path::Path};

/// Opens a regular file.
///
/// # Errors
/// When it cannot be opened, or is something else, such as a folder, a pipe or a device.
pub fn open_regular(path: &Path) -> io::Result<File> {
    // A FIFO without a writer is opened at once this way, and then is rejected.
    let file = File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a regular file")) }
}
