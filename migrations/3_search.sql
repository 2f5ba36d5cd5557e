-- Search: an index of what words may be forms of (src/language), and the names that items go by.
--
-- Like `items`, both tables hold nothing of their own: they are filled when a file is built (corpus/search.rs).

-- The items again, with a number that the index can point at: a rowid that is not declared may change in a VACUUM.
DROP TABLE items;
CREATE TABLE items (
    number   INTEGER PRIMARY KEY,
    resource TEXT NOT NULL,
    id       TEXT NOT NULL,
    -- Sort keys. `place`: reading order. `opens` and `closes`: the bounds of its date, an unknown one as open.
    place    TEXT NOT NULL,
    opens    TEXT NOT NULL,
    closes   TEXT NOT NULL,
    -- The answer, as JSON.
    item     TEXT NOT NULL,
    UNIQUE (resource, id)
) STRICT;
CREATE INDEX items_by_place  ON items (resource, place, id);
CREATE INDEX items_by_opens  ON items (resource, opens, id);
CREATE INDEX items_by_closes ON items (resource, closes, id);

-- The stems of each item's words, in the row with its number; words are analysed before they come here, so that the
-- tokenizer only splits at spaces. `name`: names that it goes by, each as one token.
CREATE VIRTUAL TABLE stems USING fts5 (ar, en, name, content = '', tokenize = "ascii tokenchars '_'");

-- The same names, with the words of the source that they stand for; none where the item itself has the name.
CREATE TABLE names (
    item  INTEGER NOT NULL REFERENCES items (number) ON DELETE CASCADE,
    key   TEXT    NOT NULL,
    start INTEGER,
    "end" INTEGER
) STRICT;
CREATE INDEX names_by_item ON names (item, key);
CREATE INDEX names_by_key  ON names (key);

-- Every name of what a clause or a note mentions, with the words that mention it.
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
