#!/usr/bin/env python3
"""Makes the four font files of this folder from the Debian package fonts-morisawa-bizud-gothic.

Needs: python3 with fonttools (PyPI, `pip install fonttools`). Usage: `python3 subset.py [FONT_FOLDER]`.

Two cuts, each in Regular and Bold:

* `BIZUDGothic-*.ttf`: every character of the original (CP932, JIS X 0213 kanji that occur in personal names, Latin-1 and
  Latin Extended, symbols), but without hinting, vertical forms and other optional glyphs. PDF viewers do not hint, reports are
  set horizontally; leaving these out saves 30 %, which is more than leaving out the rarer kanji would.
* `BIZUDPGothic-Latin-*.ttf`: letters, digits and Western punctuation of the proportional sister face. Those of BIZ UDGothic
  are all of half width: right for dense ledgers, but running text would read like a typewriter. The digit 1 gets the width of
  the other digits, so that columns of figures align; curly quotes get a Western width.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/bizud-gothic")
TARGET = pathlib.Path(__file__).resolve().parent

LATIN = (
    set(range(0x20, 0x7F))
    | set(range(0xA0, 0x180))
    | {0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026}
)

# Room at each side of a curly quote, in units of 1/2048 em.
QUOTE_ROOM = 120


def rename(font: TTFont) -> None:
    """A cut that holds only Latin letters must not answer to the name of the full face (charts ask for it by name)."""
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            name = record.toUnicode()
            record.string = name.replace("BIZ UDPGothic", "BIZ UDPGothic Latin").replace("BIZUDPGothic", "BIZUDPGothicLatin")


def settle(font: TTFont) -> None:
    """Digits of one width, and quotes without the half-width room that Japanese typesetting gives them."""
    names, metrics, outlines = font.getBestCmap(), font["hmtx"], font["glyf"]

    def place(cp: int, advance: int, left: int) -> None:
        glyph = outlines[names[cp]]
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(outlines)
        metrics[names[cp]] = (advance, left)

    advance = metrics[names[ord("0")]][0]
    for cp in map(ord, "0123456789"):
        glyph = outlines[names[cp]]
        place(cp, advance, (advance - (glyph.xMax - glyph.xMin)) // 2)
    for cp in (0x2018, 0x2019, 0x201C, 0x201D):
        glyph = outlines[names[cp]]
        place(cp, glyph.xMax - glyph.xMin + 2 * QUOTE_ROOM, QUOTE_ROOM)


def cut(source: str, target: str, wanted: set[int] | None) -> None:
    path = SOURCE / source
    available = set(TTFont(path).getBestCmap())
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "meta", "vhea", "vmtx"]
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=available if wanted is None else wanted & available)
    subsetter.subset(font)
    if wanted is not None:
        rename(font)
        settle(font)
    # The time of the cut must not show in the file: the same source gives the same bytes.
    font.recalcTimestamp = False
    font.save(TARGET / target)
    print(target, (TARGET / target).stat().st_size, "bytes")


for weight in ("Regular", "Bold"):
    cut(f"BIZUDGothic-{weight}.ttf", f"BIZUDGothic-{weight}.ttf", None)
    cut(f"BIZUDPGothic-{weight}.ttf", f"BIZUDPGothic-Latin-{weight}.ttf", LATIN)
