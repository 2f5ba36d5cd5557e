"""What is measured: each row has requests that cost the same and differ, so that no response comes from the cache."""

import datetime
import itertools
import json
import random
import urllib.parse

from at_scale import statements, words

VOICES = ["statement", "agency", "third_party"]
BROWSER = ["Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Encoding: gzip, deflate, br, zstd", "Accept-Language: en-US,en;q=0.5",
           "Cache-Control: max-age=0", "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: none", "Sec-Fetch-User: ?1", "Upgrade-Insecure-Requests: 1",
           "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"]


class Row:
    """Requests of one kind: their name, their paths (or drafts to verify), and what a response of theirs may have at most in bytes."""

    def __init__(self, name, requests, headers=(), max_bytes=None, hot=False):
        self.name, self.requests, self.headers, self.max_bytes, self.hot = name, requests, headers, max_bytes, hot


def path(base, **parameters):
    return f"{base}?{urllib.parse.urlencode({name.rstrip('_'): value for name, value in parameters.items()}, doseq=True)}"


class Requests:
    """The requests for a corpus. Of one seed they are the same at every size, but for ids that the corpus must have."""

    def __init__(self, generator, client):
        self.generator, self.client, self.chance = generator, client, random.Random(generator.seed)
        # Without the first state, which is a case of its own.
        ranked = [actor for actor in sorted(generator.roles, key=lambda id: -sum(generator.roles[id].values())) if actor != "state-0"]
        self.common = ranked[:40]
        self.rare = [actor for actor in ranked if sum(generator.roles[actor].values()) <= 3][:400]
        self.chance.shuffle(self.rare)
        self.samples = list(generator.samples)
        self.chance.shuffle(self.samples)
        self.months = [(year, month) for year in range(1996, 2056) for month in range(1, 13)]
        self.chance.shuffle(self.months)
        start = datetime.date(2000, 1, 1)
        self.days = [(start + datetime.timedelta(days=self.chance.randrange(18_000))).isoformat() for _ in range(400)]
        common = lambda language: {"en": words.ENGLISH, "ar": words.ARABIC}[language][20:90]
        self.common_words = {language: self.chance.sample(common(language), 60) for language in ("en", "ar")}
        known = {language: set(common(language)) for language in ("en", "ar")}
        self.phrases, self.rare_words = [], []
        for _, language, quote, _ in self.samples:
            tokens = quote.split()
            self.phrases += [f"{one} {two}" for one, two in zip(tokens, tokens[1:]) if one in known[language] and two in known[language] and one != two]
            self.rare_words += [word for word in tokens if word.islower() and word in self.tail() or language == "ar" and word in self.tail()]
        self.phrases = list(dict.fromkeys(self.phrases))
        self.chance.shuffle(self.phrases)

    def tail(self):
        """The words of the rarer half of the vocabulary."""
        if not hasattr(self, "_tail"):
            self._tail = {word for vocabulary in self.generator.vocabularies.values() for word in vocabulary.words[len(vocabulary.words) // 8 :]}
        return self._tail

    def pairs(self, actors):
        """Actors and voices of which there are clauses."""
        pairs = [(actor, voice) for actor in actors for voice in VOICES if self.generator.roles[actor][voice]]
        self.chance.shuffle(pairs)
        return pairs

    def limits(self):
        """Limits around 50 in a fixed order: the only parameter that may differ where nothing is asked for."""
        limits = list(range(30, 71))
        random.Random(1).shuffle(limits)
        return limits

    def window(self, month):
        year, month = month
        first = datetime.date(year, month, 1)
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        return {"from_": first.isoformat(), "to": last.isoformat()}

    def cursors(self):
        """Cursors of the list of clauses, from its middle to its end."""
        total = self.generator.counts["clauses"]
        limit = min(200, max(2, total // 400))
        cursors, page = [], f"/v1/clauses?limit={limit}"
        for number in itertools.count():
            status, _, body = self.client.get(page)
            if status != 200:
                raise SystemExit(f"{page}: {status}")
            found = json.loads(b"{" + body[body.rindex(b'"self":') :])
            if not (page := found["next"]):
                return self.chance.sample(cursors, min(250, len(cursors)))
            if number * limit >= total // 2:
                cursors.append(urllib.parse.parse_qs(urllib.parse.urlsplit(page).query)["cursor"][0])

    def lists(self):
        clauses = "/v1/clauses"
        none = [(actor, voice) for actor in self.rare for voice in VOICES if not self.generator.roles[actor][voice]]
        cursors = self.cursors()
        yield Row("one clause", [f"{clauses}/{id}" for id, *_ in self.samples])
        yield Row("one clause, a browser's headers", [f"{clauses}/{id}?lang=en" for id, *_ in self.samples], headers=BROWSER)
        yield Row("clauses, page 1", [path(clauses, limit=limit) for limit in self.limits()])
        yield Row("clauses, deep cursor", [path(clauses, limit=50, cursor=cursor) for cursor in cursors])
        yield Row("actor and voice: none match", [path(clauses, actor=actor, voice=voice, exact="true") for actor, voice in none])
        yield Row("common actor and common voice: none match", [path(clauses, actor="state-0", voice="third_party", exact="true", limit=limit) for limit in self.limits()])
        yield Row("rare actor and voice", [path(clauses, actor=actor, voice=voice) for actor, voice in self.pairs(self.rare)])
        yield Row("common actor and voice", [path(clauses, actor=actor, voice=voice, limit=20) for actor, voice in self.pairs(self.common)])
        yield Row("common actor and voice, last first", [path(clauses, actor=actor, voice=voice, limit=20, sort="-position") for actor, voice in self.pairs(self.common)])
        yield Row("common actor and rare actor", [path(clauses, actor=actor, speaker=other) for actor, other in zip(itertools.cycle(self.common), self.rare)])
        yield Row("clauses `from..to`, a month", [path(clauses, **self.window(month)) for month in self.months])
        yield Row("the same, `match=certain`", [path(clauses, match="certain", **self.window(month)) for month in self.months])
        yield Row("`from..to`, actor and voice", [path(clauses, actor=actor, voice="statement", limit=20, **self.window(month)) for actor, month in zip(itertools.cycle(self.common), self.months)])

    def counts(self):
        clauses, clause_facets = "/v1/clauses", "voice,kind"
        yield Row("`count=true`", [path(clauses, count="true", limit=limit) for limit in self.limits()])
        yield Row("`count=true`, actor and voice", [path(clauses, count="true", limit=20, actor=actor, voice=voice) for actor, voice in self.pairs(self.common)])
        yield Row("`count=true`, a month", [path(clauses, count="true", limit=20, **self.window(month)) for month in self.months])
        yield Row("facets of all", [path(clauses, facets=clause_facets, limit=limit) for limit in self.limits()])
        yield Row("facets, actor", [path(clauses, facets=clause_facets, limit=20, actor=actor, voice=voice) for actor, voice in self.pairs(self.common)])
        yield Row("facet of actors, voice and kind", [path(clauses, facets="actor", limit=limit, voice="statement", kind="report") for limit in self.limits()])

    def resources(self):
        milestones, changes = "/v1/milestones", "/v1/changes"
        last = datetime.datetime.fromisoformat(json.loads(self.client.get("/v1/changes?limit=1")[2])["items"][0]["at"].replace("Z", "+00:00"))
        instants = [(last + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ") for seconds in range(400)]
        yield Row("milestones `as_of`, upcoming", [path(milestones, as_of=day, status="upcoming", limit=20) for day in self.days])
        yield Row("milestones `as_of`, past, last first", [path(milestones, as_of=day, status="past", sort="-latest", limit=20) for day in self.days])
        yield Row("milestones `as_of`, open, counted", [path(milestones, as_of=day, status="open", count="true", limit=20) for day in self.days])
        yield Row("milestones, actor and upcoming", [path(milestones, actor=actor, as_of=day, status="upcoming", limit=20) for actor, day in zip(itertools.cycle(self.common), self.days)])
        yield Row("dates `from..to`, by latest", [path("/v1/dates", sort="latest", limit=20, **self.window(month)) for month in self.months])
        yield Row("changes since the last: none", [path(changes, since=instant) for instant in instants[1:]])
        yield Row("changes, newest first", [path(changes, limit=limit) for limit in self.limits()])
        yield Row("changes of milestones", [path(changes, resource="milestones", limit=limit) for limit in self.limits()])
        yield Row("`/v1/actors`", [path("/v1/actors", limit=limit) for limit in self.limits()], max_bytes=300_000)
        yield Row("`/v1/locations`", [path("/v1/locations", limit=limit) for limit in self.limits()], max_bytes=300_000)
        yield Row("one common actor", [f"/v1/actors/{actor}" for actor in self.common], max_bytes=300_000)
        yield Row("its mentions, counted", [path(f"/v1/actors/{actor}/mentions", count="true", limit=20) for actor in self.common])
        yield Row("one statement", [f"/v1/statements/{id}" for id in dict.fromkeys(self.statement_of(id) for id, *_ in self.samples)], max_bytes=300_000)

    def searches(self):
        search, clauses = "/v1/search", "/v1/clauses"
        one, english = self.common_words["ar"], self.common_words["en"]
        two = [" ".join(self.chance.sample(one, 2)) for _ in range(200)]
        aliases = [words.name(statements.ALIAS_NAMES + number)[number % 2] for number in range(41)]
        yield Row("search: common word", [path(search, q=word, limit=20) for word in one])
        yield Row("search: common English word", [path(search, q=word, limit=20) for word in english])
        yield Row("search: two common words", [path(search, q=text, limit=20) for text in two])
        yield Row("search: phrase of common words", [path(search, q=f'"{phrase}"', limit=20) for phrase in self.phrases[:300]])
        yield Row("search: rare word", [path(search, q=word, limit=20) for word in self.rare_words[:300]])
        yield Row("search: no such word", [path(search, q=f"qazwsx{number}", limit=20) for number in range(200)])
        yield Row("search: alias", [path(search, q=alias, limit=20) for alias in aliases])
        yield Row("search: common word, counted", [path(search, q=word, limit=20, count="true", lang="en") for word in one])
        yield Row("search: common word, page 2", self.second_pages([path(search, q=word, limit=20, lang="ar") for word in one]))
        yield Row("clauses `q=` a common word, voice", [path(clauses, q=word, voice=voice, limit=20) for word in one for voice in VOICES])
        yield Row("clauses `q=` a common word, common actor", [path(clauses, q=word, actor=actor, limit=20) for word, actor in zip(one * 3, itertools.cycle(self.common))])
        yield Row("clauses `q=` a common word, in reading order", [path(clauses, q=word, sort="position", limit=20) for word in one])
        yield Row("actors `q=`", [path("/v1/actors", q=alias, limit=20) for alias in aliases])

    def second_pages(self, firsts):
        """The second pages of lists."""
        found = (json.loads(self.client.get(first)[2]).get("next") for first in firsts)
        return [page for page in found if page]

    def verdicts(self):
        verify = "/v1/verify"
        long = [(id, quote) for id, _, quote, _ in self.samples if 6 <= len(quote.split()) <= 20]
        chance = random.Random(self.generator.seed)
        yield Row("verify: verbatim", [path(verify, text=quote) for _, quote in long[:300]])
        yield Row("verify: altered", [path(verify, text=alter(quote, chance)) for _, quote in long[300:600] or long])
        yield Row("verify: none", [path(verify, text=" ".join(chance.sample(self.rare_words, min(9, len(self.rare_words))))) for _ in range(200)])
        yield Row("verify: common words, none", [path(verify, text=" ".join(chance.sample(self.common_words["ar"], 9))) for _ in range(200)])
        yield Row("verify: translation", [path(verify, text=translation) for _, _, _, translation in self.samples[:300] if 6 <= len(translation.split()) <= 20])
        yield Row("verify: verbatim, statement named", [path(verify, text=quote, statement=self.statement_of(id)) for id, quote in long[600:800] or long])
        drafts = [". ".join(f"The paper wrote: «{quote}»" for _, quote in chance.sample(long, min(5, len(long)))) for _ in range(60)]
        yield Row("verify: a draft of five quotations", [(verify, draft) for draft in drafts])

    def pages(self):
        both = lambda rest: [f"/{language}/{rest}" for language in ("en", "ar")]
        statements = list(dict.fromkeys(self.statement_of(id) for id, *_ in self.samples))
        bounded = {"max_bytes": 300_000}
        yield Row("page: home", both(""), **bounded)
        yield Row("page: milestones", [path("/en/milestones", as_of=day) for day in self.days], **bounded)
        yield Row("page: search", [path("/en/search", q=word) for word in self.common_words["ar"]], **bounded)
        yield Row("page: one common actor", both_of("actors", self.common), **bounded)
        yield Row("page: one common place", both_of("locations", [f"land-{number}" for number in range(20)]), **bounded)
        yield Row("page: one statement", both_of("statements", statements), **bounded)
        for name in ("actors", "locations", "statements", "notes"):
            yield Row(f"page: {name}", both(name), **bounded)

    def hits(self):
        """Responses from the cache, for scale."""
        listed = path("/v1/clauses", actor=self.common[0], voice="statement", limit=20, lang="en")
        etag = next(line.split(": ", 1)[1] for line in self.client.get(listed)[1].split("\r\n") if line.lower().startswith("etag: "))
        yield Row("from the cache: a list", [listed] * 300, hot=True)
        yield Row("from the cache: its 304", [listed] * 300, headers=[f"If-None-Match: {etag}"], hot=True)

    def statement_of(self, clause):
        return clause.rsplit("-", 1)[0]

    def all(self):
        for group in (self.lists, self.counts, self.resources, self.searches, self.verdicts, self.pages, self.hits):
            yield from group()


def both_of(name, ids):
    return [f"/{language}/{name}/{id}" for id in ids for language in ("en", "ar")]


def alter(quote, chance):
    """A quotation with one word replaced by another."""
    tokens = quote.split()
    tokens[chance.randrange(1, len(tokens) - 1)] = "القنطرة" if any("\u0600" < char < "\u0700" for char in quote) else "lighthouse"
    return " ".join(tokens)
