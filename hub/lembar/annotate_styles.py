"""The looks of cells in an XLSX: the same cell with another fill, and what the sheet of findings looks like. Looks are only added;
those that are there keep their numbers. Pure."""

import re

from hub.base.temuan import ERROR, INFO, WARNING
from hub.lembar.annotate_xml import Edits, attribute_in, root_of, with_attribute, without_attribute
from hub.lembar.xml_reader import BrokenError, number

# no palette has these: who sees one knows that the hub put it there
COLOURS = {ERROR: "FFF8C3BF", WARNING: "FFFCE3A9", INFO: "FFCBE1F6"}
_HEADER = "FF2F4A62"
_ORDER = (
    b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles", b"dxfs", b"tableStyles", b"colors",
    b"extLst",
)  # fmt: skip
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<styleSheet xmlns="%b"><borders count="1"><border/></borders>'
    b'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)
_FOREGROUND = re.compile(rb"fgColor\s[^>]*?rgb\s*=\s*[\"']([0-9A-Fa-f]{8})[\"']")
_OPENS = re.compile(rb"<(/?)")
_LONGEST_FILL = 2_000  # bytes of one that is kept


class Styles:
    """`xml`: the part; None where the book has none. `namespace`: the book's."""

    def __init__(self, xml: bytes | None, namespace: bytes) -> None:
        """Raises BrokenError."""
        self._xml = xml if xml is not None else _EMPTY % namespace
        self._root = root = root_of(self._xml)
        self._p = root.prefix
        if root.local != b"styleSheet" or root.empty:
            raise BrokenError
        self._lists = {c.local: c for c in root.children if c.local in _ORDER}
        self._looks = self._raw(b"cellXfs", b"xf")
        self._fills = self._raw(b"fills", b"fill")
        self._fonts = self._raw(b"fonts", b"font")
        self._were = {b"cellXfs": len(self._looks), b"fills": len(self._fills), b"fonts": len(self._fonts)}
        if not self._looks:
            self._looks.append(self._tag(b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'))
        if not self._fonts:
            self._fonts.append(self._tag(b"<font/>"))
        while len(self._fills) < 2:  # the first two are what every program takes for none and for dots
            kind = b"gray125" if self._fills else b"none"
            self._fills.append(self._tag(b'<fill><patternFill patternType="%b"/></fill>' % kind))
        self._found_looks = {_bare(look): i for i, look in reversed(list(enumerate(self._looks)))}
        self._of_level = {level: i for i, fill in enumerate(self._fills) if (level := _level(fill))}
        self._own_fills = frozenset(i for i, fill in enumerate(self._fills) if _level(fill))
        self._known: dict[tuple[int, str], int] = {}

    def marks(self) -> frozenset[int]:
        """The looks of the book that have a fill of the hub's."""
        return frozenset(i for i in range(len(self._looks)) if self._fill_of(i) in self._own_fills)

    def fill(self, look: int) -> str:
        """The fill of a look, to be given back later; "" where it has none."""
        at = self._fill_of(look)
        fill = self._fills[at] if 0 < at < len(self._fills) else b""
        return fill.decode() if len(fill) <= _LONGEST_FILL else ""

    def marked(self, look: int, level: str) -> int:
        """The same look with the fill of that level."""
        known = self._known.get((look, level))
        if known is None:
            if level not in self._of_level:
                self._of_level[level] = self._add_fill(COLOURS[level])
            known = self._known[look, level] = self._with_fill(look, self._of_level[level])
        return known

    def restored(self, look: int, fill: str) -> int:
        """The same look with the fill that it had."""
        key = (look, f"<{fill}")
        known = self._known.get(key)
        if known is None:
            at, raw = 0, fill.encode()
            if raw.startswith(self._tag(b"<fill")) and raw.endswith(b">") and _level(raw) is None:
                at = self._fills.index(raw) if raw in self._fills else len(self._fills)
                if at == len(self._fills):
                    self._fills.append(raw)
            known = self._known[key] = self._with_fill(look, at)
        return known

    def look(self, name: str) -> int:
        """One of the sheet of findings: title, header, text, link, answer."""
        fonts = {
            "title": self._tag(b'<font><b/><sz val="12"/><name val="Calibri"/></font>'),
            "header": self._tag(b'<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font>'),
            "link": self._tag(b'<font><u/><sz val="10"/><color rgb="FF0B5CAD"/><name val="Calibri"/></font>'),
        }
        font = self._in(self._fonts, fonts.get(name, self._tag(b'<font><sz val="10"/><name val="Calibri"/></font>')))
        fill = self._add_fill(_HEADER) if name == "header" else 0
        wrap = b"" if name == "title" else b' wrapText="1"'
        about = b' quotePrefix="1"' if name == "text" else b""
        inside = b'<alignment vertical="top"%b/>' % wrap
        protection = b' applyProtection="1"' if name == "answer" else b""
        inside += b'<protection locked="0"/>' if name == "answer" else b""
        look = (
            b'<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0"%b applyNumberFormat="1" applyFont="1" applyFill="1"'
            b' applyAlignment="1"%b>%b</xf>'
        ) % (49 if name in ("text", "answer") else 0, font, fill, about, protection, inside)
        return self._in_looks(self._tag(look))

    def xml(self) -> bytes:
        """The part with what was added."""
        edits = Edits(self._xml)
        for local, entries in ((b"fonts", self._fonts), (b"fills", self._fills), (b"cellXfs", self._looks)):
            new = entries[self._were[local] :]
            if not new:
                continue
            element = self._lists.get(local)
            if element is None:
                name = self._p + local
                whole = b'<%b count="%d">%b</%b>' % (name, len(entries), b"".join(new), name)
                edits.insert(self._place(local), whole)
            else:
                edits.append(element, b"".join(new))
                if not element.empty:
                    edits.set(element, b"count", str(len(entries)))
        return edits.made()

    def _raw(self, local: bytes, entry: bytes) -> list[bytes]:
        found = self._lists.get(local)
        return [self._xml[e.start : e.end] for e in found.all(entry)] if found else []

    def _tag(self, xml: bytes) -> bytes:
        """With the prefix that the book gives its elements."""
        return _OPENS.sub(rb"<\1" + self._p, xml) if self._p else xml

    def _place(self, local: bytes) -> int:
        later = _ORDER[_ORDER.index(local) + 1 :]
        following = [e.start for name, e in self._lists.items() if name in later]
        return min(following, default=self._root.close)

    def _fill_of(self, look: int) -> int:
        tag = self._looks[look] if 0 <= look < len(self._looks) else self._looks[0]
        return number(attribute_in(tag.partition(b">")[0], "fillId"), 0)

    def _with_fill(self, look: int, fill: int) -> int:
        raw = self._looks[look] if 0 <= look < len(self._looks) else self._looks[0]
        end = raw.index(b">") + 1
        tag = with_attribute(raw[:end], b"fillId", str(fill))
        if fill:
            tag = with_attribute(tag, b"applyFill", "1")
        return self._in_looks(tag + raw[end:])

    def _in_looks(self, raw: bytes) -> int:
        bare = _bare(raw)
        if bare not in self._found_looks:
            self._found_looks[bare] = len(self._looks)
            self._looks.append(raw)
        return self._found_looks[bare]

    def _add_fill(self, colour: str) -> int:
        fill = b'<fill><patternFill patternType="solid"><fgColor rgb="%b"/><bgColor indexed="64"/></patternFill></fill>'
        return self._in(self._fills, self._tag(fill % colour.encode()))

    @staticmethod
    def _in(entries: list[bytes], raw: bytes) -> int:
        if raw not in entries:
            entries.append(raw)
        return entries.index(raw)


def _bare(look: bytes) -> bytes:
    """What a look is, whether or not it says that its fill counts."""
    end = look.index(b">") + 1
    tag = without_attribute(look[:end], b"applyFill")
    return tag + look[end:]


def _level(fill: bytes) -> str | None:
    """Of which level a fill is; None: it is somebody else's."""
    found = _FOREGROUND.search(fill)  # the other colour is whatever a program likes, the nearest of its palette for one
    colour = found[1].decode().upper() if found else ""
    return next((level for level, own in COLOURS.items() if colour == own), None)
