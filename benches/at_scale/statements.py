"""Generates statements as packages, one line of JSON each. Statement `n` of a seed is always the same, whatever the count.

Half of them are in Arabic, half in English. Each has some fifty clauses in a dozen paragraphs, in all three voices, with roles,
mentions, dates, milestones, notes and citations, and introduces an actor, and often a place. What is popular (words, phrases,
actors, places) follows Zipf's law, so that there are common and rare values of everything at every size.
"""

import collections
import datetime
import json
import random

from at_scale import words

STATEMENT_KINDS = ["joint_statement", "declaration", "agreement", "communique"]
CLAUSE_KINDS = ["commitment", "report", "decision", "declaration", "purpose", "condition", "deadline", "recital", "reference", "aspiration", "acknowledgement", "forecast"]
ROLES = ["bound", "party", "mentioned", "beneficiary", "speaker"]
NOTE_KINDS = ["ambiguity", "translation", "naming", "reference", "dating", "attribution", "error_in_source"]
COUNTRIES = "IQ US SY IR TR JO KW SA AE QA OM YE EG LY TN DZ MA SD LB PS FR DE GB IT ES NL BE PL SE NO FI DK GR CY PT IE AT CH CZ HU".split()
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}
LEAD_INS = {
    "en": ["The statement says that", "Both sides affirmed that", "It adds that", "The parties declared that"],
    "ar": ["وجاء في البيان أن", "وأكد الجانبان أن", "وأضاف البيان أن", "وأعلن الطرفان أن"],
}
REPORTS = {"en": ["{} said that", "According to {}, it is so that", "{} told the agency that"], "ar": ["وقال {} إن", "وبحسب {} فإن", "وأبلغ {} الوكالة بأن"]}
BODIES = [("body", "Commission of {}", "هيئة {}"), ("body", "Ministry of {}", "وزارة {}"), ("force", "Brigade of {}", "لواء {}"), ("group", "Union of {}", "اتحاد {}"),
          ("person", "Envoy {}", "المبعوث {}"), ("unnamed_source", "An officer of {}", "ضابط من {}")]
PLACES = [("site", "Base {}", "قاعدة {}"), ("city", "Town of {}", "مدينة {}"), ("district", "District of {}", "حي {}"), ("region", "Region of {}", "إقليم {}")]
FIRST_YEAR, YEARS = 1995, 60
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
# Where the numbers of the names begin; those of actors are the statements' own.
PLACE_NAMES, STATE_NAMES, MEDIUM_NAMES, ALIAS_NAMES = 32_768, 65_000, 65_100, 65_200


def alias(number):
    """The other name of a state, which stands in no text."""
    english, arabic = words.name(ALIAS_NAMES + number)
    return {"en": [english], "ar": [arabic]}


class Entry:
    """An entry of a register: its id, and its names by language."""

    __slots__ = ("id", "names")

    def __init__(self, id, english, arabic):
        self.id, self.names = id, {"en": english, "ar": arabic}


class Generator:
    """Makes the statements of a seed in turn."""

    def __init__(self, seed=1, exponent=1.05, vocabulary=40_000, clauses_each=50, sampled=1):
        self.seed, self.clauses_each, self.sampled = seed, clauses_each, sampled
        self.vocabularies = {language: words.Vocabulary(language, vocabulary, exponent) for language in ("ar", "en")}
        self.actors, self.places, self.documents, self.states, self.media = [], [], [], [], []
        chance = random.Random(f"{seed} phrases")
        # Boilerplate: phrases of common words that many statements share. Each has a translation, as it would have.
        draw = lambda language, count: self.vocabularies[language].draw(chance, count)
        self.phrases = [{"en": " ".join(draw("en", size)), "ar": " ".join(draw("ar", size))} for size in [chance.randint(4, 9) for _ in range(300)]]
        # What the measurements need to know: counts, how often each actor has a role, by voice, and a sample of clauses.
        self.counts, self.roles, self.samples = collections.Counter(), {}, []

    def next(self):
        number = self.counts["statements"]
        chance = random.Random(f"{self.seed} {number}")
        package = Statement(self, number, chance).package()
        self.remember(package, chance)
        return package

    def remember(self, package, chance):
        """Counts what there is, and remembers a sample of it."""
        self.counts["statements"] += 1
        self.counts["clauses"] += len(package["clauses"])
        for clause in package["clauses"]:
            for entry in clause.get("actors", []):
                self.roles.setdefault(entry["id"], collections.Counter())[clause["voice"]] += 1
        if chance.random() > self.sampled:
            return
        for clause in chance.sample(package["clauses"], min(4, len(package["clauses"]))):
            self.samples.append((f"{package['id']}-{clause['label']}", package["source"]["language"], clause["quote"], clause["translation"]))


class Statement:
    """One statement in the making."""

    def __init__(self, world, number, chance):
        self.world, self.number, self.chance = world, number, chance
        self.language = chance.choice(["ar", "en"])
        self.other = "en" if self.language == "ar" else "ar"
        self.issued = datetime.date(FIRST_YEAR, 1, 1) + datetime.timedelta(days=chance.randrange(int(YEARS * 365.25)))
        self.new_actors, self.new_places, self.new_documents = [], [], []
        self.words = {language: world.vocabularies[language].draw(chance, 16 * world.clauses_each) for language in ("ar", "en")}
        self.id = f"{words.name(number)[0][:4].lower()}-{self.issued.isoformat()}-{number}"

    def take(self, language, count):
        drawn = self.words[language]
        if len(drawn) < count:
            drawn += self.world.vocabularies[language].draw(self.chance, 16 * self.world.clauses_each)
        taken = drawn[-count:]
        del drawn[-count:]
        return taken

    def popular(self, entries):
        """An entry, the earlier the likelier: rank r has a weight of about 1 / r."""
        return entries[min(len(entries) - 1, int((len(entries) + 1) ** self.chance.random()) - 1)]

    # Registers

    def introduce(self):
        """Introduces states, media and countries in the first statement; an actor in each, and a place in most."""
        world, chance = self.world, self.chance
        if self.number == 0:
            for at, country in enumerate(COUNTRIES):
                english, arabic = words.name(STATE_NAMES + at)
                state = self.actor(f"state-{at}", "state", english, arabic, None, country, alias(at))
                self.place(f"land-{at}", "country", f"Land of {english}", f"بلاد {arabic}", None, country)
                world.states.append(state)
            for at in range(20):
                english, arabic = words.name(MEDIUM_NAMES + at)
                world.media.append(self.actor(f"agency-{at}", "medium", f"{english} Agency", f"وكالة {arabic}", None, None, None))
        english, arabic = words.name(self.number)
        kind, in_english, in_arabic = chance.choices(BODIES, [5, 4, 2, 2, 4, 2])[0]
        parent = None if kind == "group" else self.popular(world.states if kind != "person" or len(world.actors) < 80 else world.actors)
        aliases = {"en": [f"{english} panel"], "ar": [f"فريق {arabic}"]} if chance.random() < 0.3 else None
        self.actor(f"{kind.replace('_', '-')}-{self.number}", kind, in_english.format(english), in_arabic.format(arabic), parent, None, aliases)
        if chance.random() < 0.6:
            english, arabic = words.name(PLACE_NAMES + self.number % PLACE_NAMES)
            kind, in_english, in_arabic = chance.choice(PLACES)
            self.place(f"{kind}-{self.number}", kind, in_english.format(english), in_arabic.format(arabic), self.popular(world.places), None)
        if self.number % 9 == 4:
            self.document(f"treaty-{self.number}", "agreement", f"Treaty of {english}", f"معاهدة {arabic}")

    def actor(self, id, kind, english, arabic, parent, country, aliases):
        entry = {"id": id, "kind": kind, "name": {"ar": arabic, "en": english}}
        entry |= {"parent": parent.id} if parent and parent.id != id else {}
        entry |= {"country": country} if country else {}
        entry |= {"aliases": aliases} if aliases else {}
        self.new_actors.append(entry)
        self.world.actors.append(Entry(id, english, arabic))
        return self.world.actors[-1]

    def place(self, id, kind, english, arabic, parent, country):
        entry = {"id": id, "kind": kind, "name": {"ar": arabic, "en": english}}
        entry |= {"parent": parent.id} if parent else {}
        entry |= {"country": country} if country else {}
        if self.chance.random() < 0.9:
            entry["point"] = {"lat": round(self.chance.uniform(-60, 60), 3), "lon": round(self.chance.uniform(-170, 170), 3), "precision_km": self.chance.choice([1, 5, 50])}
        self.new_places.append(entry)
        self.world.places.append(Entry(id, english, arabic))

    def document(self, id, kind, english, arabic):
        self.new_documents.append({"id": id, "kind": kind, "title": {"ar": arabic, "en": english}})
        self.world.documents.append(Entry(id, english, arabic))

    # Dates

    def in_words(self, day, language):
        return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"

    def expression(self):
        """An expression of time: its words by language, and the rest of its entry."""
        chance = self.chance
        day = self.issued + datetime.timedelta(days=int(chance.lognormvariate(5.5, 1.3)) if chance.random() < 0.75 else -chance.randrange(1, 4000))
        month = {language: f"{MONTHS[language][day.month - 1]} {day.year}" for language in ("ar", "en")}
        full = {language: self.in_words(day, language) for language in ("ar", "en")}
        explicit = {"type": "DATE", "basis": "explicit"}
        kind = chance.random()
        if kind < 0.35:
            return {"en": f"on {full['en']}", "ar": f"في {full['ar']}"}, explicit | {"edtf": day.isoformat()}
        if kind < 0.55:
            return {"en": f"by {full['en']}", "ar": f"بحلول {full['ar']}"}, explicit | {"edtf": f"../{day.isoformat()}"}
        if kind < 0.7:
            return {"en": f"in {month['en']}", "ar": f"خلال {month['ar']}"}, explicit | {"edtf": f"{day.year}-{day.month:02}"}
        if kind < 0.78:
            return {"en": f"in {day.year}", "ar": f"في عام {day.year}"}, explicit | {"edtf": str(day.year)}
        if kind < 0.86:
            end = day.year + chance.randrange(1, 4)
            return {"en": f"from {day.year} to {end}", "ar": f"من {day.year} إلى {end}"}, {"type": "DURATION", "basis": "explicit", "edtf": f"{day.year}/{end}"}
        note = {"ar": "بحسب تاريخ البيان", "en": "By the date of the statement."}
        if kind < 0.92:
            return {"en": f"from {month['en']} on", "ar": f"اعتبارا من {month['ar']}"}, {"type": "DATE", "basis": "inferred", "edtf": f"{day.year}-{day.month:02}~/..", "basis_note": note}
        if kind < 0.96:
            within = {"type": "DATE", "basis": "relative", "edtf": f"{self.issued.isoformat()}/{day.isoformat()}" if day > self.issued else self.issued.isoformat()}
            return {"en": "within that time", "ar": "خلال تلك المدة"}, within | {"anchor": None, "basis_note": note}
        return {"en": "every week", "ar": "كل أسبوع"}, {"type": "SET", "basis_note": {"ar": "لا يحدد النص", "en": "The text leaves it open."}}

    # Clauses

    def clause(self, label, voice, speaker):
        """A clause without its lead-in. Its words are joined in the order in which a list of pieces has them."""
        chance, size = self.chance, min(30, max(3, int(self.chance.lognormvariate(2.3, 0.5))))
        pieces = {"en": self.take("en", size), "ar": self.take("ar", size)}
        clause = {"label": label, "quote": "", "voice": voice, "kind": chance.choices(CLAUSE_KINDS, range(12, 0, -1))[0], "translation": ""}
        if speaker:
            clause["speaker"] = speaker.id
        named = []

        def insert(names):
            at = chance.randrange(min(map(len, pieces.values())) + 1)
            for language in pieces:
                pieces[language].insert(at, names[language])
            return names[self.language]

        if chance.random() < 0.25:
            insert(self.popular(self.world.phrases))
        actors = {actor.id: actor for actor in (self.popular(self.world.actors) for _ in range(chance.choices([0, 1, 2, 3], [3, 4, 2, 1])[0]))}
        for actor in actors.values():
            # The first state is never what a third party speaks of: a filter by both is empty, however common each is.
            if actor is self.world.states[0] and voice == "third_party":
                continue
            entry = {"id": actor.id, "role": chance.choices(ROLES, [5, 4, 3, 2, 1])[0]}
            if chance.random() < 0.7:
                named.append((entry, insert(actor.names)))
            clause.setdefault("actors", []).append(entry)
        if chance.random() < 0.3:
            place = self.popular(self.world.places)
            clause["locations"] = [{"id": place.id}]
            named.append((clause["locations"][0], insert(place.names)))
        if chance.random() < 0.3:
            names, entry = self.expression()
            clause["dates"] = [entry]
            named.append((entry, insert(names)))
        if chance.random() < 0.06 and self.world.documents:
            document = self.popular(self.world.documents)
            clause["citations"] = [{"document": document.id}]
            named.append((clause["citations"][0], insert(document.names)))
        if chance.random() < 0.05:
            clause["notes"] = [{"kind": chance.choices(NOTE_KINDS, range(7, 0, -1))[0], "severity": chance.choices(["critical", "major", "minor"], [1, 3, 6])[0],
                                "text": {language: " ".join(self.take(language, 8)) for language in ("ar", "en")}}]
            named.append((clause["notes"][0], pieces[self.language][0]))
        return clause, pieces, named

    def paragraphs(self):
        """The paragraphs: the voice of each, its speaker, and how many clauses it has."""
        chance, left = self.chance, max(2, round(self.chance.gauss(self.world.clauses_each, self.world.clauses_each / 5)))
        yield "agency", 1
        left -= 1
        while left:
            count = min(left, chance.randint(1, 7))
            yield chance.choices(["statement", "agency", "third_party"], [6, 2, 2])[0], count
            left -= count

    def package(self):
        chance, world = self.chance, self.world
        self.introduce()
        medium = self.popular(world.media)
        clauses, lines = [], []
        for number, (voice, count) in enumerate(self.paragraphs(), 1):
            speaker = self.popular(world.actors) if voice == "third_party" else None
            made = [self.clause(f"{number}{chr(97 + at)}", voice, speaker) for at in range(count)]
            lines.append(self.paragraph(made, voice, speaker, date=self.issued if number == 1 else None))
            clauses += [clause for clause, _, _ in made]
        issued = self.at_issue_date(clauses)
        return {
            "format": 1, "id": self.id, "kind": chance.choice(STATEMENT_KINDS),
            "title": {language: " ".join(self.take(language, 7)) for language in ("ar", "en")},
            "source": {"publisher": {"ar": medium.names["ar"], "en": medium.names["en"]}, "medium": medium.id, "language": self.language, "text": "\n".join(lines) + "\n"},
            "issued": issued,
            "issuers": list(dict.fromkeys(self.popular(world.actors).id for _ in range(2))),
            "actors": self.new_actors, "locations": self.new_places, "documents": self.new_documents,
            "clauses": clauses, "milestones": self.milestones(clauses),
        }

    def at_issue_date(self, clauses):
        """Where the issue date stands, which ends clause 1a; expressions that are relative to it get the same place."""
        date = clauses[0]["dates"][0]
        place = {"clause": "1a"} | {key: date[key] for key in ("quote", "occurrence") if key in date}
        for other in (date for clause in clauses for date in clause.get("dates", []) if "anchor" in date):
            other["anchor"] = place
        return place

    def paragraph(self, made, voice, speaker, date):
        """Joins the clauses to a paragraph, and writes all quotes. Words that stand twice get their number."""
        chance, lead, parts = self.chance, None, []
        if date:
            clause, pieces, named = made[0]
            clause["dates"] = [{"type": "DATE", "edtf": date.isoformat(), "basis": "explicit"}]
            named[:] = [one for one in named if "edtf" not in one[0] and "basis_note" not in one[0]] + [(clause["dates"][0], self.in_words(date, self.language))]
            for language in pieces:
                pieces[language].append(self.in_words(date, language))
        elif voice != "agency":
            lead = {"en": chance.choice(LEAD_INS["en"]), "ar": chance.choice(LEAD_INS["ar"])}
            if speaker:
                lead = {language: chance.choice(REPORTS[language]).format(speaker.names[language]) for language in ("ar", "en")}
        for clause, pieces, named in made:
            clause["quote"], clause["translation"] = " ".join(pieces[self.language]), " ".join(pieces[self.other])
            for entry, quote in named:
                entry["quote"] = quote
                # The issue date is the last: "25 May 2024" before it has "5 May 2024" in it as well.
                if clause["quote"].count(quote) > 1:
                    entry["occurrence"] = clause["quote"].count(quote)
            parts.append(clause["quote"])
        paragraph = (", " if self.language == "en" else "، ").join(parts)
        for at, (clause, _, _) in enumerate(made):
            if paragraph.count(clause["quote"]) > 1:
                clause["occurrence"] = paragraph.count(clause["quote"], 0, sum(map(len, parts[:at])) + 2 * at) + 1
            if at and chance.random() < 0.3:
                clause["parent"] = made[0][0]["label"]
        if not lead:
            return paragraph + "."
        own = {"quote": lead[self.language], "translation": lead[self.other]}
        if speaker:
            own["actors"] = [{"id": speaker.id, "quote": speaker.names[self.language]}]
        for clause, _, _ in made:
            clause["lead_in"] = made[0][0]["label"]
        made[0][0]["lead_in"] = own
        line = f"{lead[self.language]} “{paragraph}”."
        if line.count(own["quote"]) > 1:
            own["occurrence"] = 1
        return line

    def milestones(self, clauses):
        chance, milestones = self.chance, []
        dated = [clause for clause in clauses if any("edtf" in date for date in clause.get("dates", []))]
        for at, clause in enumerate(chance.sample(dated, min(len(dated), chance.randint(1, 5)))):
            date = next(date for date in clause["dates"] if "edtf" in date)
            selector = {key: date[key] for key in ("quote", "occurrence") if key in date}
            milestone = {"id": f"step-{at}", "kind": chance.choice(["deadline", "event", "period", "forecast"]), "clauses": [clause["label"]],
                         "title": {language: " ".join(self.take(language, 5)) for language in ("ar", "en")}}
            if chance.random() < 0.95:
                milestone["date"] = {"clause": clause["label"]} | selector
            for key in ("actors", "locations"):
                ids = list(dict.fromkeys(entry["id"] for entry in clause.get(key, [])))
                milestone |= {key: ids} if ids else {}
            if chance.random() < 0.2:
                milestone["conditions"] = [chance.choice(clauses)["label"]]
            if chance.random() < 0.05:
                day = self.issued + datetime.timedelta(days=chance.randrange(400))
                source = {"publisher": {"ar": "وكالة", "en": "Agency"}, "url": "https://example.org/report"}
                milestone["developments"] = [{"id": f"report-{at}", "edtf": day.isoformat(), "text": {language: " ".join(self.take(language, 9)) for language in ("ar", "en")}, "sources": [source]}]
            milestones.append(milestone)
        return milestones


def write(path, clauses, **options):
    """Writes statements with this many clauses at least, and returns the generator."""
    generator = Generator(sampled=50_000 / max(clauses, 50_000), **options)
    with open(path, "w", encoding="utf-8") as file:
        while generator.counts["clauses"] < clauses:
            file.write(ENCODE(generator.next()) + "\n")
    return generator


def write_one(path, generator):
    """Writes the statement that follows."""
    path.write_text(ENCODE(generator.next()) + "\n", encoding="utf-8")
