"""Compares the results of random queries with a plain scan of the exported packages, and checks statuses and sizes of pages."""

import csv
import datetime
import io
import json
import random
import sys
import urllib.parse

from at_scale import rows, scan, server, statements, words

# The filters of each list that the scan knows.
FILTERS = {
    "clauses": ["statement", "paragraph", "voice", "speaker", "kind", "actor", "role", "location", "milestone", "cites"],
    "dates": ["statement", "clause", "type", "basis", "voice", "speaker"],
    "milestones": ["statement", "voice", "speaker", "kind", "actor", "location", "status"],
    "statements": ["kind", "issuer", "language", "actor", "location"],
    "actors": ["statement", "kind", "country", "parent"],
    "locations": ["statement", "kind", "country", "parent", "unspecified"],
    "notes": ["statement", "target", "kind", "severity"],
}
SORTS = {"clauses": ["position"], "notes": ["position"], "actors": ["id"], "locations": ["id"], "dates": ["position", "earliest", "latest"],
         "milestones": ["position", "earliest", "latest", "days_until"], "statements": ["position", "earliest", "latest"]}
DEFAULT_SORTS = {"milestones": "latest", "statements": "-earliest", "actors": "id", "locations": "id"}
FACETS = {"clauses": ["statement", "paragraph", "voice", "speaker", "kind", "actor", "role", "location", "milestone"], "dates": ["statement", "type", "basis", "voice", "speaker"],
          "milestones": ["statement", "voice", "speaker", "kind", "actor", "location", "status"], "statements": ["kind", "language", "issuer"], "actors": ["kind", "country", "parent"],
          "locations": ["kind", "country", "parent", "unspecified"], "notes": ["statement", "kind", "severity"]}
# The filters that find parts as well. The parents of actors and locations are not such a filter.
HIERARCHIES = {"actor": "actors", "speaker": "actors", "issuer": "actors", "location": "locations"}
MAX_PAGE = 300_000
# How many pages of a list are read; how many items a facet counts at most.
MAX_PAGES, MAX_COUNTED = 12, 50_000
# How many wrong results are printed.
MAX_SHOWN = 40


class Checker:
    def __init__(self, client, corpus, generator, seed):
        self.client, self.corpus, self.generator = client, corpus, generator
        self.chance, self.wrong, self.done = random.Random(seed), 0, 0

    def expect(self, what, request, got, expected):
        if got != expected:
            self.wrong += 1
            if self.wrong <= MAX_SHOWN:
                print(urllib.parse.unquote(f"{request}: {what}: {shorten(got)} instead of {shorten(expected)}"), flush=True)

    def get(self, path, status=200):
        got, _, body = self.client.get(path)
        self.expect("status", path, got, status)
        return json.loads(body) if got == 200 else {"items": [], "next": None, "meta": {}}

    def query(self, resource):
        """A random query with values that items have, so that most find something."""
        chance, items = self.chance, self.corpus.items[resource]
        query = {}
        # Mostly from one item, so that different parameters hold together.
        like = chance.choice(items)
        for name in chance.sample(FILTERS[resource], chance.choices([0, 1, 2, 3], [1, 4, 4, 2])[0]):
            if name == "status":
                query[name] = chance.sample(["upcoming", "open", "past", "undated"], chance.randint(1, 2))
                continue
            values = [value for item in [like, *chance.sample(items, min(3, len(items)))] for value in sorted(item[name])]
            if register := HIERARCHIES.get(name):
                # Often a whole, whose parts are found as well.
                values = [self.corpus.parents[register].get(value) or value if chance.random() < 0.5 else value for value in values]
            if name == "cites":
                values = [value for value in values if any(value in item["id"] for item in self.corpus.items["statements"])]
            if values:
                query[name] = list(dict.fromkeys(values[: 1 if name == "unspecified" else chance.choices([1, 2, 3], [6, 2, 1])[0]]))
        if any(name in HIERARCHIES for name in query) and chance.random() < 0.3:
            query["exact"] = [chance.choice(["true", "false"])]
        if "bounds" in items[0] and chance.random() < 0.5:
            first, last = sorted(f"{chance.randint(1996, 2050)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(2))
            query |= {"from": [first]} if chance.random() < 0.8 else {}
            query |= {"to": [last]} if chance.random() < 0.8 else {}
            query |= {"match": [chance.choice(["certain", "possible"])]} if {"from", "to"} & set(query) and chance.random() < 0.5 else {}
        if resource == "milestones":
            query["as_of"] = [f"{chance.randint(1998, 2050)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"]
        return query

    def combination(self):
        """One random query: its pages, its count, facets, and the same as a table, against the scan."""
        chance = self.chance
        resource = chance.choices(list(FILTERS), [6, 3, 4, 2, 2, 2, 2])[0]
        query = self.query(resource)
        found = self.corpus.select(resource, query)
        sort = chance.choice(["", "-"]) + chance.choice(SORTS[resource]) if chance.random() < 0.8 else None
        order = sort or DEFAULT_SORTS.get(resource, "position")
        facets = chance.sample(FACETS[resource], chance.choice([0, 1, 2])) if len(found) <= MAX_COUNTED else []
        limit = min(200, max(chance.choice([1, 2, 7, 20, 50, 200]), len(found) // MAX_PAGES + 1))
        asked = query | ({"sort": [sort]} if sort else {})
        counted = {"limit": [limit], "count": ["true"]} | ({"facets": [",".join(facets)]} if facets else {})
        request = path = address(f"/v1/{resource}", asked | counted)
        got, pages = [], 0
        while path and pages < MAX_PAGES:
            page = self.get(path)
            pages += 1
            self.expect("total", path, page["meta"].get("total"), len(found))
            self.expect("items of the page", path, len(page["items"]), min(limit, len(found) - len(got)))
            got += page["items"]
            for name in facets:
                self.expect(f"facet {name}", path, page["meta"].get("facets", {}).get(name), self.corpus.facet(resource, found, name, query.get("as_of", [None])[0]))
            path = page["next"]
        ids = [item["id"] for item in got]
        self.expect("a next page", request, path is not None, len(found) > len(got))
        # In an order by dates, those of one day may be in any order.
        self.expect("order", request, self.keys(resource, got, order), self.corpus.sorted(resource, found, order.replace("days_until", "latest"))[: len(got)])
        self.expect("each once", request, len(ids), len(set(ids)))
        self.expect("items that it must not find", request, sorted(set(ids) - {next(iter(item["id"])) for item in found}), [])
        if chance.random() < 0.2:
            table = address(f"/v1/{resource}.csv", asked)
            listed = [line["id"] for line in csv.DictReader(io.StringIO(self.client.get(table)[2].decode()))]
            self.expect("ids of the table", table, (listed[: len(ids)], len(listed)), (ids, min(10_000, len(found))))
        self.done += 1

    def keys(self, resource, items, sort):
        key = sort.lstrip("-")
        if key in ("position", "id"):
            return [item["id"] for item in items]
        dates = [item["issued"] if resource == "statements" else item["date"] for item in items]
        member, unknown = ("earliest", scan.FIRST) if key == "earliest" else ("latest", scan.LAST)
        return [(date or {}).get(member) or unknown for date in dates]

    def items(self):
        """Single items have what the packages say."""
        for clause in self.chance.sample(self.corpus.items["clauses"], 20):
            id = next(iter(clause["id"]))
            got = self.get(f"/v1/clauses/{id}")
            other = "en" if clause["language"] == "ar" else "ar"
            text = got.get("text", {})
            self.expect("text", id, (text.get(clause["language"]), text.get(other), got["quote"]["exact"]), (clause["quote"], clause["translation"], clause["quote"]))
            self.expect("roles", id, {(role["id"], role["role"]) for role in got["actors"]}, clause["roles"])
            self.expect("milestones", id, {milestone["id"] for milestone in got["milestones"]}, clause["milestone"])
        for register in ("actors", "locations"):
            for item in self.chance.sample(self.corpus.items[register], 20):
                self.mentions(register, next(iter(item["id"])))
        path, ids = "/v1/clauses?limit=200", []
        while path:
            page = self.get(path)
            ids += [item["id"] for item in page["items"]]
            path = page["next"]
        self.expect("all pages", "/v1/clauses", ids, [next(iter(item["id"])) for item in self.corpus.items["clauses"]])

    def mentions(self, register, id):
        """An actor or a place has its mentions, and so has it in one statement."""
        by_statement = self.corpus.mentions[register][id]
        count = sum(by_statement.values())
        got = self.get(f"/v1/{register}/{id}")
        self.expect("mention_count", id, got["mention_count"], count)
        self.expect("mentions", id, len(got["mentions"]), min(50, count))
        base = f"/v1/{register}/{id}/mentions"
        seen, path = [], f"{base}?limit={7 if count < 70 else 200}&count=true&facets=statement"
        while path:
            page = self.get(path)
            seen += [(one["statement"], one["quote"]["start"]) for one in page["items"]]
            self.expect("total", path, page["meta"].get("total"), count)
            facet = sorted(({"value": value, "count": count} for value, count in by_statement.items()), key=lambda one: (-one["count"], one["value"]))
            self.expect("facet statement", path, page["meta"].get("facets", {}).get("statement"), facet[:100])
            path = page["next"]
        self.expect("all mentions", id, (len(seen), seen), (count, sorted(seen)))
        for statement in list(by_statement)[:2]:
            path = f"{base}?statement={statement}&count=true"
            page = self.get(path)
            self.expect("mentions in a statement", path, (page["meta"].get("total"), {one["statement"] for one in page["items"]}), (by_statement[statement], {statement}))

    def changes(self):
        """Changes are counted by resource, come newest first, and only later ones since an instant."""
        changes = self.corpus.changes
        for resource in sorted({change["resource"] for change in changes}):
            request = f"/v1/changes?count=true&limit=200&resource={resource}"
            page = self.get(request)
            expected = [change["target"] for change in changes if change["resource"] == resource]
            self.expect("total", request, page["meta"].get("total"), len(expected))
            got = [one["target"] for one in page["items"]]
            self.expect("targets that did not change", request, sorted(set(got) - set(expected)), [])
            instants = [one["at"] for one in page["items"]]
            self.expect("order", request, instants, sorted(instants, reverse=True))
        last = max(change["at"] for change in changes)
        before = (datetime.datetime.fromisoformat(last.replace("Z", "+00:00")) - datetime.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for since, expected in [(last, 0), (before, sum(change["at"] == last for change in changes))]:
            request = f"/v1/changes?count=true&limit=1&since={since}"
            self.expect("total", request, self.get(request)["meta"].get("total"), expected)

    def hits(self, path):
        """The ids of the hits on at most a dozen pages, their scores, how many there are, and whether these are all."""
        ids, scores, total, pages = [], [], None, 0
        while path and pages < MAX_PAGES:
            page = self.get(path)
            total = page["meta"].get("total", total)
            ids += [item.get("item", item)["id"] for item in page["items"]]
            scores += [item["score"] for item in page["items"] if "score" in item]
            path, pages = page["next"], pages + 1
        return ids, scores, total, path is None

    def searches(self):
        """What a search with a filter finds is what both find; words, phrases and names are found where they stand; the best come first."""
        asked = rows.Requests(self.generator, self.client)
        clauses = {next(iter(item["id"])): item for item in self.corpus.items["clauses"]}
        texts = [(id, f" {item['quote']} | {item['translation']} ") for id, item in clauses.items()]
        standing = lambda words: {id for id, text in texts if f" {words} " in text}
        sample = lambda values, count: self.chance.sample(values, min(count, len(values)))
        queries = [(word, standing(word)) for word in sample(asked.rare_words, 12)] + [(word, set()) for word in sample(asked.common_words["ar"], 4) + sample(asked.common_words["en"], 4)]
        queries += [(f'"{phrase}"', standing(phrase)) for phrase in sample(asked.phrases, 10)]
        aliases = [(f"state-{number}", words.name(statements.ALIAS_NAMES + number)[number % 2]) for number in range(12)]
        queries += [(alias, {id for id, item in clauses.items() if state in item["named"]}) for state, alias in aliases]
        for q, expected in queries:
            path = rows.path("/v1/clauses", q=q, limit=200, count="true")
            ids, scores, total, complete = self.hits(path)
            self.expect("each once", path, len(ids), len(set(ids)))
            self.expect("scores", path, scores, sorted(scores, reverse=True))
            if total is not None:
                self.expect("total", path, total if complete else total > len(ids), len(ids) if complete else True)
            if complete:
                self.expect("clauses in which it stands, missing", path, sorted(expected - set(ids)), [])
            voice, actor = self.chance.choice(rows.VOICES), self.chance.choice(asked.common[:5])
            both = rows.path("/v1/clauses", q=q, limit=20, voice=voice, actor=actor, count="true")
            narrowed, _, narrowed_total, all_narrowed = self.hits(both)
            filtered = {next(iter(item["id"])) for item in self.corpus.select("clauses", {"voice": [voice], "actor": [actor]})}
            self.expect("hits that the filter excludes", both, sorted(set(narrowed) - filtered), [])
            first = [id for id in ids if id in filtered]
            self.expect("hits with a filter, in the order of all", both, narrowed[: len(first)] if not complete else narrowed, first[: len(narrowed)] if not all_narrowed else first)
            if all_narrowed:
                self.expect("total", both, narrowed_total, len(narrowed))
            # The best of some statements alone are not better than the best of all, unless they are among these.
            for statement in sample(sorted({next(iter(clauses[id]["statement"])) for id in filtered | set(ids[-50:])}), 5):
                alone, their_scores, _, _ = self.hits(rows.path("/v1/clauses", q=q, limit=200, statement=statement))
                better = [id for id, score in zip(alone, their_scores) if not complete and scores and score > scores[-1] and id not in ids]
                self.expect(f"better hits of {statement} that are not among the first", path, better, [])
                if complete:
                    self.expect(f"hits of {statement}", path, alone, [id for id in ids if statement in clauses[id]["statement"]])
            in_order, _, _, all_in_order = self.hits(rows.path("/v1/clauses", q=q, limit=50, sort="position"))
            if complete and all_in_order:
                self.expect("hits in reading order", path + "&sort=position", in_order, [id for id in clauses if id in set(ids)])
            everything = rows.path("/v1/search", q=q, limit=200, count="true", resource="clauses")
            self.expect("clauses of the search of everything", everything, self.hits(everything)[0], ids)
            request = rows.path("/v1/search", q=q, count="true")
            found = self.get(request)["meta"]
            if found.get("total") is not None:
                self.expect("sum of the kinds", request, sum(facet["count"] for facet in found["facets"]["resource"]), found["total"])
                for facet in found["facets"]["resource"]:
                    alone = f"{request}&limit=1&resource={facet['value']}"
                    self.expect("total of a kind", alone, self.get(alone)["meta"].get("total"), facet["count"])
            for resource, filter in [("notes", "severity"), ("actors", "kind"), ("locations", "kind"), ("statements", "kind")]:
                self.narrowed(resource, q, filter)

    def narrowed(self, resource, q, filter):
        """A search of another list with a filter finds what both find, in the order of the search."""
        ids, _, _, complete = self.hits(rows.path(f"/v1/{resource}", q=q, limit=200))
        value = next(iter(self.chance.choice(self.corpus.items[resource])[filter]))
        filtered = {next(iter(item["id"])) for item in self.corpus.select(resource, {filter: [value]})}
        both = rows.path(f"/v1/{resource}", q=q, limit=200, **{f"{filter}_": value})
        if complete:
            self.expect("hits with a filter", both, self.hits(both)[0], [id for id in ids if id in filtered])

    def verdicts(self):
        chance = random.Random(1)
        long = [(id, quote) for id, _, quote, _ in self.generator.samples if 8 <= len(quote.split()) <= 25]
        for id, quote in chance.sample(long, min(15, len(long))):
            request = rows.path("/v1/verify", text=quote)
            got = self.get(request)
            self.expect("match", request, got.get("match"), "exact")
            self.expect("its clause is among the places", request, id in [one["clause"] for one in got.get("occurrences", [])], True)
            request = rows.path("/v1/verify", text=rows.alter(quote, chance))
            got = self.get(request)
            self.expect("match", request, (got.get("match"), (got.get("closest") or {}).get("clause")), ("altered", id))
        request = rows.path("/v1/verify", text="qazwsx edcrfv tgbyhn ujmikol plokij nuhbyg vtfcrd")
        self.expect("match", request, self.get(request).get("match"), "none")

    def pages(self):
        """Every kind of page has its status, and at most 300 KB."""
        asked = rows.Requests(self.generator, self.client)
        for row in asked.pages():
            for path in row.requests[:6]:
                status, _, body = self.client.get(path)
                self.expect("status", path, status, 200)
                self.expect(f"at most {MAX_PAGE:,} bytes", path, len(body) if len(body) > MAX_PAGE else "", "")
        for path, status in [("/v1/clauses?voice=nobody", 400), ("/v1/clauses?limit=201", 400), ("/v1/clauses?cursor=x", 400), ("/v1/clauses?actor=nobody", 400), ("/v1/clauses/nothing", 404),
                             ("/en/actors/nobody", 404), ("/v1/clauses?from=2030-13-01", 400)]:
            self.expect("status", path, self.client.get(path)[0], status)


def address(base, query):
    return f"{base}?{urllib.parse.urlencode(query, doseq=True)}"


def shorten(value):
    text = str(value)
    return text if len(text) < 300 else f"{text[:300]}… ({len(value) if hasattr(value, '__len__') else ''})"


def check(program, database, folder, generator, combinations):
    exported = server.run([program, "--database", database, "export"], stdout=-1)[0]
    corpus = scan.Corpus(exported.decode().splitlines())
    bayan = server.Bayan(program, database, folder)
    try:
        checker = Checker(server.Client(bayan.address), corpus, generator, generator.seed)
        for _ in range(combinations):
            checker.combination()
        checker.items()
        checker.changes()
        checker.searches()
        checker.verdicts()
        checker.pages()
    finally:
        bayan.stop()
    if checker.wrong:
        sys.exit(f"{checker.wrong} results are wrong")
    print(f"{checker.done} combinations of filters, orders, limits and cursors on {generator.counts['clauses']:,} clauses equal a plain scan; "
          "so do items, mentions, searches with filters and verdicts, and pages have their sizes")
