#!/usr/bin/env python3
"""Writes invented statements as packages, one line of JSON each, for measuring `bayan import` and `bayan export`.

Usage: benches/packages.py COUNT > statements.jsonl (COUNT is a multiple of ten, and above 70)

The same count writes the same bytes. Every statement has its own text, eight clauses, four dates, a milestone and a note. One in
ten introduces an actor and a place, which the others refer to, also before they are introduced.
"""

import json
import sys
from datetime import date, timedelta

WORKS = ["the gauges", "the lock", "the ferry", "the weir", "the pumping station", "the fish ladder"]
GROUP = 10


def clause(label, quote, kind, translation, **more):
    return {"label": label, "quote": quote, "voice": "statement", "kind": kind, "translation": translation, **more}


def statement(number, count):
    own = number - number % GROUP
    other = (own + 7 * GROUP) % count
    issued = date(2030, 1, 1) + timedelta(days=number % 3000)
    due = issued + timedelta(days=30 + number % 400)
    work = WORKS[number % len(WORKS)]
    day, deadline = (f"{when.day} {when:%B %Y}" for when in (issued, due))
    # Of one length, so that no name stands in another.
    place, actor, partner = f"Sarn {own:06}", f"Commission {own:06}", f"Commission {other:06}"
    first = [f"{actor} met {partner} at {place} on {day}", f"to speak about {work} of reach {number}"]
    second = [f"It will open {work} by {deadline}", f"provided that {partner} agrees", "and publish every reading within a week"]
    third = [f"The works of {due.year} are paid for by {actor}", "as far as the levy allows it", "Nothing here changes the treaty"]
    lines = [f"{first[0]}, {first[1]}.", f"{second[0]}, {second[1]}, {second[2]}.", f"{third[0]}, {third[1]}. {third[2]}."]
    actors, locations = [], []
    if number == own:
        actors = [{"id": f"commission-{own}", "kind": "body", "name": {"ar": f"اللجنة {own}", "en": actor}, "aliases": {"en": [f"Board {own}"]}}]
        point = {"lat": own % 90 + 0.25, "lon": own % 180 + 0.5, "precision_km": 5}
        locations = [{"id": f"sarn-{own}", "kind": "site", "name": {"ar": f"سارن {own}", "en": place}, "point": point}]
    mine = {"id": f"commission-{own}", "role": "party", "quote": actor}
    theirs = {"id": f"commission-{other}", "role": "party", "quote": partner}
    clauses = [
        clause("1a", first[0], "report", "اجتمع الطرفان", actors=[mine] if own == other else [mine, theirs],
               locations=[{"id": f"sarn-{own}", "quote": place}],
               dates=[{"quote": f"on {day}", "edtf": issued.isoformat(), "type": "DATE", "basis": "explicit"}]),
        clause("1b", first[1], "purpose", "للتباحث في الأشغال", parent="1a"),
        clause("2a", second[0], "commitment", f"تفتح اللجنة المنشأة رقم {number}", actors=[{"id": f"commission-{own}", "role": "bound"}],
               dates=[{"quote": f"by {deadline}", "edtf": f"../{due.isoformat()}", "type": "DATE", "basis": "explicit"}]),
        clause("2b", second[1], "condition", "بشرط موافقة الطرف الآخر", parent="2a", actors=[{"id": f"commission-{other}", "quote": partner}]),
        clause("2c", second[2], "commitment", "وتنشر كل قراءة في غضون أسبوع",
               dates=[{"quote": "within a week", "type": "DURATION", "edtf": None, "basis_note": {"ar": "لكل قراءة", "en": "Of each reading."}}]),
        clause("3a", third[0], "decision", f"تدفع اللجنة تكاليف أشغال {due.year}", actors=[{"id": f"commission-{own}", "quote": actor}],
               dates=[{"quote": f"of {due.year}", "edtf": str(due.year), "type": "DATE", "basis": "explicit"}]),
        clause("3b", third[1], "condition", "بقدر ما تسمح به الرسوم", parent="3a",
               notes=[{"quote": "the levy", "kind": "ambiguity", "severity": "minor", "text": {"ar": "أي رسوم؟", "en": "Which levy is open."}}]),
        clause("3c", third[2], "recital", "ولا يغير ذلك المعاهدة"),
    ]
    return {
        "format": 1, "id": f"bench-{number}", "kind": "communique", "title": {"ar": f"بيان {number}", "en": f"Communiqué {number}"},
        "source": {"publisher": {"ar": "وكالة المثال", "en": "Example Agency"}, "language": "en", "text": "\n".join(lines) + "\n"},
        "issued": {"clause": "1a", "quote": f"on {day}"},
        "issuers": [f"commission-{own}"], "actors": actors, "locations": locations, "clauses": clauses,
        "milestones": [{"id": "opening", "kind": "deadline", "title": {"ar": f"الفتح {number}", "en": f"Opening {number}"}, "clauses": ["2a"],
                        "conditions": ["2b"], "date": {"clause": "2a", "quote": f"by {deadline}"}}],
    }


def main():
    count = int(sys.argv[1])
    for number in range(count):
        print(json.dumps(statement(number, count), ensure_ascii=False, separators=(",", ":")))


main()
