"""A plain scan: reads exported packages, and filters, sorts and counts what they have as docs/api.md says.

It shares nothing with the program: no code, no index, no SQL. An item is a dictionary of sets: what each filter compares.
"""

import calendar
import collections
import json
import re

FIRST, LAST = "0000-00-00", "9999-99-99"


def bounds(edtf):
    """The first and the last day of an EDTF; an open or unknown one lies beyond every day."""
    if edtf is None:
        return FIRST, LAST
    start, _, end = edtf.partition("/")
    end = end if "/" in edtf else start
    return span(start)[0] or FIRST, span(end)[1] or LAST


def span(text):
    text = text.rstrip("~?%")
    if text in ("", ".."):
        return None, None
    year, month, day = (text.split("-") + [None, None])[:3]
    first_year, last_year = year.replace("X", "0"), year.replace("X", "9")
    if month is None or month == "XX" or int(month) > 12:
        return f"{first_year}-01-01", f"{last_year}-12-31"
    if day is None or day == "XX":
        return f"{year}-{month}-01", f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]:02}"
    return text, text


class Corpus:
    """All items, by resource, in reading order or by id."""

    def __init__(self, lines):
        self.items = collections.defaultdict(list)
        self.parents = {"actors": {}, "locations": {}}
        # How often each is mentioned, by statement.
        self.mentions = {"actors": collections.defaultdict(collections.Counter), "locations": collections.defaultdict(collections.Counter)}
        self.changes = []
        packages = sorted((json.loads(line) for line in lines), key=lambda package: package["id"])
        registers = {"actors": {}, "locations": {}}
        named_in = {"actors": collections.defaultdict(set), "locations": collections.defaultdict(set)}
        for package in packages:
            self.changes += package.get("changes", [])
            if "withdrawn" not in package:
                self.read(package, registers, named_in)
        for name, entries in registers.items():
            for id, entry in sorted(entries.items()):
                parent = entry.get("parent")
                self.parents[name][id] = parent
                item = {"id": {id}, "statement": named_in[name][id], "kind": {entry["kind"]}, "country": present(entry.get("country")), "parent": present(parent)}
                if name == "locations":
                    item["unspecified"] = {"false" if "point" in entry else "true"}
                self.items[name].append(item)

    def read(self, package, registers, named_in):
        statement, medium = package["id"], package["source"].get("medium")
        for name in registers:
            # An entry without a kind adds names to one of another statement.
            registers[name] |= {entry["id"]: entry for entry in package.get(name, []) if "kind" in entry}
        clauses, edtf_of, mentioned = {}, {}, {"actors": set(), "locations": set()}
        places_of = {"actors": set(), "locations": set()}
        for clause in package["clauses"]:
            label = clause["label"]
            id, voice = f"{statement}-{label}", clause["voice"]
            speaker = clause.get("speaker") or (medium if voice == "agency" else None)
            roles = {(entry["id"], entry["role"]) for entry in clause.get("actors", []) if "role" in entry}
            roles |= {(entry["id"], "mentioned") for entry in clause.get("actors", []) if entry["id"] not in {actor for actor, _ in roles}}
            dates = []
            for at, date in enumerate(clause.get("dates", []), 1):
                found = bounds(date.get("edtf"))
                dates.append(found)
                edtf_of[label, date["quote"], date.get("occurrence"), date.get("prefix"), date.get("suffix")] = date.get("edtf"), date.get("basis")
                self.items["dates"].append({"id": {f"{id}-{date.get('id', f'd{at}')}"}, "statement": {statement}, "clause": {id}, "type": {date["type"]},
                                            "basis": present(date.get("basis")), "voice": {voice}, "speaker": present(speaker), "bounds": [found]})
            for at, note in enumerate(clause.get("notes", []), 1):
                self.items["notes"].append({"id": {f"{id}-{note.get('id', f'n{at}')}"}, "statement": {statement}, "target": {id}, "kind": {note["kind"]}, "severity": {note["severity"]}})
            clauses[label] = {
                "id": {id}, "statement": {statement}, "paragraph": {re.match(r"\d+", label)[0]}, "voice": {voice}, "speaker": present(speaker), "kind": {clause["kind"]},
                "actor": {actor for actor, _ in roles}, "role": {role for _, role in roles}, "roles": roles, "location": {place["id"] for place in clause.get("locations", [])},
                "milestone": set(), "cites": {citation["document"] for citation in clause.get("citations", [])}, "bounds": dates,
                "named": {entry["id"] for entry in clause.get("actors", []) if "quote" in entry}, "quote": clause["quote"], "translation": clause["translation"], "language": package["source"]["language"],
            }
            self.items["clauses"].append(clauses[label])
            lead_in = clause.get("lead_in")
            for holder in (clause, lead_in if isinstance(lead_in, dict) else {}):
                for name, entries in (("actors", holder.get("actors", [])), ("locations", holder.get("locations", []))):
                    for entry in entries:
                        if "quote" in entry:
                            mentioned[name].add(entry["id"])
                            self.mentions[name][entry["id"]][statement] += 1
        for milestone in package.get("milestones", []):
            self.milestone(statement, milestone, clauses, edtf_of)
        for name, ids in mentioned.items():
            for id in ids:
                named_in[name][id].add(statement)
        issued = package.get("issued")
        edtf = next((value[0] for key, value in edtf_of.items() if issued and key[1] == issued["quote"] and issued.get("clause") in (None, key[0])), None)
        self.items["statements"].append({"id": {statement}, "kind": {package["kind"]}, "language": {package["source"]["language"]}, "issuer": set(package.get("issuers", [])),
                                         "actor": mentioned["actors"], "location": mentioned["locations"], "bounds": [bounds(edtf)]})

    def milestone(self, statement, milestone, clauses, edtf_of):
        first, date = clauses[milestone["clauses"][0]], milestone.get("date", {})
        edtf, _ = edtf_of.get((date.get("clause"), date.get("quote"), date.get("occurrence"), date.get("prefix"), date.get("suffix")), (None, None))
        voice = {milestone["voice"]} if "voice" in milestone else first["voice"]
        speaker = present(milestone.get("speaker")) if "voice" in milestone else first["speaker"]
        id = f"{statement}-{milestone['id']}"
        for label in milestone["clauses"]:
            clauses[label]["milestone"].add(id)
        self.items["milestones"].append({"id": {id}, "statement": {statement}, "voice": voice, "speaker": speaker, "kind": {milestone["kind"]},
                                         "actor": set(milestone.get("actors", [])), "location": set(milestone.get("locations", [])), "bounds": [bounds(date.get("edtf", edtf))]})

    # Filters

    def with_parts(self, register, ids):
        """These, and all that are part of them at any depth."""
        found, added = set(ids), True
        while added:
            new = {id for id, parent in self.parents[register].items() if parent in found and id not in found}
            found, added = found | new, bool(new)
        return found

    def select(self, resource, query):
        """The items that a query finds, in reading order. Its values are lists."""
        exact = query.get("exact") == ["true"]
        wanted = {}
        for name, values in query.items():
            register = {"actor": "actors", "speaker": "actors", "issuer": "actors", "location": "locations"}.get(name)
            wanted[name] = self.with_parts(register, values) if register and not exact else set(values)
        return [item for item in self.items[resource] if self.matches(item, query, wanted)]

    def matches(self, item, query, wanted):
        for name in wanted:
            if name in ("from", "to", "match", "exact", "as_of", "status"):
                continue
            if name in ("actor", "role") and "roles" in item and "actor" in wanted and "role" in wanted:
                # One actor in one of the roles.
                if not any(actor in wanted["actor"] and role in wanted["role"] for actor, role in item["roles"]):
                    return False
            elif not item[name] & wanted[name]:
                return False
        if ("from" in query or "to" in query) and not any(overlaps(one, query) for one in item["bounds"]):
            return False
        return "status" not in wanted or status(item["bounds"][0], query["as_of"][0]) in wanted["status"]

    def sorted(self, resource, found, sort):
        """The sort keys in order. Reading order is the order of the list."""
        key = sort.lstrip("-")
        if key in ("position", "id", "at"):
            keys = [next(iter(item["id"])) for item in found]
            return keys[::-1] if sort.startswith("-") else keys
        side = 0 if key == "earliest" else 1
        return sorted((item["bounds"][0][side] for item in found), reverse=sort.startswith("-"))

    def facet(self, resource, found, name, as_of):
        """The hundred values that most of these items have, with their counts."""
        counts = collections.Counter()
        for item in found:
            counts.update({status(item["bounds"][0], as_of)} if name == "status" else item[name])
        return sorted(({"value": value, "count": count} for value, count in counts.items()), key=lambda one: (-one["count"], one["value"]))[:100]


def present(value):
    return set() if value is None else {value}


def overlaps(found, query):
    """Whether a date may overlap the window, or must lie in it."""
    start, end = found
    if (start, end) == (FIRST, LAST):
        return False
    if query.get("match") == ["certain"]:
        start, end = end, start
    # By now `end` is what `from` is compared with.
    return ("from" not in query or end >= query["from"][0]) and ("to" not in query or start <= query["to"][0])


def status(found, day):
    start, end = found
    if found == (FIRST, LAST):
        return "undated"
    return "upcoming" if day < start else "past" if day > end else "open"
