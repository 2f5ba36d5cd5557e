#!/bin/sh
# Makes the fonts in this folder from those of Debian's fonts-noto-core (20201225). Needs fonttools and brotli for Python.
# Each font is the Arabic letters of one family with the Latin letters, digits and punctuation of another, so that a line in both
# scripts needs no fallback: the same file draws the cards (.ttf) and is loaded by the pages (.woff2).
set -eu
noto=${1:-/usr/share/fonts/truetype/noto}
arabic="U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670,U+0671,U+067E,U+0686,U+0698,U+06A4,U+06A9,U+06AF,U+06CC,U+06D4,U+06F0-06F9,U+200C,U+200D,U+25CC"
latin="U+0020-007E,U+00A0-00AA,U+00AC-00BA,U+00BC-017F,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2032,U+2033,U+2039,U+203A,U+2190-2193,U+2212"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
make_font() { # name, Arabic font, Latin font
    pyftsubset "$noto/$2.ttf" --unicodes="$arabic" --layout-features='*' --no-hinting --name-IDs='*' --drop-tables+=DSIG --output-file="$work/arabic.ttf"
    pyftsubset "$noto/$3.ttf" --unicodes="$latin" --layout-features=kern,liga,locl,mark,mkmk,ccmp --no-hinting --name-IDs='*' --drop-tables+=DSIG --output-file="$work/latin.ttf"
    pyftmerge --output-file="$work/merged.ttf" "$work/latin.ttf" "$work/arabic.ttf"
    python3 - "$work/merged.ttf" "$1" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
path, name = sys.argv[1:]
font = TTFont(path, recalcTimestamp=False)
family, style = name.split("-")
for record in list(font["name"].names):
    value = {0: "Copyright 2015-2020 Google LLC. All Rights Reserved. Subset and merged from the Noto fonts.", 1: f"Bayan {family}", 2: style, 3: f"Bayan {name}", 4: f"Bayan {family} {style}", 6: f"Bayan{name}"}.get(record.nameID)
    if value:
        record.string = value
    elif record.nameID > 6 and record.nameID not in (13, 14):
        font["name"].names.remove(record)
font["head"].created = font["head"].modified = 3786912000
font["post"].formatType = 3.0
font.save(f"{name}.ttf")
font.flavor = "woff2"
font.save(f"{name}.woff2")
PYTHON
}
cd "$(dirname "$0")"
make_font Naskh-Regular NotoNaskhArabic-Regular NotoSerif-Regular
make_font Naskh-Bold NotoNaskhArabic-Bold NotoSerif-Bold
make_font Sans-Regular NotoSansArabic-Regular NotoSans-Regular
make_font Sans-Bold NotoSansArabic-Bold NotoSans-Bold
