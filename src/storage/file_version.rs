//! Versions of a file.

use std::{
    fs::{self, Metadata},
    os::unix::fs::MetadataExt,
    path::Path,
};

/// Identifies one version of the file at a path: it differs for another file, and for the same file after a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileVersion {
    /// The device and the inode. The system reuses an inode once its file is gone.
    inode: (u64, u64),
    /// The time of the last change of any kind, in seconds and nanoseconds; no program can set it back.
    changed: (i64, i64),
}

impl FileVersion {
    /// The version that this metadata is of.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        Self { inode: (metadata.dev(), metadata.ino()), changed: (metadata.ctime(), metadata.ctime_nsec()) }
    }

    /// Whether both are versions of the same file.
    #[must_use]
    pub fn is_same_file(self, other: Self) -> bool {
        self.inode == other.inode
    }
}

/// The version of the file at a path; `None` if there is no file.
#[must_use]
pub fn file_version(path: &Path) -> Option<FileVersion> {
    fs::metadata(path).ok().map(|metadata| FileVersion::of(&metadata))
}
