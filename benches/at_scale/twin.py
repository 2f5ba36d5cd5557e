"""A small FastAPI service over sqlite3 with the clauses that Bayan has: one clause, a list by two filters, a search.

It is written to be quick: handlers on the event loop, one connection, prepared statements, an index for each query.
"""

import os
import sqlite3

from fastapi import FastAPI, HTTPException

SCHEMA = """
CREATE TABLE clauses (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, statement TEXT NOT NULL, label TEXT NOT NULL, paragraph INTEGER NOT NULL, voice TEXT NOT NULL,
    speaker TEXT, kind TEXT NOT NULL, language TEXT NOT NULL, text_ar TEXT NOT NULL, text_en TEXT NOT NULL);
CREATE TABLE actors (id TEXT PRIMARY KEY, name_ar TEXT NOT NULL, name_en TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE clause_actors (clause INTEGER NOT NULL REFERENCES clauses (number), actor TEXT NOT NULL REFERENCES actors (id), role TEXT NOT NULL, PRIMARY KEY (clause, actor, role)) WITHOUT ROWID;
CREATE INDEX clauses_by_actor ON clause_actors (actor, clause);
CREATE INDEX clauses_by_voice ON clauses (voice);
CREATE VIRTUAL TABLE clauses_fts USING fts5 (text_ar, text_en, content = 'clauses', content_rowid = 'number');
"""
ITEM = """SELECT c.*, (SELECT json_group_array(json_object('id', a.id, 'role', r.role, 'ar', a.name_ar, 'en', a.name_en)) FROM clause_actors AS r JOIN actors AS a ON a.id = r.actor
    WHERE r.clause = c.number) AS actors FROM clauses AS c """


def fill(database, packages):
    """Writes the clauses of these packages."""
    connection = sqlite3.connect(database)
    connection.executescript(SCHEMA)
    number = 0
    for package in packages:
        if "withdrawn" in package:
            continue
        names = ((actor["id"], actor["name"]["ar"], actor["name"]["en"]) for actor in package.get("actors", []) if "name" in actor)
        connection.executemany("INSERT INTO actors VALUES (?, ?, ?)", names)
        language, medium = package["source"]["language"], package["source"].get("medium")
        for clause in package["clauses"]:
            number += 1
            texts = (clause["quote"], clause["translation"])
            speaker = clause.get("speaker") or (medium if clause["voice"] == "agency" else None)
            paragraph = int(clause["label"].rstrip("abcdefghijklmnopqrstuvwxyz"))
            connection.execute("INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, f"{package['id']}-{clause['label']}", package["id"], clause["label"], paragraph,
                               clause["voice"], speaker, clause["kind"], language, *(texts if language == "ar" else texts[::-1])))
            roles = {(number, entry["id"], entry.get("role", "mentioned")) for entry in clause.get("actors", [])}
            connection.executemany("INSERT INTO clause_actors VALUES (?, ?, ?)", roles)
    connection.execute("INSERT INTO clauses_fts (clauses_fts) VALUES ('rebuild')")
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def application(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=100)
    connection.row_factory = sqlite3.Row
    app = FastAPI()

    @app.get("/clauses/{id}")
    async def get(id: str):
        row = connection.execute(ITEM + "WHERE c.id = ?", (id,)).fetchone()
        if row is None:
            raise HTTPException(404)
        return dict(row)

    @app.get("/clauses")
    async def by_actor_and_voice(actor: str, voice: str, limit: int = 20, after: int = 0):
        # The index is in reading order, so that the query ends with the page.
        found = "JOIN clause_actors AS f ON f.clause = c.number WHERE f.actor = ? AND c.voice = ? AND f.clause > ? GROUP BY f.clause ORDER BY f.clause LIMIT ?"
        return {"items": [dict(row) for row in connection.execute(ITEM + found, (actor, voice, after, limit))]}

    @app.get("/search")
    async def search(q: str, limit: int = 20):
        found = "JOIN (SELECT rowid, rank FROM clauses_fts WHERE clauses_fts MATCH ? ORDER BY rank LIMIT ?) AS f ON f.rowid = c.number ORDER BY f.rank"
        return {"items": [dict(row) for row in connection.execute(ITEM + found, ('"' + q.replace('"', '""') + '"', limit))]}

    return app


app = application(os.environ["DATABASE"]) if "DATABASE" in os.environ else None
