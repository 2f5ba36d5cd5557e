-- The store of a diplomatic statement: its text once, and everything else pointing into it.
--
-- Offsets are Unicode code points, 0-based and half-open, into the whole text of the source (the W3C Web Annotation
-- TextPositionSelector). SQLite's substr() and length() count code points of TEXT, so the schema itself proves each one.
-- A bound of NULL means "not known"; it is never a default. Bilingual text is a pair of columns, `_ar` and `_en`.
-- The English is the editors' working translation.

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
    language        TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    -- The article byte for byte, as it was published, errors and all.
    text            TEXT NOT NULL CHECK (text <> ''),
    sha256          TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    license_note_ar TEXT NOT NULL,
    license_note_en TEXT NOT NULL
) STRICT;

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
    -- Paragraph and letter, in reading order: 6b.
    label     TEXT    NOT NULL CHECK (label GLOB paragraph || '[a-z]'),
    paragraph INTEGER NOT NULL,
    -- Reading order within the statement, from 1.
    position  INTEGER NOT NULL CHECK (position >= 1),
    -- The clause that this one belongs to: it stands inside it, or is its condition, limit, purpose or manner.
    parent    TEXT    REFERENCES clauses (id) CHECK (parent <> id),
    -- statement: the issuers' words, inside the quotation marks; officer: the unnamed senior officer; agency: the narrator.
    voice     TEXT    NOT NULL CHECK (voice IN ('statement', 'officer', 'agency')),
    kind      TEXT    NOT NULL CHECK (kind IN ('report', 'forecast', 'declaration', 'recital', 'decision', 'deadline', 'commitment',
                                               'condition', 'purpose', 'acknowledgement', 'aspiration', 'reference')),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    en        TEXT    NOT NULL CHECK (en <> ''),
    UNIQUE (statement, position),
    FOREIGN KEY (statement, paragraph) REFERENCES paragraphs (statement, number),
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
    -- explicit: written out; relative: counted from the anchor; inferred: from the context.
    basis         TEXT    NOT NULL CHECK (basis IN ('explicit', 'relative', 'inferred')),
    -- The date expression that a relative one is counted from; NULL where the source prints none.
    anchor        TEXT    REFERENCES dates (id) CHECK (anchor <> id),
    basis_note_ar TEXT,
    basis_note_en TEXT,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    CHECK (earliest <= latest),
    CHECK ((edtf IS NULL) = (earliest IS NULL AND latest IS NULL)),
    CHECK ((edtf IS NULL) = (precision = 'unknown')),
    CHECK ((basis_note_ar IS NULL) = (basis_note_en IS NULL)),
    CHECK (basis = 'explicit' OR basis_note_en IS NOT NULL),
    UNIQUE (statement, position),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT;
CREATE INDEX dates_by_clause ON dates (clause, earliest, latest);

-- What a dashboard shows. Whether one has passed is computed; whether it was kept is never said here.
CREATE TABLE milestones (
    id        TEXT    NOT NULL PRIMARY KEY,
    statement TEXT    NOT NULL REFERENCES statements (id),
    position  INTEGER NOT NULL CHECK (position >= 1),
    kind      TEXT    NOT NULL CHECK (kind IN ('deadline', 'event', 'period', 'forecast')),
    voice     TEXT    NOT NULL CHECK (voice IN ('statement', 'officer', 'agency')),
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
    UNIQUE (statement, position)
) STRICT;
CREATE INDEX milestones_by_expression ON milestones (expression);

-- The clauses that a milestone rests on.
CREATE TABLE milestone_clauses (
    statement TEXT NOT NULL REFERENCES statements (id),
    milestone TEXT NOT NULL REFERENCES milestones (id),
    clause    TEXT NOT NULL REFERENCES clauses (id),
    PRIMARY KEY (milestone, clause)
) STRICT, WITHOUT ROWID;
CREATE INDEX milestones_by_clause ON milestone_clauses (clause, milestone);

-- The clauses that it is subject to.
CREATE TABLE milestone_conditions (
    statement TEXT NOT NULL REFERENCES statements (id),
    milestone TEXT NOT NULL REFERENCES milestones (id),
    clause    TEXT NOT NULL REFERENCES clauses (id),
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
    statement   TEXT    NOT NULL REFERENCES statements (id),
    development TEXT    NOT NULL REFERENCES developments (id),
    position    INTEGER NOT NULL CHECK (position >= 1),
    publisher   TEXT    NOT NULL,
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
    statement TEXT NOT NULL REFERENCES statements (id),
    actor     TEXT NOT NULL REFERENCES actors (id),
    language  TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    alias     TEXT NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (actor, language, alias)
) STRICT, WITHOUT ROWID;

-- Each occurrence, attached particles inside the quoted token. A clause of NULL: a lead-in, which belongs to none.
CREATE TABLE actor_mentions (
    statement TEXT    NOT NULL REFERENCES statements (id),
    actor     TEXT    NOT NULL REFERENCES actors (id),
    clause    TEXT    REFERENCES clauses (id),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    PRIMARY KEY (actor, statement, start, "end"),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;

-- bound: has to do it; party: takes part in it; inferred: the clause itself does not name
-- this actor; the part is read from a lead-in, from another clause or from the grammar.
CREATE TABLE clause_actors (
    statement TEXT    NOT NULL REFERENCES statements (id),
    clause    TEXT    NOT NULL REFERENCES clauses (id),
    actor     TEXT    NOT NULL REFERENCES actors (id),
    role      TEXT    NOT NULL CHECK (role IN ('speaker', 'bound', 'beneficiary', 'party', 'mentioned')),
    inferred  INTEGER NOT NULL DEFAULT 0 CHECK (inferred IN (0, 1)),
    PRIMARY KEY (clause, actor, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX clauses_by_actor ON clause_actors (actor, role, clause);

-- Who has a part in a milestone, which may rest on several clauses; a speaker who is only quoted has none.
CREATE TABLE milestone_actors (
    statement TEXT NOT NULL REFERENCES statements (id),
    milestone TEXT NOT NULL REFERENCES milestones (id),
    actor     TEXT NOT NULL REFERENCES actors (id),
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
    -- 1: the text leaves open where it is, and nobody may put it on a map.
    unspecified  INTEGER NOT NULL CHECK (unspecified IN (0, 1)),
    CHECK ((lat IS NULL) = (unspecified = 1) AND (lon IS NULL) = (unspecified = 1) AND (precision_km IS NULL) = (unspecified = 1))
) STRICT;

CREATE TABLE location_aliases (
    statement TEXT NOT NULL REFERENCES statements (id),
    location  TEXT NOT NULL REFERENCES locations (id),
    language  TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    alias     TEXT NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (location, language, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE location_mentions (
    statement TEXT    NOT NULL REFERENCES statements (id),
    location  TEXT    NOT NULL REFERENCES locations (id),
    clause    TEXT    REFERENCES clauses (id),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    PRIMARY KEY (location, statement, start, "end"),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;
CREATE INDEX locations_by_clause ON location_mentions (clause, location);

CREATE TABLE milestone_locations (
    statement TEXT NOT NULL REFERENCES statements (id),
    milestone TEXT NOT NULL REFERENCES milestones (id),
    location  TEXT NOT NULL REFERENCES locations (id),
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
    statement TEXT    NOT NULL REFERENCES statements (id),
    clause    TEXT    NOT NULL REFERENCES clauses (id),
    document  TEXT    NOT NULL REFERENCES documents (id),
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    PRIMARY KEY (clause, document, start),
    FOREIGN KEY (statement, start, "end") REFERENCES quotes (statement, start, "end")
) STRICT, WITHOUT ROWID;

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
    statement TEXT    NOT NULL REFERENCES statements (id),
    note      TEXT    NOT NULL REFERENCES notes (id),
    position  INTEGER NOT NULL CHECK (position >= 1),
    publisher TEXT    NOT NULL,
    title     TEXT,
    url       TEXT    CHECK (url GLOB 'https://*'),
    published TEXT    CHECK (published IS date(published)),
    PRIMARY KEY (note, position)
) STRICT, WITHOUT ROWID;

-- The actors and locations that a note is about.
CREATE TABLE note_actors (
    statement TEXT NOT NULL REFERENCES statements (id),
    note      TEXT NOT NULL REFERENCES notes (id),
    actor     TEXT NOT NULL REFERENCES actors (id),
    PRIMARY KEY (actor, note)
) STRICT, WITHOUT ROWID;

CREATE TABLE note_locations (
    statement TEXT NOT NULL REFERENCES statements (id),
    note      TEXT NOT NULL REFERENCES notes (id),
    location  TEXT NOT NULL REFERENCES locations (id),
    PRIMARY KEY (location, note)
) STRICT, WITHOUT ROWID;

-- 5. The history of the data -------------------------------------------------------------------------------------------

-- A revision is one publication of the data; each answer belongs to exactly one. `at` is an instant, RFC 3339, in UTC.
CREATE TABLE revisions (
    revision INTEGER NOT NULL PRIMARY KEY CHECK (revision >= 1),
    at       TEXT    NOT NULL UNIQUE CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at))
) STRICT;

-- Every change to the data. `target` is no foreign key: what was withdrawn is no longer there.
CREATE TABLE changes (
    id         TEXT    NOT NULL PRIMARY KEY,
    statement  TEXT    NOT NULL REFERENCES statements (id),
    revision   INTEGER NOT NULL REFERENCES revisions (revision),
    position   INTEGER NOT NULL CHECK (position >= 1),
    action     TEXT    NOT NULL CHECK (action IN ('created', 'corrected', 'withdrawn')),
    resource   TEXT    NOT NULL CHECK (resource IN ('statements', 'clauses', 'dates', 'milestones', 'actors', 'locations', 'notes')),
    target     TEXT    NOT NULL,
    summary_ar TEXT    NOT NULL,
    summary_en TEXT    NOT NULL,
    UNIQUE (revision, position)
) STRICT;
CREATE INDEX changes_by_target ON changes (resource, target);
CREATE INDEX changes_by_revision ON changes (revision, position);

-- 6. What is served ----------------------------------------------------------------------------------------------------
-- A finished file is never changed (database.rs), so each item is put together once, when the file is built, from the
-- views below. Nothing else writes here. `url` is relative to the root of the interface; what depends on the day
-- (status, days_until) is left to the query.

CREATE TABLE items (
    resource TEXT NOT NULL,
    id       TEXT NOT NULL,
    -- Sort keys. `place`: reading order. `opens` and `closes`: the bounds of its date, an unknown one as open.
    place    TEXT NOT NULL,
    opens    TEXT NOT NULL,
    closes   TEXT NOT NULL,
    -- The answer, as JSON.
    item     TEXT NOT NULL,
    PRIMARY KEY (resource, id)
) STRICT;
CREATE INDEX items_by_place  ON items (resource, place, id);
CREATE INDEX items_by_opens  ON items (resource, opens, id);
CREATE INDEX items_by_closes ON items (resource, closes, id);

-- A quotation as the W3C selectors have it: position and words, with up to 32 code points on either side.
CREATE VIEW quote_objects AS
SELECT q.statement, q.start, q."end",
       json_object('start', q.start, 'end', q."end", 'exact', q.exact,
                   'prefix', substr(s.text, max(q.start - 32, 0) + 1, min(q.start, 32)),
                   'suffix', substr(s.text, q."end" + 1, 32)) AS quote
FROM quotes AS q JOIN statements AS s ON s.id = q.statement;

CREATE VIEW date_objects AS
SELECT id, json_object('edtf', edtf, 'earliest', earliest, 'latest', latest, 'precision', precision, 'basis', basis) AS date,
       coalesce(earliest, '0000-01-01') AS opens, coalesce(latest, '9999-12-31') AS closes
FROM dates;

CREATE VIEW note_objects AS
SELECT id, clause, position,
       json_object('id', id, 'url', 'notes/' || id, 'kind', kind, 'severity', severity,
                   'text', json_object('ar', text_ar, 'en', text_en)) AS note
FROM notes;

CREATE VIEW statement_items AS
SELECT s.id, coalesce(d.opens, '0000-01-01') AS opens, coalesce(d.closes, '9999-12-31') AS closes, s.id AS place,
       json_object(
           'id', s.id, 'url', 'statements/' || s.id, 'kind', s.kind,
           'title', json_object('ar', s.title_ar, 'en', s.title_en),
           'issued', json(coalesce(d.date, (SELECT date FROM undated))),
           'issuers', (SELECT json_group_array(actor ORDER BY position) FROM issuers WHERE statement = s.id),
           'source', json_object(
               'publisher', json_object('ar', s.publisher_ar, 'en', s.publisher_en),
               'language', s.language, 'sha256', s.sha256, 'length', length(s.text), 'text', s.text,
               'paragraphs', (SELECT json_group_array(json_object('number', p.number, 'start', p.start, 'end', p."end", 'text', q.exact) ORDER BY p.number)
                              FROM paragraphs AS p JOIN quotes AS q USING (statement, start, "end") WHERE p.statement = s.id)),
           'license_note', json_object('ar', s.license_note_ar, 'en', s.license_note_en)) AS item
FROM statements AS s LEFT JOIN date_objects AS d ON d.id = s.issued;

-- The date of what has none: every bound unknown.
CREATE VIEW undated AS
SELECT json_object('edtf', NULL, 'earliest', NULL, 'latest', NULL, 'precision', 'unknown', 'basis', NULL) AS date;

CREATE VIEW clause_items AS
SELECT c.id, c.statement || format(' %05d', c.position) AS place,
       json_object(
           'id', c.id, 'url', 'clauses/' || c.id, 'statement', c.statement, 'label', c.label, 'paragraph', c.paragraph,
           'position', c.position, 'parent', c.parent, 'voice', c.voice, 'kind', c.kind,
           'text', json_object('ar', q.exact, 'en', c.en), 'translation', 'working translation',
           'quote', json((SELECT quote FROM quote_objects AS o WHERE o.statement = c.statement AND o.start = c.start AND o."end" = c."end")),
           'actors', (SELECT json_group_array(json_object('id', a.id, 'url', 'actors/' || a.id, 'name', json_object('ar', a.name_ar, 'en', a.name_en),
                                                          'role', r.role, 'inferred', json(iif(r.inferred, 'true', 'false'))) ORDER BY a.id, r.role)
                      FROM clause_actors AS r JOIN actors AS a ON a.id = r.actor WHERE r.clause = c.id),
           'locations', (SELECT json_group_array(json_object('id', l.id, 'url', 'locations/' || l.id, 'name', json_object('ar', l.name_ar, 'en', l.name_en)) ORDER BY l.id)
                         FROM locations AS l WHERE l.id IN (SELECT location FROM location_mentions WHERE clause = c.id)),
           'dates', (SELECT json_group_array(json_object('id', d.id, 'url', 'dates/' || d.id, 'type', d.type, 'date', json(o.date), 'exact', x.exact) ORDER BY d.position)
                     FROM dates AS d JOIN date_objects AS o USING (id) JOIN quotes AS x ON x.statement = d.statement AND x.start = d.start AND x."end" = d."end" WHERE d.clause = c.id),
           'milestones', (SELECT json_group_array(json_object('id', m.id, 'url', 'milestones/' || m.id, 'title', json_object('ar', m.title_ar, 'en', m.title_en)) ORDER BY m.position)
                          FROM milestone_clauses AS r JOIN milestones AS m ON m.id = r.milestone WHERE r.clause = c.id),
           'citations', (SELECT json_group_array(json_object('id', d.id, 'kind', d.kind, 'title', json_object('ar', d.title_ar, 'en', d.title_en),
                                                             'issued', d.issued, 'exact', x.exact) ORDER BY r.start)
                         FROM citations AS r JOIN documents AS d ON d.id = r.document
                              JOIN quotes AS x ON x.statement = r.statement AND x.start = r.start AND x."end" = r."end" WHERE r.clause = c.id),
           'notes', (SELECT json_group_array(json(note) ORDER BY position) FROM note_objects WHERE clause = c.id)) AS item
FROM clauses AS c JOIN quotes AS q ON q.statement = c.statement AND q.start = c.start AND q."end" = c."end";

CREATE VIEW date_items AS
SELECT d.id, d.statement || format(' %05d', d.position) AS place, o.opens, o.closes,
       json_object(
           'id', d.id, 'url', 'dates/' || d.id, 'statement', d.statement, 'clause', d.clause, 'voice', c.voice, 'type', d.type,
           'date', json(o.date), 'anchor', d.anchor,
           'quote', json((SELECT quote FROM quote_objects AS x WHERE x.statement = d.statement AND x.start = d.start AND x."end" = d."end")),
           'basis_note', iif(d.basis_note_en IS NULL, NULL, json_object('ar', d.basis_note_ar, 'en', d.basis_note_en))) AS item
FROM dates AS d JOIN date_objects AS o USING (id) JOIN clauses AS c ON c.id = d.clause;

CREATE VIEW milestone_items AS
SELECT m.id, m.statement || format(' %05d', m.position) AS place,
       coalesce(m.earliest, '0000-01-01') AS opens, coalesce(m.latest, '9999-12-31') AS closes,
       json_object(
           'id', m.id, 'url', 'milestones/' || m.id, 'statement', m.statement,
           'title', json_object('ar', m.title_ar, 'en', m.title_en), 'kind', m.kind, 'voice', m.voice,
           'date', json_object('edtf', m.edtf, 'earliest', m.earliest, 'latest', m.latest, 'precision', m.precision, 'basis', m.basis),
           'expression', m.expression,
           'conditional', json(iif(EXISTS (SELECT 1 FROM milestone_conditions WHERE milestone = m.id), 'true', 'false')),
           'conditions', (SELECT json_group_array(r.clause ORDER BY c.position)
                          FROM milestone_conditions AS r JOIN clauses AS c ON c.id = r.clause WHERE r.milestone = m.id),
           'clauses', (SELECT json_group_array(json_object('id', c.id, 'url', 'clauses/' || c.id, 'label', c.label, 'text', json_object('ar', q.exact, 'en', c.en)) ORDER BY c.position)
                       FROM milestone_clauses AS r JOIN clauses AS c ON c.id = r.clause
                            JOIN quotes AS q ON q.statement = c.statement AND q.start = c.start AND q."end" = c."end" WHERE r.milestone = m.id),
           'actors', (SELECT json_group_array(json_object('id', a.id, 'url', 'actors/' || a.id, 'name', json_object('ar', a.name_ar, 'en', a.name_en)) ORDER BY a.id)
                      FROM milestone_actors AS r JOIN actors AS a ON a.id = r.actor WHERE r.milestone = m.id),
           'locations', (SELECT json_group_array(json_object('id', l.id, 'url', 'locations/' || l.id, 'name', json_object('ar', l.name_ar, 'en', l.name_en)) ORDER BY l.id)
                         FROM milestone_locations AS r JOIN locations AS l ON l.id = r.location WHERE r.milestone = m.id),
           'notes', (SELECT json_group_array(json(n.note) ORDER BY n.position)
                     FROM note_objects AS n WHERE n.clause IN (SELECT clause FROM milestone_clauses WHERE milestone = m.id
                                                               UNION SELECT clause FROM milestone_conditions WHERE milestone = m.id)),
           'developments', (SELECT json_group_array(json_object('id', v.id,
                                'date', json_object('edtf', v.edtf, 'earliest', v.earliest, 'latest', v.latest, 'precision', v.precision, 'basis', 'explicit'),
                                'text', json_object('ar', v.text_ar, 'en', v.text_en),
                                'sources', (SELECT json_group_array(json_object('publisher', s.publisher, 'title', s.title, 'url', s.url, 'published', s.published) ORDER BY s.position)
                                            FROM development_sources AS s WHERE s.development = v.id)) ORDER BY v.earliest, v.id)
                            FROM developments AS v WHERE v.milestone = m.id),
           'sequence', (SELECT count(*) FROM changes WHERE resource = 'milestones' AND target = m.id AND action = 'corrected'),
           'modified', (SELECT max(r.at) FROM changes AS c JOIN revisions AS r USING (revision) WHERE c.resource = 'milestones' AND c.target = m.id)) AS item
FROM milestones AS m;

CREATE VIEW actor_items AS
SELECT a.id, a.id AS place,
       json_object(
           'id', a.id, 'url', 'actors/' || a.id, 'name', json_object('ar', a.name_ar, 'en', a.name_en),
           'aliases', (SELECT json_group_array(alias ORDER BY language, alias) FROM actor_aliases WHERE actor = a.id),
           'kind', a.kind, 'parent', a.parent, 'country', a.country, 'wikidata', a.wikidata,
           'mentions', (SELECT json_group_array(json_object('statement', m.statement, 'clause', m.clause, 'quote', json(q.quote)) ORDER BY m.statement, m.start)
                        FROM actor_mentions AS m JOIN quote_objects AS q ON q.statement = m.statement AND q.start = m.start AND q."end" = m."end" WHERE m.actor = a.id),
           'notes', (SELECT json_group_array(json(n.note) ORDER BY n.id) FROM note_actors AS r JOIN note_objects AS n ON n.id = r.note WHERE r.actor = a.id)) AS item
FROM actors AS a;

CREATE VIEW location_items AS
SELECT l.id, l.id AS place,
       json_object(
           'id', l.id, 'url', 'locations/' || l.id, 'name', json_object('ar', l.name_ar, 'en', l.name_en),
           'aliases', (SELECT json_group_array(alias ORDER BY language, alias) FROM location_aliases WHERE location = l.id),
           'kind', l.kind, 'parent', l.parent, 'country', l.country, 'subdivision', l.subdivision, 'wikidata', l.wikidata,
           'unspecified', json(iif(l.unspecified, 'true', 'false')),
           'point', iif(l.unspecified, NULL, json_object('lat', l.lat, 'lon', l.lon, 'precision_km', l.precision_km)),
           'mentions', (SELECT json_group_array(json_object('statement', m.statement, 'clause', m.clause, 'quote', json(q.quote)) ORDER BY m.statement, m.start)
                        FROM location_mentions AS m JOIN quote_objects AS q ON q.statement = m.statement AND q.start = m.start AND q."end" = m."end" WHERE m.location = l.id),
           'notes', (SELECT json_group_array(json(n.note) ORDER BY n.id) FROM note_locations AS r JOIN note_objects AS n ON n.id = r.note WHERE r.location = l.id)) AS item
FROM locations AS l;

CREATE VIEW note_items AS
SELECT n.id, n.statement || format(' %05d', n.position) AS place,
       json_object(
           'id', n.id, 'url', 'notes/' || n.id, 'statement', n.statement, 'target', n.clause,
           'quote', json((SELECT quote FROM quote_objects AS x WHERE x.statement = n.statement AND x.start = n.start AND x."end" = n."end")),
           'kind', n.kind, 'severity', n.severity, 'text', json_object('ar', n.text_ar, 'en', n.text_en),
           'sources', (SELECT json_group_array(json_object('publisher', s.publisher, 'title', s.title, 'url', s.url, 'published', s.published) ORDER BY s.position)
                       FROM note_sources AS s WHERE s.note = n.id)) AS item
FROM notes AS n;

CREATE VIEW change_items AS
SELECT c.id, format('%08d %05d', c.revision, c.position) AS place,
       json_object(
           'id', c.id, 'url', 'changes/' || c.id, 'revision', c.revision, 'at', r.at, 'action', c.action, 'resource', c.resource, 'target', c.target,
           'summary', json_object('ar', c.summary_ar, 'en', c.summary_en)) AS item
FROM changes AS c JOIN revisions AS r USING (revision);

CREATE VIEW all_items AS
SELECT 'statements' AS resource, id, place, opens, closes, item FROM statement_items
UNION ALL SELECT 'clauses', id, place, '0000-01-01', '9999-12-31', item FROM clause_items
UNION ALL SELECT 'dates', id, place, opens, closes, item FROM date_items
UNION ALL SELECT 'milestones', id, place, opens, closes, item FROM milestone_items
UNION ALL SELECT 'actors', id, place, '0000-01-01', '9999-12-31', item FROM actor_items
UNION ALL SELECT 'locations', id, place, '0000-01-01', '9999-12-31', item FROM location_items
UNION ALL SELECT 'notes', id, place, '0000-01-01', '9999-12-31', item FROM note_items
UNION ALL SELECT 'changes', id, place, '0000-01-01', '9999-12-31', item FROM change_items;
