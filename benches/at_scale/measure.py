"""Measures rows: CPU a response, percentiles, bytes and statuses."""

import collections
import re
import statistics
import time

# For how long a row is asked for, and how often at most.
SECONDS, MAX_REQUESTS = 4, 300
WARM_UP = 3


class Figures:
    """What a row cost: milliseconds, bytes and statuses."""

    def __init__(self, cpu, times, sizes, statuses, hits):
        self.cpu, self.statuses, self.hits, self.requests = cpu, statuses, hits, len(times)
        ordered = sorted(times)
        self.p50, self.p99 = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        self.bytes, self.max_bytes = statistics.fmean(sizes), max(sizes)

    def wrong(self, row):
        """What is wrong with it, in words; empty if nothing is."""
        allowed = {200, 304}
        found = [f"{count} × {status}" for status, count in sorted(self.statuses.items()) if status not in allowed]
        if self.hits and not row.hot:
            found.append(f"{self.hits} of {self.requests} from the cache")
        if row.max_bytes and self.max_bytes > row.max_bytes:
            found.append(f"{self.max_bytes / 1e6:.1f} MB")
        return ", ".join(found)


def hits_so_far(client):
    """How many responses came from the cache."""
    text = client.get("/metrics")[2].decode()
    return sum(int(count) for count in re.findall(r'cache_lookups_total\{cache="\w+",result="hit"\} (\d+)', text))


def send(client, request, headers=()):
    return client.post(request[0], request[1].encode(), "text/plain") if isinstance(request, tuple) else client.get(request, headers)


def measure(server, client, row, counts_hits=True):
    """Asks for each of the requests once, for a few seconds at most. The first ones warm up what is not a response: statements, pages of the file."""
    requests = list(dict.fromkeys(row.requests)) if not row.hot else row.requests
    warm_up = requests[:WARM_UP] if len(requests) > 2 * WARM_UP else []
    for request in warm_up:
        send(client, request, row.headers)
    requests = requests[len(warm_up) :][:MAX_REQUESTS] if not row.hot else requests
    times, sizes, statuses = [], [], collections.Counter()
    hits = hits_so_far(client) if counts_hits else 0
    before, started = server.cpu(), time.monotonic()
    for request in requests:
        asked = time.monotonic()
        status, _, body = send(client, request, row.headers)
        times.append((time.monotonic() - asked) * 1e3)
        sizes.append(len(body))
        statuses[status] += 1
        if asked - started > SECONDS:
            break
    cpu = (server.cpu() - before) / len(times) * 1e3
    return Figures(cpu, times, sizes, statuses, hits_so_far(client) - hits if counts_hits else 0)


def number(value):
    """A figure with two or three digits."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def table(sizes, names, measured, bounds):
    """The rows as a Markdown table: CPU, p50 and p99 in milliseconds and the size in KB at each size, and the ratio of CPU to the smallest."""
    heads = ["", *(f"{size:,}: CPU; p50; p99; KB" for size in sizes), *(f"{size:,} / {sizes[0]:,}" for size in sizes[1:]), ""]
    lines = [f"| {' | '.join(heads)} |", "|---|" + "---:|" * (len(heads) - 2) + "---|"]
    for name in names:
        figures = [measured[size].get(name) for size in sizes]
        cells = [f"{number(one.cpu)}; {number(one.p50)}; {number(one.p99)}; {number(one.bytes / 1e3)}" if one else "" for one in figures]
        ratios = [f"{one.cpu / figures[0].cpu:.1f}" if one and figures[0] and figures[0].cpu else "" for one in figures[1:]]
        wrong = "; ".join(f"✗ {size:,}: {bounds[size][name]}" for size in sizes if bounds[size].get(name))
        lines.append(f"| {' | '.join([name, *cells, *ratios, wrong])} |")
    return "\n".join(lines)
