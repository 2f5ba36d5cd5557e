#!/usr/bin/env python3
"""Polls the milestones and prints what changed: new ones, and those with a changed date or status.

    examples/poll.py [URL] [--every SECONDS] [--times N]

Needs Python 3.9 or later and nothing else. For an unchanged list the service returns 304. When the service is busy
or rate limits the client (503, 429), this program waits for the time in Retry-After.
"""
import argparse, json, time, urllib.error, urllib.parse, urllib.request


def fetch(url, etag):
    """The document and its ETag; no document if it has not changed."""
    headers = {"If-None-Match": etag} if etag else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as response:
            return json.load(response), response.headers["ETag"]
    except urllib.error.HTTPError as error:
        if error.code == 304:
            return None, etag
        raise


def fetch_patiently(url, etag):
    while True:
        try:
            return fetch(url, etag)
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                raise
            wait = int(error.headers.get("Retry-After", 5))
            print(f"busy; trying again in {wait} s", flush=True)
            time.sleep(wait)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("url", nargs="?", default="http://127.0.0.1:8080")
    arguments.add_argument("--every", type=float, default=60, help="seconds between requests")
    arguments.add_argument("--times", type=int, help="the number of requests; unlimited by default")
    options = arguments.parse_args()

    url, etag, known = urllib.parse.urljoin(options.url, "/v1/milestones?limit=200"), None, {}
    asked = 0
    while options.times is None or asked < options.times:
        if asked:
            time.sleep(options.every)
        asked += 1
        document, etag = fetch_patiently(url, etag)
        if document is None:
            print("unchanged", flush=True)
            continue
        now = {item["id"]: (item["status"], item["date"]["edtf"]) for item in document["items"]}
        changed = [id for id in now if id in known and now[id] != known[id]]
        print(f"{len(now)} milestones, {len(now.keys() - known.keys())} new, {len(changed)} changed, {len(known.keys() - now.keys())} gone", flush=True)
        for id in changed:
            print(f"  {id}: {known[id]} is now {now[id]}", flush=True)
        known = now


if __name__ == "__main__":
    main()
