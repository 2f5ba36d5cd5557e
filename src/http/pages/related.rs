//! What the pages of an actor and of a location show besides it.

use std::collections::HashMap;

use crate::{
    corpus::{
        BilingualText, Language, Mention, NoteReference, Slug,
        milestones::{Milestone, MilestoneFilter},
        statements::{Statement, StatementFilter},
        works,
    },
    error::Error,
    http::pages::{
        request::{PageRequest, Titles},
        view::{
            clause_link::ClauseLink,
            messages::{self as msg, Message},
            plural::{Noun, format_count},
            share::Picture,
        },
    },
};

/// How many items the page of another item shows of a list; it links to the whole list.
pub const MAX_RELATED: u32 = 20;

/// The mentions of an item in one statement, by paragraph.
pub struct MentionsInStatement<'m> {
    /// The statement.
    pub statement: &'m Slug,
    /// Its title.
    pub title: Option<&'m BilingualText>,
    /// The mentions in each paragraph; without a number those in lead-ins, which belong to no clause.
    pub paragraphs: Vec<(Option<String>, Vec<MentionInClause<'m>>)>,
}

/// A mention, with the link to its clause; none in a lead-in.
pub type MentionInClause<'m> = (&'m Mention, Option<ClauseLink>);

/// Groups mentions, which are in reading order, by their statements and paragraphs.
pub fn group_mentions<'m>(mentions: &'m [Mention], titles: &'m HashMap<Slug, BilingualText>) -> Vec<MentionsInStatement<'m>> {
    let in_statement = |mentions: &'m [Mention]| {
        let statement = &mentions[0].statement;
        let mut paragraphs: Vec<(Option<String>, Vec<MentionInClause<'m>>)> = Vec::new();
        for mention in mentions {
            let link = mention.clause.as_ref().map(|clause| ClauseLink::new(clause, statement));
            // The label of a clause begins with the number of its paragraph.
            let number = link.as_ref().map(|link| link.label.trim_end_matches(|last: char| last.is_ascii_lowercase()).to_owned());
            match paragraphs.iter_mut().find(|(other, _)| *other == number) {
                Some((_, others)) => others.push((mention, link)),
                None => paragraphs.push((number, vec![(mention, link)])),
            }
        }
        MentionsInStatement { statement, title: titles.get(statement), paragraphs }
    };
    mentions.chunk_by(|one, next| one.statement == next.statement).map(in_statement).collect()
}

/// The first statements that name an item and its first milestones, whether there are more, and the titles of the statements
/// that the page names.
pub struct Related {
    /// The statements.
    pub statements: (Vec<Statement>, bool),
    /// The milestones.
    pub milestones: (Vec<Milestone>, bool),
    /// The titles of the statements of the milestones.
    pub titles: Titles,
    /// The titles of the statements of the mentions.
    pub mentioned_in: HashMap<Slug, BilingualText>,
}

impl Related {
    /// Reads them. The page shows these mentions of the item.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn load(request: &PageRequest, statements: &StatementFilter, milestones: &MilestoneFilter, mentions: &[Mention]) -> Result<Self, Error> {
        let statements = request.first(statements, MAX_RELATED).await?;
        let milestones = request.first(milestones, MAX_RELATED).await?;
        let titles = request.titles(milestones.0.iter().map(|milestone| &milestone.statement)).await?;
        let mentioned_in = request.app.timed_query(works::titles(request.corpus(), mentions.iter().map(|mention| &mention.statement))).await?;
        Ok(Self { statements, milestones, titles, mentioned_in })
    }

    /// The picture of the page: the milestones on a timeline, which `parameter` selects; without any, the card of the first statement.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn picture(&self, request: &PageRequest, parameter: &str, id: &Slug, name: &str) -> Result<Option<Picture>, Error> {
        if !self.milestones.0.is_empty() {
            let query = format!("{parameter}={id}");
            return Ok(Some(Picture::timeline(request.app.absolute_site(), request.language, &query, Some(name))));
        }
        match self.statements.0.first() {
            Some(statement) => Ok(Some(Picture::of_statement(request, &statement.id).await?)),
            None => Ok(None),
        }
    }
}

/// A page's description of an actor or a location: its name, its kind, how often the sources mention it, and its first critical note.
pub fn describe(name: &str, kind: Message, mention_count: u32, notes: &[NoteReference], language: Language) -> String {
    let mentioned = format_count(u64::from(mention_count), Noun::Mention, language);
    let description = format!("{name}{}{}. {} {mentioned}.", msg::COMMA.of(language), kind.of(language), msg::MENTIONED.of(language));
    match notes.iter().find(|note| note.is_critical()) {
        Some(note) => format!("{description} {}", note.text.of(language)),
        None => description,
    }
}
