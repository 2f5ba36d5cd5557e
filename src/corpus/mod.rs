//! The corpus: statements, and everything that refers to their text.
//!
//! Each resource has a file with its item (the JSON that the API serves) and its filter (the parameters of its list).
//! A [`Filter`] has the conditions that lists, counts and facets share; `bitmaps` evaluates them. Items are written once, when a
//! database file is built (`storage/materialize`), so that a page of a list is one query.

pub mod actors;
pub mod attribution;
mod bilingual_text;
pub mod bitmaps;
pub mod changes;
pub mod clauses;
mod connection_pool;
#[expect(clippy::module_inception, reason = "each type lives in the file with its name")]
mod corpus;
mod country;
mod date_range;
pub mod dates;
mod day;
mod dictionaries;
pub mod edtf;
mod enum_name;
mod facet;
mod facet_counts;
mod facet_names;
mod filter;
mod hit;
mod lead_in;
mod list;
pub mod locations;
mod mention;
mod mention_list;
pub mod milestones;
pub mod notes;
mod numbered;
mod page;
mod paragraph_number;
mod parse;
mod parts;
mod places;
mod push_in;
mod quote;
mod read_item;
mod references;
mod resource;
mod search;
mod searchable;
mod since;
mod slug;
mod sort;
mod source;
pub mod statements;
mod stored_json;
mod uncertain_date;
mod verified;
mod voice;
mod withdrawn;
pub mod works;

pub use crate::text::Language;
pub use bilingual_text::BilingualText;
pub use connection_pool::{ConnectionPool, ConnectionTimeouts};
pub use corpus::Corpus;
pub use country::Country;
pub use date_range::{DateRange, Match};
pub use day::{Day, ParseDayError};
pub use dictionaries::dictionary_place;
pub use enum_name::{enum_name, parse_enum};
pub use facet::{Facet, Facets, MAX_COUNTED};
pub use facet_names::facet_names;
pub use filter::Filter;
pub use hit::{Highlight, Hit, MatchedBy, Snippet};
pub use lead_in::LeadIn;
pub use list::{check_ready, get, list, missing_ids, sqlite_version, uncertain_ids};
pub use mention::{MAX_INLINE_MENTIONS, Mention};
pub use mention_list::{MentionFilter, MentionSort, list_mentions};
pub use numbered::{count_items, list_ids};
pub use page::{CursorPosition, Page, PageParams};
pub use paragraph_number::ParagraphNumber;
pub(crate) use parse::{deserialize_from_str, parse_digits};
pub use parts::{Parts, Register};
pub use push_in::push_in;
pub use quote::Quote;
pub use read_item::{Bounds, ItemRow, LISTED_COLUMNS, WHOLE_COLUMNS, detail_place, item_place, read_all, read_all_listed};
pub use references::{ClauseReference, DateReference, MAX_INLINE_NOTES, NamedReference, NoteReference, TitledReference};
pub use resource::Resource;
pub use search::{Everything, Found, SearchItem, SearchScope, SearchedResource, everything};
pub(crate) use search::{
    Layer, PostingBlock, PostingKey, Postings, RankGroup, StoredKey, StoredText, block_place, items_of, numbers_of, read_passages, varint,
};
pub use searchable::{FieldKind, Search, SearchField, Searchable};
pub use since::Since;
pub use slug::Slug;
pub use sort::{ByDate, ById, ByPosition, Direction, SortKey, SortOrder};
pub use source::Source;
pub use stored_json::StoredJson;
pub use uncertain_date::{Basis, Precision, UncertainDate};
pub use verified::{DamagedValue, Place, Verified};
pub use voice::Voice;
pub use withdrawn::{Withdrawn, withdrawn};
