"""A mixed load: every kind of request at random, from several clients, while memory is watched."""

import collections
import random
import threading
import time

from at_scale import measure, server

CLIENTS = 8


def mixed(bayan, asked, seconds):
    """Sends requests for this long. Returns figures by name, and prints statuses that no request deserves."""
    all_rows = [row for row in asked.all() if row.requests]
    ended, statuses, slowest, memory = threading.Event(), collections.Counter(), collections.Counter(), []

    def client(seed):
        chance, connection = random.Random(seed), server.Client(bayan.address)
        while not ended.is_set():
            row = chance.choice(all_rows)
            started = time.monotonic()
            status = measure.send(connection, chance.choice(row.requests), row.headers)[0]
            statuses[status] += 1
            slowest[row.name] = max(slowest[row.name], time.monotonic() - started)

    clients = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for one in clients:
        one.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        memory.append(bayan.memory()[0])
        time.sleep(min(1, max(0, until - time.monotonic())))
    ended.set()
    for one in clients:
        one.join()
    name, worst = slowest.most_common(1)[0]
    figures = {"mixed load: requests": sum(statuses.values()), "mixed load: most memory, MB": max(memory), f"mixed load: the slowest ({name}), ms": worst * 1e3}
    return figures | {f"mixed load: status {status}": count for status, count in sorted(statuses.items()) if status not in (200, 304)}
