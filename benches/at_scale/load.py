"""Load from several clients: every kind of request at random, slow kinds beside a quick one, and a new file beside requests."""

import collections
import itertools
import os
import random
import shutil
import threading
import time

from at_scale import measure, server

CLIENTS = 8
SLOW = ("verify: none", "search: common word", "`count=true`, a month", "facets of all", "page: search")


class Clients:
    """Threads that send requests until they are told to end. Each has a list of rows, and takes requests of these at random."""

    def __init__(self, address, groups, seed=1):
        self.ended, self.statuses, self.times, self.slowest = threading.Event(), collections.Counter(), [], ("", 0)
        self.threads = [threading.Thread(target=self.run, args=(address, group, seed + number), daemon=True) for number, group in enumerate(groups)]

    def run(self, address, group, seed):
        chance, client = random.Random(seed), server.Client(address)
        while not self.ended.is_set():
            row = chance.choice(group)
            started = time.monotonic()
            try:
                status = measure.send(client, chance.choice(row.requests), row.headers)[0]
            except (OSError, EOFError) as cause:
                status = type(cause).__name__
            took = (time.monotonic() - started) * 1e3
            self.times.append(took)
            self.statuses[status] += 1
            self.slowest = max(self.slowest, (row.name, took), key=lambda one: one[1])

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def wrong(self, name):
        return {f"{name}: responses {status}": count for status, count in sorted(self.statuses.items(), key=str) if status not in (200, 304)}

    def p99(self):
        ordered = sorted(self.times)
        return ordered[int(len(ordered) * 0.99)] if ordered else 0


def mixed(bayan, asked, seconds):
    """All kinds at random for this long. Returns figures by name."""
    rows, memory = [row for row in asked.all() if row.requests], []
    with Clients(bayan.address, [rows] * CLIENTS) as clients:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            memory.append(bayan.memory()[0])
            time.sleep(min(1, max(0, until - time.monotonic())))
    name, took = clients.slowest
    return {"mixed load: requests": len(clients.times), "mixed load: most memory, MB": max(memory), f"mixed load: the slowest ({name}), ms": took} | clients.wrong("mixed load")


def beside_slow(bayan, asked, seconds=5):
    """One client that asks for clauses, alone and then beside eight that ask for what is slow."""
    rows = {row.name: row for row in itertools.chain(asked.lists(), asked.counts(), asked.searches(), asked.verdicts(), asked.pages())}
    quick, slow = rows["one clause"], [rows[name] for name in SLOW if rows[name].requests]
    half = len(quick.requests) // 2
    figures = {}
    for name, others, requests in [("one clause alone", 0, quick.requests[:half]), ("one clause beside eight slow clients", CLIENTS, quick.requests[half:])]:
        # Each once in either half, and in another language, so that none comes from the cache.
        one, times, until = server.Client(bayan.address), [], time.monotonic() + seconds
        statuses = collections.Counter()
        with Clients(bayan.address, [slow] * others) as clients:
            for request in requests:
                started = time.monotonic()
                statuses[one.get(f"{request}?lang=ar")[0]] += 1
                times.append((time.monotonic() - started) * 1e3)
                if time.monotonic() > until:
                    break
        figures[f"{name}: p99, ms"] = sorted(times)[int(len(times) * 0.99)]
        figures |= {f"{name}: responses {status}": count for status, count in statuses.items() if status != 200}
        figures |= clients.wrong("eight slow clients")
    return figures


def swap(bayan, asked, database, seconds=5):
    """Puts a copy of the file in the place of the file while two clients send requests, and watches these and memory."""
    rows = {row.name: row for row in itertools.chain(asked.lists(), asked.hits())}
    copy = database.with_suffix(".copy")
    shutil.copyfile(database, copy)
    before = bayan.memory()
    with Clients(bayan.address, [[rows["common actor and voice"]], [rows["from the cache: a list"]]]) as clients:
        time.sleep(1)
        clients.times.clear()
        os.replace(copy, database)
        peak, until = before, time.monotonic() + seconds
        while time.monotonic() < until:
            peak = max(peak, bayan.memory())
            time.sleep(0.02)
    return {"a new file under load: p99, ms": clients.p99(), "a new file under load: the slowest, ms": max(clients.times), "a new file under load: memory more, MB": peak[0] - before[0]} | clients.wrong("a new file under load")
