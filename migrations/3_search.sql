-- Search: an index of stems, and the aliases that items are found by.
--
-- Like `items`, these tables hold nothing of their own: they are filled when a file is built (storage/search_index.rs).

-- The items again, with a number that the index refers to: an undeclared rowid may change in a VACUUM.
DROP TABLE items;
CREATE TABLE items (
    number   INTEGER PRIMARY KEY,
    resource TEXT NOT NULL,
    id       TEXT NOT NULL,
    -- Sort keys. `position`: reading order. `starts` and `ends`: the bounds of its date, an unknown one as the far end of time.
    position TEXT NOT NULL,
    starts   TEXT NOT NULL,
    ends     TEXT NOT NULL,
    -- The item, as JSON.
    item     TEXT NOT NULL,
    UNIQUE (resource, id)
) STRICT;
CREATE INDEX items_by_position ON items (resource, position, id);
CREATE INDEX items_by_starts   ON items (resource, starts, id);
CREATE INDEX items_by_ends     ON items (resource, ends, id);

-- The stems of each item's words, in the row with the item's number. The words are analysed before they are stored, so
-- that the tokenizer only splits at spaces. `alias`: the item's aliases, each as one token.
CREATE VIRTUAL TABLE search_index USING fts5 (ar, en, alias, content = '', tokenize = "ascii tokenchars '_'");

-- The same aliases, with the words of the source that they stand for; NULL where the item itself has the alias.
CREATE TABLE search_aliases (
    item  INTEGER NOT NULL REFERENCES items (number) ON DELETE CASCADE,
    key   TEXT    NOT NULL,
    start INTEGER,
    "end" INTEGER
) STRICT;
CREATE INDEX search_aliases_by_item ON search_aliases (item, key);
CREATE INDEX search_aliases_by_key  ON search_aliases (key);

-- Every name of what a clause mentions, with the words that mention it.
CREATE VIEW mentioned_names AS
WITH mentions AS (
    SELECT clause, 'actors' AS resource, actor AS id, start, "end" FROM actor_mentions
    UNION ALL SELECT clause, 'locations', location, start, "end" FROM location_mentions
), called AS (
    SELECT 'actors' AS resource, id, name_ar AS name FROM actors
    UNION SELECT 'actors', id, name_en FROM actors
    UNION SELECT 'actors', actor, alias FROM actor_aliases
    UNION SELECT 'locations', id, name_ar FROM locations
    UNION SELECT 'locations', id, name_en FROM locations
    UNION SELECT 'locations', location, alias FROM location_aliases
)
SELECT i.number AS item, c.name, m.start, m."end"
FROM mentions AS m JOIN called AS c USING (resource, id) JOIN items AS i ON i.resource = 'clauses' AND i.id = m.clause;
