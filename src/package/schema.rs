//! The JSON Schema of format 1, from which editors complete and validate a package while it is written.

use schemars::{Schema, generate::SchemaSettings};

use crate::package::document::Document;

/// The JSON Schema (2020-12) of a package.
#[must_use]
pub fn json_schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document>()
}
