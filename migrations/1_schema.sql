-- The store of a diplomatic statement: its text once, and everything else pointing into it.
--
-- Offsets are Unicode code points, 0-based and half-open, into the whole text of the source (the W3C Web Annotation
-- TextPositionSelector). SQLite's substr() and length() count code points of TEXT, so the schema itself proves each one.
-- A bound of NULL means "not known"; it is never a default. Bilingual text is a pair of columns, `_ar` and `_en`.
-- What is not in the language of the source is the editors' working translation.
--
-- Tables WITHOUT ROWID begin with the columns of their key: with another order, `PRAGMA integrity_check` of SQLite 3.40
-- reports NULLs that are not there.

-- 1. The source --------------------------------------------------------------------------------------------------------

CREATE TABLE statements (
    id              TEXT NOT NULL PRIMARY KEY CHECK (id NOT GLOB '*[^a-z0-9-]*' AND id <> ''),
    kind            TEXT NOT NULL CHECK (kind IN ('joint_statement', 'declaration', 'agreement', 'communique')),
    title_ar        TEXT NOT NULL,
    title_en        TEXT NOT NULL,
    -- The date expression that tells when it was issued; NULL where the source tells nothing.
    issued          TEXT REFERENCES dates (id) DEFERRABLE INITIALLY DEFERRED,
    publisher_ar    TEXT NOT NULL,
    publisher_en    TEXT NOT NULL,
    -- The actor that narrates; NULL where the issuers published the text themselves.
    medium          TEXT REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
    language        TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    -- The URL of the source article; NULL unless an editor has checked it.
    url             TEXT CHECK (url GLOB 'https://*'),
    -- The article byte for byte, as it was published, errors and all.
    text            TEXT NOT NULL CHECK (text <> ''),
    sha256          TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    license_note_ar TEXT NOT NULL,
    license_note_en TEXT NOT NULL,
    -- The day on which later reports were last looked for; NULL where nobody has looked.
    developments_checked TEXT CHECK (developments_checked IS date(developments_checked))
) STRICT;

-- Other publications of the statement or of the report, for comparison; their text is not stored.
CREATE TABLE versions (
    statement      TEXT    NOT NULL REFERENCES statements (id),
    position       INTEGER NOT NULL CHECK (position >= 1),
    publisher_ar   TEXT    NOT NULL,
    publisher_en   TEXT    NOT NULL,
    language       TEXT    NOT NULL CHECK (language IN ('ar', 'en')),
    url            TEXT    CHECK (url GLOB 'https://*'),
    published      TEXT    CHECK (published IS date(published)),
    -- What it is, how it differs, and whether we could open it.
    description_ar TEXT    NOT NULL,
    description_en TEXT    NOT NULL,
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER the_source_is_never_edited BEFORE UPDATE OF text, sha256 ON statements
BEGIN SELECT RAISE(ABORT, 'the text of a source is never edited; a note says what is wrong with it'); END;

CREATE TABLE paragraphs (
    statement TEXT    NOT NULL REFERENCES statements (id),
    number    INTEGER NOT NULL CHECK (number >= 1),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    PRIMARY KEY (statement, number),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;

-- Every run of the source's words that something rests on. One table, so that one trigger proves them all; facts point
-- here by (statement, start, end), and a fact without its words cannot be stored.
CREATE TABLE quotes (
    statement TEXT    NOT NULL REFERENCES statements (id),
    start     INTEGER NOT NULL CHECK (start >= 0),
    "end"     INTEGER NOT NULL CHECK ("end" > start),
    exact     TEXT    NOT NULL CHECK (length(exact) = "end" - start),
    PRIMARY KEY (statement, start, "end")
) STRICT, WITHOUT ROWID;

CREATE TRIGGER a_quotation_stands_at_its_offsets BEFORE INSERT ON quotes
WHEN NEW.exact IS NOT (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM statements WHERE id = NEW.statement)
BEGIN SELECT RAISE(ABORT, 'this quotation is not at its offsets in the source'); END;

CREATE TRIGGER a_quotation_is_never_edited BEFORE UPDATE ON quotes
BEGIN SELECT RAISE(ABORT, 'a quotation is never edited; insert the right one'); END;

-- 2. What is said ------------------------------------------------------------------------------------------------------

CREATE TABLE clauses (
    id        TEXT    NOT NULL PRIMARY KEY CHECK (id = statement || '-' || label),
    statement TEXT    NOT NULL REFERENCES statements (id),
    -- Paragraph and letter, in reading order: 6b. After 6z comes 6aa.
    label     TEXT    NOT NULL CHECK (label GLOB paragraph || '[a-z]' OR label GLOB paragraph || '[a-z][a-z]'),
    paragraph INTEGER NOT NULL,
    -- Reading order within the statement, from 1.
    position  INTEGER NOT NULL CHECK (position >= 1),
    -- The clause that this one belongs to: it is nested in that clause, or is its condition, limit, purpose or manner.
    parent    TEXT    REFERENCES clauses (id) CHECK (parent <> id),
    -- statement: the issuers' own words; agency: the medium, narrating; third_party: anyone else whom the medium quotes.
    voice     TEXT    NOT NULL CHECK (voice IN ('statement', 'agency', 'third_party')),
    -- Whose words these are: the medium, or whoever it quotes. NULL for the statement, whose speakers are its issuers.
    speaker   TEXT    REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
    -- The words that introduce it; NULL where there are none.
    lead_in   TEXT    REFERENCES lead_ins (id) DEFERRABLE INITIALLY DEFERRED,
    kind      TEXT    NOT NULL CHECK (kind IN ('report', 'forecast', 'declaration', 'recital', 'decision', 'deadline', 'commitment',
                                               'condition', 'purpose', 'acknowledgement', 'aspiration', 'reference')),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    -- The editors' working translation, into the language that the source is not in.
    translation TEXT  NOT NULL CHECK (translation <> ''),
    CHECK ((voice = 'statement') = (speaker IS NULL)),
    UNIQUE (statement, position),
    FOREIGN KEY (statement, paragraph) REFERENCES paragraphs (statement, number),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT;

-- The words with which the medium introduces what it quotes. They belong to no clause; clauses point here.
CREATE TABLE lead_ins (
    id        TEXT    NOT NULL PRIMARY KEY CHECK (id GLOB statement || '-l[1-9]*'),
    statement TEXT    NOT NULL REFERENCES statements (id),
    -- Reading order within the statement, from 1.
    position  INTEGER NOT NULL CHECK (position >= 1),
    -- Whose words the lead-in is: the medium's.
    speaker   TEXT    NOT NULL REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    translation TEXT  NOT NULL CHECK (translation <> ''),
    UNIQUE (statement, position),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT;

-- One temporal expression, each time that it occurs.
CREATE TABLE dates (
    id            TEXT    NOT NULL PRIMARY KEY,
    statement     TEXT    NOT NULL REFERENCES statements (id),
    clause        TEXT    NOT NULL REFERENCES clauses (id),
    position      INTEGER NOT NULL CHECK (position >= 1),
    -- ISO-TimeML's TIMEX3 types.
    type          TEXT    NOT NULL CHECK (type IN ('DATE', 'DURATION', 'TIME', 'SET')),
    -- EDTF level 1 (ISO 8601-2), and the first and the last day that it allows. NULL: the text leaves it open.
    edtf          TEXT,
    earliest      TEXT    CHECK (earliest IS date(earliest) AND earliest BETWEEN '0001' AND '9999'),
    latest        TEXT    CHECK (latest IS date(latest) AND latest BETWEEN '0001' AND '9999'),
    -- The coarsest unit in `edtf`: how far the words can be trusted.
    precision     TEXT    NOT NULL CHECK (precision IN ('day', 'month', 'year', 'unknown')),
    -- explicit: written out; relative: counted from the anchor; inferred: from the context. NULL only where there is no date.
    basis         TEXT    CHECK (basis IN ('explicit', 'relative', 'inferred')),
    -- The date expression that a relative one is counted from; NULL where the source prints none.
    anchor        TEXT    REFERENCES dates (id) CHECK (anchor <> id),
    basis_note_ar TEXT,
    basis_note_en TEXT,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    CHECK (earliest <= latest),
    CHECK ((edtf IS NULL) = (earliest IS NULL AND latest IS NULL)),
    CHECK ((edtf IS NULL) = (precision = 'unknown')),
    CHECK (edtf IS NULL OR basis IS NOT NULL),
    CHECK ((basis_note_ar IS NULL) = (basis_note_en IS NULL)),
    CHECK (basis IS 'explicit' OR basis_note_en IS NOT NULL),
    UNIQUE (statement, position),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT;
CREATE INDEX dates_by_clause ON dates (clause, earliest, latest);

-- What a dashboard shows. Whether a date has passed is computed; whether a promise was kept is never recorded here.
CREATE TABLE milestones (
    id        TEXT    NOT NULL PRIMARY KEY,
    statement TEXT    NOT NULL REFERENCES statements (id),
    position  INTEGER NOT NULL CHECK (position >= 1),
    kind      TEXT    NOT NULL CHECK (kind IN ('deadline', 'event', 'period', 'forecast')),
    -- As for clauses.
    voice     TEXT    NOT NULL CHECK (voice IN ('statement', 'agency', 'third_party')),
    speaker   TEXT    REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED,
    title_ar  TEXT    NOT NULL,
    title_en  TEXT    NOT NULL,
    -- The date expression that dates it; NULL where the source gives none.
    expression TEXT   REFERENCES dates (id),
    -- Its date: mostly the expression's, wider where the clause says more than that ("or slightly before"), and inferred
    -- where only the grammar dates it ("have begun"). NULL: the text leaves it open.
    edtf      TEXT,
    earliest  TEXT    CHECK (earliest IS date(earliest) AND earliest BETWEEN '0001' AND '9999'),
    latest    TEXT    CHECK (latest IS date(latest) AND latest BETWEEN '0001' AND '9999'),
    precision TEXT    NOT NULL CHECK (precision IN ('day', 'month', 'year', 'unknown')),
    basis     TEXT    CHECK (basis IN ('explicit', 'relative', 'inferred')),
    CHECK (earliest <= latest),
    CHECK ((edtf IS NULL) = (earliest IS NULL AND latest IS NULL)),
    CHECK ((edtf IS NULL) = (precision = 'unknown')),
    CHECK ((edtf IS NULL) = (basis IS NULL)),
    CHECK ((voice = 'statement') = (speaker IS NULL)),
    UNIQUE (statement, position)
) STRICT;
CREATE INDEX milestones_by_expression ON milestones (expression);

-- The clauses that a milestone rests on.
CREATE TABLE milestone_clauses (
    milestone TEXT NOT NULL REFERENCES milestones (id),
    clause    TEXT NOT NULL REFERENCES clauses (id),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (milestone, clause)
) STRICT, WITHOUT ROWID;
CREATE INDEX milestones_by_clause ON milestone_clauses (clause, milestone);

-- The clauses that it is subject to.
CREATE TABLE milestone_conditions (
    milestone TEXT NOT NULL REFERENCES milestones (id),
    clause    TEXT NOT NULL REFERENCES clauses (id),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (milestone, clause)
) STRICT, WITHOUT ROWID;

-- What was later reported about a milestone. It says what was reported, not what is true.
CREATE TABLE developments (
    id        TEXT NOT NULL PRIMARY KEY,
    statement TEXT NOT NULL REFERENCES statements (id),
    milestone TEXT NOT NULL REFERENCES milestones (id),
    edtf      TEXT NOT NULL,
    earliest  TEXT NOT NULL CHECK (earliest IS date(earliest)),
    latest    TEXT NOT NULL CHECK (latest IS date(latest)),
    precision TEXT NOT NULL CHECK (precision IN ('day', 'month', 'year')),
    text_ar   TEXT NOT NULL,
    text_en   TEXT NOT NULL,
    CHECK (earliest <= latest)
) STRICT;

CREATE TABLE development_sources (
    development TEXT    NOT NULL REFERENCES developments (id),
    position    INTEGER NOT NULL CHECK (position >= 1),
    statement   TEXT    NOT NULL REFERENCES statements (id),
    publisher_ar TEXT   NOT NULL,
    publisher_en TEXT   NOT NULL,
    title       TEXT,
    url         TEXT    CHECK (url GLOB 'https://*'),
    published   TEXT    CHECK (published IS date(published)),
    PRIMARY KEY (development, position)
) STRICT, WITHOUT ROWID;

-- 3. Who and where -----------------------------------------------------------------------------------------------------
-- Actors and locations are registers that statements share; `statement` is the one whose annotation introduced the entry,
-- and the mentions tie it to each statement that names it.

CREATE TABLE actors (
    id        TEXT NOT NULL PRIMARY KEY CHECK (id NOT GLOB '*[^a-z0-9-]*' AND id <> ''),
    statement TEXT NOT NULL REFERENCES statements (id),
    kind      TEXT NOT NULL CHECK (kind IN ('state', 'body', 'force', 'group', 'person', 'unnamed_source', 'medium')),
    name_ar   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    -- What it is part of.
    parent    TEXT REFERENCES actors (id) CHECK (parent <> id),
    -- ISO 3166-1 alpha-2: of a state, or of the state that it belongs to.
    country   TEXT CHECK (country GLOB '[A-Z][A-Z]'),
    wikidata  TEXT CHECK (wikidata GLOB 'Q[1-9]*')
) STRICT;

-- Other names: those that the source uses (with their language) and those that readers may look for.
CREATE TABLE actor_aliases (
    actor     TEXT NOT NULL REFERENCES actors (id),
    language  TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    alias     TEXT NOT NULL CHECK (alias <> ''),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (actor, language, alias)
) STRICT, WITHOUT ROWID;

-- Each occurrence, attached particles inside the quoted token. A clause of NULL: a lead-in, which belongs to none.
CREATE TABLE actor_mentions (
    actor     TEXT    NOT NULL REFERENCES actors (id),
    statement TEXT    NOT NULL REFERENCES statements (id),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    clause    TEXT    REFERENCES clauses (id),
    -- The digest of the row and its words, which the build computes (corpus/mention).
    digest    INTEGER,
    PRIMARY KEY (actor, statement, start, "end"),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;

-- bound: has to do it; party: takes part in it; inferred: the clause itself does not name
-- this actor; the part is read from a lead-in, from another clause or from the grammar.
CREATE TABLE clause_actors (
    clause    TEXT    NOT NULL REFERENCES clauses (id),
    actor     TEXT    NOT NULL REFERENCES actors (id),
    role      TEXT    NOT NULL CHECK (role IN ('speaker', 'bound', 'beneficiary', 'party', 'mentioned')),
    statement TEXT    NOT NULL REFERENCES statements (id),
    inferred  INTEGER NOT NULL DEFAULT 0 CHECK (inferred IN (0, 1)),
    PRIMARY KEY (clause, actor, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX clauses_by_actor ON clause_actors (actor, role, clause);

-- The actors of a milestone, which may rest on several clauses. A speaker who is only quoted is not one of them.
CREATE TABLE milestone_actors (
    milestone TEXT NOT NULL REFERENCES milestones (id),
    actor     TEXT NOT NULL REFERENCES actors (id),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (milestone, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX milestones_by_actor ON milestone_actors (actor, milestone);

CREATE TABLE locations (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id NOT GLOB '*[^a-z0-9-]*' AND id <> ''),
    statement    TEXT NOT NULL REFERENCES statements (id),
    kind         TEXT NOT NULL CHECK (kind IN ('country', 'region', 'city', 'district', 'site')),
    name_ar      TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    parent       TEXT REFERENCES locations (id) CHECK (parent <> id),
    -- ISO 3166-1 alpha-2 of the country that it is or lies in.
    country      TEXT CHECK (country GLOB '[A-Z][A-Z]'),
    -- ISO 3166-2, where the place is a subdivision.
    subdivision  TEXT CHECK (subdivision GLOB '[A-Z][A-Z]-*'),
    wikidata     TEXT CHECK (wikidata GLOB 'Q[1-9]*'),
    -- Degrees, WGS 84, and the radius in kilometres within which the place lies around the point.
    lat          REAL CHECK (lat BETWEEN -90 AND 90),
    lon          REAL CHECK (lon BETWEEN -180 AND 180),
    precision_km REAL CHECK (precision_km > 0),
    -- 1: the text leaves open where it is, so it has no coordinates.
    unspecified  INTEGER NOT NULL CHECK (unspecified IN (0, 1)),
    CHECK ((lat IS NULL) = (unspecified = 1) AND (lon IS NULL) = (unspecified = 1) AND (precision_km IS NULL) = (unspecified = 1))
) STRICT;

CREATE TABLE location_aliases (
    location  TEXT NOT NULL REFERENCES locations (id),
    language  TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    alias     TEXT NOT NULL CHECK (alias <> ''),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (location, language, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE location_mentions (
    location  TEXT    NOT NULL REFERENCES locations (id),
    statement TEXT    NOT NULL REFERENCES statements (id),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    clause    TEXT    REFERENCES clauses (id),
    digest    INTEGER,
    PRIMARY KEY (location, statement, start, "end"),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;
CREATE INDEX locations_by_clause ON location_mentions (clause, location);

CREATE TABLE milestone_locations (
    milestone TEXT NOT NULL REFERENCES milestones (id),
    location  TEXT NOT NULL REFERENCES locations (id),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (milestone, location)
) STRICT, WITHOUT ROWID;
CREATE INDEX milestones_by_location ON milestone_locations (location, milestone);

-- The parties that a statement is by, in the order in which it names them.
CREATE TABLE issuers (
    statement TEXT    NOT NULL REFERENCES statements (id),
    actor     TEXT    NOT NULL REFERENCES actors (id),
    position  INTEGER NOT NULL CHECK (position >= 1),
    PRIMARY KEY (statement, actor)
) STRICT, WITHOUT ROWID;

-- 4. Beside the text ---------------------------------------------------------------------------------------------------

-- Documents that clauses cite. `issued` stays NULL unless the source dates the document itself.
CREATE TABLE documents (
    id        TEXT NOT NULL PRIMARY KEY,
    statement TEXT NOT NULL REFERENCES statements (id),
    kind      TEXT NOT NULL CHECK (kind IN ('agreement', 'constitution', 'law', 'joint_statement', 'press_report')),
    title_ar  TEXT NOT NULL,
    title_en  TEXT NOT NULL,
    issued    TEXT CHECK (issued IS date(issued))
) STRICT;

CREATE TABLE citations (
    clause    TEXT    NOT NULL REFERENCES clauses (id),
    document  TEXT    NOT NULL REFERENCES documents (id),
    start     INTEGER NOT NULL,
    statement TEXT    NOT NULL REFERENCES statements (id),
    "end"     INTEGER NOT NULL,
    PRIMARY KEY (clause, document, start),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_by_document ON citations (document, clause, statement);

-- An editor's note: what is wrong, open or peculiar in the source, said beside it.
CREATE TABLE notes (
    id        TEXT    NOT NULL PRIMARY KEY,
    statement TEXT    NOT NULL REFERENCES statements (id),
    clause    TEXT    NOT NULL REFERENCES clauses (id),
    position  INTEGER NOT NULL CHECK (position >= 1),
    kind      TEXT    NOT NULL CHECK (kind IN ('error_in_source', 'ambiguity', 'naming', 'translation', 'dating', 'attribution', 'reference')),
    -- critical: a reader without the note would repeat a falsehood; major: would misread; minor: may wonder.
    severity  TEXT    NOT NULL CHECK (severity IN ('critical', 'major', 'minor')),
    text_ar   TEXT    NOT NULL,
    text_en   TEXT    NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    UNIQUE (statement, position),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT;
CREATE INDEX notes_by_clause ON notes (clause);

CREATE TABLE note_sources (
    note      TEXT    NOT NULL REFERENCES notes (id),
    position  INTEGER NOT NULL CHECK (position >= 1),
    statement TEXT    NOT NULL REFERENCES statements (id),
    publisher_ar TEXT NOT NULL,
    publisher_en TEXT NOT NULL,
    title     TEXT,
    url       TEXT    CHECK (url GLOB 'https://*'),
    published TEXT    CHECK (published IS date(published)),
    PRIMARY KEY (note, position)
) STRICT, WITHOUT ROWID;

-- The actors and locations that a note is about.
CREATE TABLE note_actors (
    actor     TEXT NOT NULL REFERENCES actors (id),
    note      TEXT NOT NULL REFERENCES notes (id),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (actor, note)
) STRICT, WITHOUT ROWID;

CREATE TABLE note_locations (
    location  TEXT NOT NULL REFERENCES locations (id),
    note      TEXT NOT NULL REFERENCES notes (id),
    statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (location, note)
) STRICT, WITHOUT ROWID;

-- 5. The history of the data -------------------------------------------------------------------------------------------

-- A revision is one publication of the data; each response belongs to exactly one. `at` is an instant, RFC 3339, in UTC.
CREATE TABLE revisions (
    revision INTEGER NOT NULL PRIMARY KEY CHECK (revision >= 1),
    at       TEXT    NOT NULL UNIQUE CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at))
) STRICT;

-- Every change to the data. `statement` and `target` are no foreign keys: what was withdrawn is no longer there.
CREATE TABLE changes (
    id         TEXT    NOT NULL PRIMARY KEY,
    statement  TEXT    NOT NULL,
    revision   INTEGER NOT NULL REFERENCES revisions (revision),
    position   INTEGER NOT NULL CHECK (position >= 1),
    action     TEXT    NOT NULL CHECK (action IN ('created', 'corrected', 'withdrawn')),
    resource   TEXT    NOT NULL CHECK (resource IN ('statements', 'clauses', 'dates', 'milestones', 'actors', 'locations', 'notes')),
    target     TEXT    NOT NULL,
    summary_ar TEXT    NOT NULL,
    summary_en TEXT    NOT NULL,
    -- When it was made, where that is not the instant of its revision: what a package says of its own history.
    at         TEXT    CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at)),
    UNIQUE (revision, position)
) STRICT;
CREATE INDEX changes_by_target ON changes (resource, target, revision, position);
CREATE INDEX changes_by_revision ON changes (revision, position);

-- Statements that were withdrawn as a whole. Their ids are never used for another text.
CREATE TABLE withdrawals (
    statement TEXT NOT NULL PRIMARY KEY,
    sha256    TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    reason_ar TEXT NOT NULL CHECK (reason_ar <> ''),
    reason_en TEXT NOT NULL CHECK (reason_en <> '')
) STRICT;

-- The package of each statement, one line of JSON, compressed (zstd): what `bayan export` writes. A program that cannot read
-- the other tables builds its own from these, so the first three columns of this table and those of `revisions` never change.
CREATE TABLE packages (
    statement TEXT    NOT NULL PRIMARY KEY,
    -- 0: the statement is as a migration inserted it, so that a later version of that migration takes its place.
    imported  INTEGER NOT NULL CHECK (imported IN (0, 1)),
    package   BLOB    NOT NULL,
    -- The digest of the package as it is stored, which is compared whenever it is served.
    digest    INTEGER NOT NULL
) STRICT;

-- 6. What is served ----------------------------------------------------------------------------------------------------
-- A finished file is never changed, so each item is written once, when the file is built (storage/materialize): the tables
-- of this section hold nothing of their own. A file has no views, and opens in SQLite 3.40.

-- What the items of a resource with many of them are compressed with.
CREATE TABLE dictionaries (
    resource   TEXT NOT NULL PRIMARY KEY,
    dictionary BLOB NOT NULL,
    digest     INTEGER NOT NULL
) STRICT;

-- `number`: what the indexes refer to. The items of a resource have consecutive numbers, in reading order, and the first of a
-- resource is a multiple of 65,536. `url` in an item is relative to the root of the API; what depends on the day (status,
-- days_until) is left to the query.
CREATE TABLE items (
    number   INTEGER PRIMARY KEY,
    resource TEXT NOT NULL,
    id       TEXT NOT NULL,
    -- Sort keys. `position`: reading order. `starts` and `ends`: the bounds of its date, an unknown one as the far end of time;
    -- empty: items of the resource have no date.
    position TEXT NOT NULL,
    starts   TEXT NOT NULL,
    ends     TEXT NOT NULL,
    -- The item as a list has it: JSON, or where its resource has a dictionary, a zstd frame of it. The digest
    -- (corpus/verified) is of what is stored, and is compared whenever it is read.
    digest   INTEGER NOT NULL,
    item     ANY NOT NULL,
    -- What only the single item has: the end of its JSON, which follows the first `detail_at` bytes of the item. NULL where
    -- lists have it all.
    detail_at     INTEGER,
    detail_digest INTEGER,
    detail        ANY,
    CHECK ((detail IS NULL) = (detail_digest IS NULL) AND (detail IS NULL) = (detail_at IS NULL)),
    UNIQUE (resource, id)
) STRICT;
CREATE INDEX items_by_position ON items (resource, position, id);
CREATE INDEX items_by_starts   ON items (resource, starts, id) WHERE starts > '';
CREATE INDEX items_by_ends     ON items (resource, ends, id) WHERE ends > '';

-- Which items have which values and dates (corpus/bitmaps). An item has a place in each order: in reading order (0) its number,
-- by a date (1, 2) a permutation of the numbers of its resource, and by relevance (3) its rank in `search_ranks`.

-- Where the numbers of the items of each resource begin, how many items there are, and how many dates an item has at most.
CREATE TABLE extents (
    resource TEXT    NOT NULL PRIMARY KEY,
    first    INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    dates    INTEGER NOT NULL
) STRICT;

-- The places in the orders by `starts` (1) and by `ends` (2).
CREATE TABLE places (
    ordering INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    item     INTEGER NOT NULL,
    PRIMARY KEY (ordering, place)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX places_by_item ON places (ordering, item, place);

-- The parameters of filters, their values, and how many items have each. The numbers of the values are in their order.
CREATE TABLE filter_parameters (
    number   INTEGER PRIMARY KEY,
    resource TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    "values" INTEGER NOT NULL,
    UNIQUE (resource, name)
) STRICT;
CREATE TABLE filter_values (
    number    INTEGER PRIMARY KEY,
    parameter INTEGER NOT NULL,
    value     TEXT    NOT NULL,
    count     INTEGER NOT NULL,
    digest    INTEGER NOT NULL,
    UNIQUE (parameter, value)
) STRICT;
CREATE INDEX filter_values_by_count ON filter_values (parameter, count DESC, value);

-- The places with each value, as a Roaring bitmap for each chunk of 65,536 places. The key has the value, the order (2 bits) and
-- the chunk (16 bits).
CREATE TABLE bitmaps (
    key    INTEGER PRIMARY KEY,
    bytes  BLOB    NOT NULL,
    digest INTEGER NOT NULL
) STRICT;

-- The places with a bound of a date at most on a day, in segments. The key has the resource, the order (2 bits), the bound
-- (1 bit), which date of an item it is (12 bits), the chunk (16 bits), and the day from which the segment applies (22 bits).
CREATE TABLE bound_sets (
    key    INTEGER PRIMARY KEY,
    bytes  BLOB    NOT NULL,
    digest INTEGER NOT NULL
) STRICT;

-- The values of a parameter with many values, for each block of 4,096 places. The key has the parameter, the order (2 bits) and
-- the block (24 bits).
CREATE TABLE item_values (
    key    INTEGER PRIMARY KEY,
    bytes  BLOB    NOT NULL,
    digest INTEGER NOT NULL
) STRICT;

-- How often each statement names an actor or a location; with an empty statement, how often all do.
CREATE TABLE mention_counts (
    register  TEXT    NOT NULL CHECK (register IN ('actors', 'locations')),
    entry     TEXT    NOT NULL,
    statement TEXT    NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (register, entry, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_counts_by_count ON mention_counts (register, entry, count DESC, statement);

-- The search index (storage/search_index). A *word* is a number for words that have the same tokens: the stems of a word of a
-- text, the key of a name or of a date, or (after an equals sign) the spellings by which quotations are compared.
CREATE TABLE search_words (
    token TEXT    NOT NULL,
    word  INTEGER NOT NULL,
    PRIMARY KEY (token, word)
) STRICT, WITHOUT ROWID;

-- The items that are searched, in the order in which equal hits are ranked: by group (the editors' notes last, shorter items
-- first, then by resource), and within a group in reading order.
CREATE TABLE search_ranks (
    rank       INTEGER PRIMARY KEY,
    rank_group INTEGER NOT NULL,
    item       INTEGER NOT NULL UNIQUE
) STRICT;
CREATE UNIQUE INDEX search_ranks_by_group ON search_ranks (rank_group, item);

-- The words of each item, text by text, and its names and dates with the words of the source that they stand for
-- (corpus/search/stored_words).
CREATE TABLE search_items (
    item  INTEGER PRIMARY KEY,
    keys  BLOB NOT NULL,
    words BLOB NOT NULL
) STRICT;

-- What has each word, and each word directly before another (next, else 0), by the layer in which it stands: 0 the item's
-- own words, 1 its other names and the names of what it mentions, 2 the lead-in that introduces it, 3 dates, 4 its paragraph,
-- 5 passages (the last word of one directly before the first of the next: the former), 6 the items of a resource. The sets
-- have ranks of items, or numbers of passages. A set has the key word << 33 | next << 3 | layer; `sets` has those of the keys from
-- `first` to that of the next row (corpus/search/posting_blocks).
CREATE TABLE postings (
    first  INTEGER PRIMARY KEY,
    digest INTEGER NOT NULL,
    sets   BLOB    NOT NULL
) STRICT;

-- The passages that may be quoted: the paragraphs of the sources with their translations, in the order of the statements.
CREATE TABLE passages (
    number    INTEGER PRIMARY KEY,
    statement TEXT NOT NULL REFERENCES statements (id)
) STRICT;

-- For the build, and for filters that include parts.
CREATE INDEX actor_mentions_by_clause  ON actor_mentions (clause, actor);
CREATE INDEX developments_by_milestone ON developments (milestone);
CREATE INDEX actors_by_parent          ON actors (parent);
CREATE INDEX locations_by_parent       ON locations (parent);

-- For what statements share: which of them use an entry of a register.
CREATE INDEX clauses_by_speaker    ON clauses (speaker, statement);
CREATE INDEX lead_ins_by_speaker   ON lead_ins (speaker, statement);
CREATE INDEX milestones_by_speaker ON milestones (speaker, statement);
CREATE INDEX issuers_by_actor      ON issuers (actor, statement);

-- For the verification of quotations: the languages of the sources.
CREATE INDEX statements_by_language ON statements (language);

-- For the export of one statement.
CREATE INDEX actor_mentions_by_statement    ON actor_mentions (statement, start);
CREATE INDEX location_mentions_by_statement ON location_mentions (statement, start);
CREATE INDEX note_actors_by_statement       ON note_actors (statement, note);
CREATE INDEX note_locations_by_statement    ON note_locations (statement, note);
CREATE INDEX actors_by_statement            ON actors (statement);
CREATE INDEX actor_aliases_by_statement     ON actor_aliases (statement);
CREATE INDEX locations_by_statement         ON locations (statement);
CREATE INDEX location_aliases_by_statement  ON location_aliases (statement);
CREATE INDEX documents_by_statement         ON documents (statement);
CREATE INDEX changes_by_statement           ON changes (statement, revision, position);
