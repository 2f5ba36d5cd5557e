//! The search index of a new database file: the words of each item and of each passage.
//!
//! Items are analysed as they are inserted. Their words are numbered, and each occurrence is sorted outside of memory by its
//! word; the ranks of the items are known once all are inserted, and then the sets of all words are written in one pass.

mod analyzed;
mod dates;
mod keys;
mod sorter;
mod vocabulary;

pub use analyzed::IndexedItem;
pub use keys::{Key, KeyKind, of_clauses, of_milestones, of_statements};

use std::{collections::HashMap, ops::Range};

use sqlx::SqliteConnection;

use crate::{
    corpus::{Layer, PostingBlock, PostingKey, RankGroup, SearchedResource, Slug, StoredKey, StoredText, block_place, statements::Paragraph},
    storage::{
        insert_rows::insert_rows,
        search_index::{
            analyzed::{AnalyzedItem, analyze},
            sorter::Sorter,
            vocabulary::Vocabulary,
        },
    },
    text::{passage_words::PassageWords, span::Span},
};

/// How many blocks of sets are in memory before they are written.
const BLOCKS_PER_WRITE: usize = 2_000;

/// A search index that is being built.
#[derive(Debug)]
pub struct SearchIndex {
    words: Vocabulary,
    passage_words: PassageWords,
    occurrences: Sorter,
    /// The items, in the order in which they were added.
    items: Vec<(RankGroup, i64)>,
    /// The items of each paragraph, in the same order.
    paragraphs: Vec<Range<u32>>,
    /// The paragraph of the last clause.
    paragraph: Option<(Slug, u32)>,
    /// The passages of the statements whose clauses are not added yet.
    passages: HashMap<(Slug, u32), u32>,
    passage_count: u32,
    rows: SearchRows,
}

/// Rows of the index that are known before all items are added.
#[derive(Debug, Default)]
pub struct SearchRows {
    /// The number of each passage, and its statement.
    passages: Vec<(u32, String)>,
    /// The number of each item, its keys and its words.
    items: Vec<(i64, Vec<u8>, Vec<u8>)>,
}

impl SearchRows {
    /// Inserts the rows.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        insert_rows(database, "INSERT INTO passages (number, statement) ", self.passages, |row, (number, statement)| {
            row.push_bind(number).push_bind(statement);
        })
        .await?;
        insert_rows(database, "INSERT INTO search_items (item, keys, words) ", self.items, |row, (item, keys, words)| {
            row.push_bind(item).push_bind(keys).push_bind(words);
        })
        .await
    }
}

impl SearchIndex {
    /// An empty index, in a database that has none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn new(database: &mut SqliteConnection) -> sqlx::Result<Self> {
        let file: String = sqlx::query_scalar("SELECT file FROM pragma_database_list WHERE name = 'main'").fetch_one(database).await?;
        Ok(Self {
            words: Vocabulary::default(),
            passage_words: PassageWords::default(),
            occurrences: Sorter::beside(file.into()),
            items: Vec::new(),
            paragraphs: Vec::new(),
            paragraph: None,
            passages: HashMap::new(),
            passage_count: 0,
            rows: SearchRows::default(),
        })
    }

    /// Adds the paragraphs of the source of a statement, which may be quoted, before its clauses.
    ///
    /// # Errors
    /// When the folder of the file is full.
    pub fn add_passages(&mut self, statement: &Slug, paragraphs: &[Paragraph]) -> sqlx::Result<()> {
        let mut last = None;
        for paragraph in paragraphs {
            let passage = self.passage_count;
            self.passage_count += 1;
            self.passages.insert((statement.clone(), paragraph.number), passage);
            self.rows.passages.push((passage, statement.to_string()));
            let words = self.add_passage_words(passage, &paragraph.text)?;
            // A quotation may begin in one passage and end in the next.
            if let (Some(last), Some(first)) = (last, words.first()) {
                self.add_pairs(Layer::Passage, &[last, *first], passage - 1)?;
            }
            last = words.last().copied();
        }
        Ok(())
    }

    /// Adds items of a resource. All clauses of a paragraph are passed together, one after the other.
    ///
    /// # Errors
    /// When the folder of the file is full.
    pub fn add(&mut self, resource: SearchedResource, items: Vec<IndexedItem<'_>>) -> sqlx::Result<()> {
        let analyzed = analyze(&items);
        let passages = if resource == SearchedResource::Clauses { std::mem::take(&mut self.passages) } else { HashMap::new() };
        for (item, analyzed) in items.into_iter().zip(analyzed) {
            let at = number_of(self.items.len());
            self.items.push((RankGroup::new(resource, analyzed.own_words()), item.number));
            let paragraph = item.paragraph.clone().map(|paragraph| self.paragraph(paragraph, at));
            self.occurrences.push(key(resource.word(), 0, Layer::Resource), at)?;
            let (texts, keys) = self.add_item(at, paragraph, &analyzed)?;
            if let Some(passage) = item.paragraph.and_then(|paragraph| passages.get(&paragraph).copied()) {
                for field in item.fields.iter().filter(|field| field.source_start.is_none()) {
                    self.add_passage_words(passage, field.text)?;
                }
            }
            self.rows.items.push((item.number, StoredKey::encode(&keys), StoredText::encode(&texts)));
        }
        Ok(())
    }

    /// The rows that are to be inserted, of what was added since the last time.
    pub fn take_rows(&mut self) -> SearchRows {
        std::mem::take(&mut self.rows)
    }

    /// The number of a paragraph, to which an item is added.
    fn paragraph(&mut self, paragraph: (Slug, u32), item: u32) -> u32 {
        if self.paragraph.as_ref() != Some(&paragraph) {
            self.paragraph = Some(paragraph);
            self.paragraphs.push(item..item);
        }
        if let Some(last) = self.paragraphs.last_mut() {
            last.end = item + 1;
        }
        number_of(self.paragraphs.len() - 1)
    }

    fn add_item(&mut self, at: u32, paragraph: Option<u32>, item: &AnalyzedItem) -> sqlx::Result<(Vec<StoredText>, Vec<StoredKey>)> {
        let mut texts = Vec::with_capacity(item.texts.len());
        for (layer, tokens) in &item.texts {
            let words: Vec<u32> = tokens.iter().map(|tokens| self.words.number(tokens)).collect();
            for word in words.iter().filter(|word| **word > 0) {
                self.add_occurrence(*layer, *word, at, paragraph)?;
            }
            self.add_pairs(*layer, &words, at)?;
            texts.push(StoredText { layer: *layer, words });
        }
        let mut keys = Vec::with_capacity(item.keys.len());
        for found in &item.keys {
            let word = self.words.number(std::slice::from_ref(&found.token));
            let layer = match found.kind {
                _ if found.in_lead_in => Layer::LeadIn,
                KeyKind::Alias => Layer::Alias,
                KeyKind::Date => Layer::Date,
            };
            self.add_occurrence(layer, word, at, paragraph)?;
            let span = found.span.map(|(start, end)| Span { start: start as usize, end: end as usize });
            keys.push(StoredKey { word, in_lead_in: found.in_lead_in, span });
        }
        Ok((texts, keys))
    }

    fn add_occurrence(&mut self, layer: Layer, word: u32, item: u32, paragraph: Option<u32>) -> sqlx::Result<()> {
        self.occurrences.push(key(word, 0, layer), item)?;
        if let Some(paragraph) = paragraph {
            self.occurrences.push(key(word, 0, Layer::Paragraph), paragraph)?;
        }
        Ok(())
    }

    fn add_pairs(&mut self, layer: Layer, words: &[u32], at: u32) -> sqlx::Result<()> {
        for pair in words.windows(2).filter(|pair| pair[0] > 0 && pair[1] > 0) {
            self.occurrences.push(key(pair[0], pair[1], layer), at)?;
        }
        Ok(())
    }

    /// Adds the words of a text that may be quoted, and returns them.
    fn add_passage_words(&mut self, passage: u32, text: &str) -> sqlx::Result<Vec<u32>> {
        let words = self.passage_words.numbers(text, |tokens| self.words.number(tokens));
        for word in &words {
            self.occurrences.push(key(*word, 0, Layer::Passage), passage)?;
        }
        self.add_pairs(Layer::Passage, &words, passage)?;
        Ok(words)
    }

    /// Writes the ranks of the items, the words and their sets.
    ///
    /// # Errors
    /// When the database cannot be written, or the folder of the file is full.
    pub async fn finish(self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        let ranks = write_ranks(database, &self.items).await?;
        let words = self.words.into_tokens();
        insert_rows(database, "INSERT INTO search_words (token, word) ", words, |row, (token, word)| {
            row.push_bind(token).push_bind(word);
        })
        .await?;
        let mut blocks: Vec<PostingBlock> = Vec::new();
        for group in self.occurrences.into_groups()? {
            let (key, values) = group?;
            let rank = |item: &u32| ranks[*item as usize];
            let mut set: Vec<u32> = match PostingKey::unpack(key).layer {
                Layer::Passage => values,
                // A paragraph of one clause has nothing that the clause lacks.
                Layer::Paragraph => {
                    let several = values.iter().map(|paragraph| self.paragraphs[*paragraph as usize].clone()).filter(|items| items.len() > 1);
                    several.flatten().map(|item| rank(&item)).collect()
                }
                _ => values.iter().map(rank).collect(),
            };
            set.sort_unstable();
            set.dedup();
            if set.is_empty() {
                continue;
            }
            PostingBlock::add(&mut blocks, key, &set);
            // The last block may not be full yet.
            if blocks.len() > BLOCKS_PER_WRITE
                && let Some(last) = blocks.pop()
            {
                write_blocks(database, std::mem::replace(&mut blocks, vec![last])).await?;
            }
        }
        write_blocks(database, blocks).await
    }
}

/// Writes the rank of each item, and returns the ranks in the order in which the items were added.
async fn write_ranks(database: &mut SqliteConnection, items: &[(RankGroup, i64)]) -> sqlx::Result<Vec<u32>> {
    let mut order: Vec<u32> = (0..number_of(items.len())).collect();
    order.sort_unstable_by_key(|at| items[*at as usize]);
    let mut ranks = vec![0; items.len()];
    for (rank, at) in (0..).zip(&order) {
        ranks[*at as usize] = rank;
    }
    let rows = order.into_iter().map(|at| items[at as usize]).enumerate();
    insert_rows(database, "INSERT INTO search_ranks (rank, rank_group, item) ", rows, |row, (rank, (group, item))| {
        row.push_bind(number_of(rank)).push_bind(group.number()).push_bind(item);
    })
    .await?;
    Ok(ranks)
}

async fn write_blocks(database: &mut SqliteConnection, blocks: Vec<PostingBlock>) -> sqlx::Result<()> {
    insert_rows(database, "INSERT INTO postings (first, digest, sets) ", blocks, |row, block| {
        let first = block.first.cast_signed();
        row.push_bind(first).push_bind(block_place(first).digest(&block.sets)).push_bind(block.sets);
    })
    .await
}

fn key(word: u32, next: u32, layer: Layer) -> u64 {
    PostingKey { word, next, layer }.packed()
}

/// A number of items, of which there are far fewer than 4 billion.
fn number_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
