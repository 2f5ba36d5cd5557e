#!/bin/sh
# Lists the deadlines of all statements: who set them, when they end, and their status.
#
#   examples/deadlines.sh [URL] [AS_OF]
#
# Needs curl and jq.
set -eu
url=${1:-http://127.0.0.1:8080}
as_of=${2:-}

# Lists come in pages; `next` leads to the next one, relative to the host unless a public URL is configured.
page="/v1/milestones?kind=deadline&limit=200${as_of:+&as_of=$as_of}"
while [ "$page" != null ]; do
  case $page in http*) ;; *) page=$url$page ;; esac
  body=$(curl -fsS "$page")
  printf '%s\n' "$body" | jq -r '.items[] | "\(.date.latest // "no date")  \(.status)  \(.days_until // "-") days  \(.voice): \(.title.en)"'
  page=$(printf '%s\n' "$body" | jq -r .next)
done
