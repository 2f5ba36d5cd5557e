//! How items are stored: as they are where a resource has few, else compressed with a dictionary that is trained on them.

use sqlx::{Database, Encode, Sqlite, SqliteConnection, Type, encode::IsNull, error::BoxDynError, sqlite::SqliteTypeInfo};
use zstd::zstd_safe::{CCtx, CDict, compress_bound, get_error_name};

use crate::corpus::{Resource, dictionary_place};

/// How many items of a resource make a dictionary worth its price: what is decompressed takes longer to read.
const MIN_ITEMS: u32 = 500;
/// How many items a dictionary is trained on.
const MAX_SAMPLES: usize = 1_000;
/// The maximum length of a dictionary, in bytes.
const MAX_DICTIONARY_BYTES: usize = 32 * 1024;
/// How much zstd compresses: its default.
const LEVEL: i32 = 3;

/// How the items of one resource are stored.
enum Encoding {
    /// It has no items yet.
    Undecided,
    /// As JSON.
    Plain,
    /// As frames of zstd.
    Compressed(CDict<'static>),
}

/// Encodes the items of a build.
pub struct Encoder {
    context: CCtx<'static>,
    encodings: [Encoding; Resource::ALL.len()],
}

impl Default for Encoder {
    fn default() -> Self {
        Self { context: CCtx::create(), encodings: [const { Encoding::Undecided }; Resource::ALL.len()] }
    }
}

impl Encoder {
    /// Chooses the encoding of a resource that will have so many items, when its first ones are known. A dictionary is trained on
    /// these, to be stored.
    pub fn prepare(&mut self, resource: Resource, count: u32, first: &[&str]) -> Option<Dictionary> {
        let encoding = &mut self.encodings[resource as usize];
        if !matches!(encoding, Encoding::Undecided) || first.is_empty() {
            return None;
        }
        *encoding = Encoding::Plain;
        if count < MIN_ITEMS {
            return None;
        }
        let samples: Vec<&str> = first.iter().step_by(first.len().div_ceil(MAX_SAMPLES)).copied().collect();
        // Samples that have too little in common make no dictionary.
        let bytes = zstd::dict::from_samples(&samples, MAX_DICTIONARY_BYTES).ok()?;
        *encoding = Encoding::Compressed(CDict::create(&bytes, LEVEL));
        Some(Dictionary { resource, bytes })
    }

    /// The JSON of an item, or of its details, as it is stored.
    pub fn encode(&mut self, resource: Resource, json: String) -> sqlx::Result<Stored> {
        let Encoding::Compressed(dictionary) = &self.encodings[resource as usize] else { return Ok(Stored::Text(json)) };
        let mut frame = Vec::with_capacity(compress_bound(json.len()));
        let result = self.context.compress_using_cdict(&mut frame, json.as_bytes(), dictionary);
        result.map_err(|code| sqlx::Error::Encode(get_error_name(code).into()))?;
        frame.shrink_to_fit();
        Ok(Stored::Frame(frame))
    }
}

/// What the items of a resource are compressed with.
pub struct Dictionary {
    resource: Resource,
    bytes: Vec<u8>,
}

impl Dictionary {
    /// Stores it.
    pub async fn insert(&self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        sqlx::query("INSERT INTO dictionaries (resource, dictionary, digest) VALUES (?, ?, ?)")
            .bind(self.resource.name())
            .bind(&self.bytes)
            .bind(dictionary_place(self.resource).digest(&self.bytes))
            .execute(database)
            .await?;
        Ok(())
    }
}

/// An encoded item.
pub enum Stored {
    /// JSON.
    Text(String),
    /// A frame of zstd.
    Frame(Vec<u8>),
}

impl Stored {
    /// The bytes that are stored.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Frame(frame) => frame,
        }
    }
}

impl Type<Sqlite> for Stored {
    fn type_info() -> SqliteTypeInfo {
        <Vec<u8> as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Stored {
    fn encode(self, arguments: &mut <Sqlite as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match self {
            Self::Text(text) => text.encode(arguments),
            Self::Frame(frame) => frame.encode(arguments),
        }
    }

    fn encode_by_ref(&self, arguments: &mut <Sqlite as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match self {
            Self::Text(text) => text.encode_by_ref(arguments),
            Self::Frame(frame) => frame.encode_by_ref(arguments),
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

    use super::*;
    use crate::{
        corpus::{ConnectionPool, Corpus, Place},
        storage::migrations,
    };

    #[tokio::test]
    async fn what_a_build_encodes_is_what_a_corpus_decodes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let options = SqliteConnectOptions::new().filename(file.path());
        let json = |number: i64| format!(r#"{{"id":"a-{number}","url":"clauses/a-{number}","text":{{"ar":"بند {number}","en":"Clause {}"}}}}"#, number * 7_919);
        let items: Vec<String> = (0..2_000).map(json).collect();
        let first: Vec<&str> = items.iter().map(String::as_str).collect();
        let mut encoder = Encoder::default();
        {
            let mut database = options.connect().await.unwrap();
            migrations::run(&mut database).await.unwrap();
            encoder.prepare(Resource::Clauses, 2_000, &first).unwrap().insert(&mut database).await.unwrap();
            assert!(encoder.prepare(Resource::Notes, MIN_ITEMS - 1, &first).is_none());
        }
        let corpus = Corpus::open(ConnectionPool::for_tests(options).await).await.unwrap();
        let place = Place::of("test");
        let (mut stored, mut length) = (0, 0);
        for (resource, item) in items.iter().flat_map(|item| [(Resource::Clauses, item), (Resource::Notes, item)]) {
            let encoded = encoder.encode(resource, item.clone()).unwrap();
            assert_eq!(matches!(encoded, Stored::Text(_)), resource == Resource::Notes, "few items are stored as they are");
            let bytes = encoded.bytes();
            let verified = corpus.verify(place, bytes, place.digest(bytes)).unwrap();
            assert_eq!(*corpus.decode(resource, verified).unwrap(), item.as_bytes());
            if resource == Resource::Clauses {
                (stored, length) = (stored + bytes.len(), length + item.len());
            }
        }
        assert!(stored * 2 < length, "{stored} of {length} bytes");
    }
}
