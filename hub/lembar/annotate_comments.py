"""Notes at the cells of a worksheet: the part that holds their words, and the drawing that holds their boxes. What people wrote stays;
what the hub wrote before is taken out first. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence

from hub.lembar.annotate_notes import AUTHOR
from hub.lembar.annotate_xml import Edits, Element, cell_text, root_of, unescaped
from hub.lembar.sheet_limits import MOST_COLUMNS
from hub.lembar.sheet_rows import column_letters, spot
from hub.lembar.spots import Spot
from hub.lembar.xml_reader import BrokenError, number

_LINE = "———— Temuan hub ————"  # below it stand words of the hub's: not all programs keep who wrote a note
_LONGEST = 3_000  # letters of a note
_LETTERS_IN_LINE, _MOST_LINES = 42, 24
_BLOCK = 1024  # numbers of boxes that one drawing gets at a time
_THREADED = "tc="  # a conversation: the note is only for programs that know none
_BREAKS_BEHIND = re.compile(rb"(?:\s|&#10;|&#xA;|&#13;|_x000D_)+\Z")
_SHAPE = re.compile(rb"<(?P<name>(?:[\w\-]+:)?shape)(?=[\s>]).*?</(?P=name)\s*>\s*", re.DOTALL)
_ROW = re.compile(rb"<(?:[\w\-]+:)?Row>\s*(\d{1,7})\s*</")
_COLUMN = re.compile(rb"<(?:[\w\-]+:)?Column>\s*(\d{1,5})\s*</")
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})[\"']")
_IDMAP = re.compile(rb"(<(?:[\w\-]+:)?idmap\b[^>]*?\bdata\s*=\s*[\"'])([\d,\s]*)([\"'])")
_SPACES = (
    (b"v", b"urn:schemas-microsoft-com:vml"),
    (b"o", b"urn:schemas-microsoft-com:office:office"),
    (b"x", b"urn:schemas-microsoft-com:office:excel"),
)
_BOX_KIND = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    b'<v:shape%b id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:216pt;height:%dpt;'
    b'z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    b'<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%d, 15, %d, 2, %d, 31, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column>"
    b"</x:ClientData></v:shape>"
)


def new_comments(namespace: bytes) -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<comments xmlns="%b"><authors></authors><commentList>'
        b"</commentList></comments>"
    ) % namespace


def new_drawing() -> bytes:
    spaces = b" ".join(b'xmlns:%b="%b"' % s for s in _SPACES)
    return b'<xml %b><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>' % spaces


class Comments:
    """The words. `boxes_gone`, `boxes_new`: cells whose boxes have to go, or to come."""

    def __init__(self, xml: bytes) -> None:
        """Raises BrokenError."""
        self._xml = xml
        self._clean()
        self.boxes_new: dict[Spot, int] = {}

    def _clean(self) -> None:
        root, edits = self._parts(), Edits(self._xml)
        self.boxes_gone: set[Spot] = set()
        authors = self._authors(root)
        for comment in self._list(root).all(b"comment"):
            by = number(comment.get("authorId"), -1)
            is_ours = 0 <= by < len(authors) and authors[by] == AUTHOR
            if is_ours or self._without_ours(comment, edits):
                edits.replace(comment.start, comment.end, b"")
                if (at := spot(comment.get("ref") or "")) is not None:
                    self.boxes_gone.add(at)
        self._xml = edits.made()

    def _without_ours(self, comment: Element, edits: Edits) -> bool:
        """What the hub wrote below the words of somebody else goes; whether nothing else is there."""
        text = comment.child(b"text")
        pieces = (
            [(piece, piece if piece.local == b"t" else piece.child(b"t")) for piece in text.children] if text else []
        )
        places = [(piece, words) for piece, words in pieces if words is not None]
        before = b""
        for order, (piece, words) in enumerate(places):
            raw = self._xml[words.inner : words.close]
            at = raw.find(_LINE.encode())
            if at < 0:
                before += raw
                continue
            kept = _BREAKS_BEHIND.sub(b"", raw[:at])
            if not (before + kept).strip():
                return True
            if kept or piece is words:
                edits.replace(words.inner, words.close, kept)
            else:
                edits.replace(piece.start, piece.end, b"")
            for later, _ in places[order + 1 :]:
                edits.replace(later.start, later.end, b"")
            return False
        return False

    def write(self, notes: Mapping[Spot, str]) -> None:
        """One note at each of these cells; below what somebody wrote there, where somebody did."""
        root, edits = self._parts(), Edits(self._xml)
        authors, listed = self._authors(root), self._list(root)
        p = root.prefix
        present = {at: c for c in listed.all(b"comment") if (at := spot(c.get("ref") or "")) is not None}
        ours = authors.index(AUTHOR) if AUTHOR in authors else len(authors)
        new: list[bytes] = []
        for at, words in sorted(notes.items()):
            words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
            old = present.get(at)
            if old is None:
                name = f"{column_letters(at[1] + 1)}{at[0]}".encode()
                new.append(
                    b'<%bcomment ref="%b" authorId="%d"><%btext>%b</%btext></%bcomment>'
                    % (p, name, ours, p, self._run(p, f"{_LINE}\n{words}"), p, p)
                )
                self.boxes_new[at] = _lines(words)
            elif not self._is_thread(old, authors) and (text := old.child(b"text")) is not None:
                edits.append(text, self._run(p, f"\n{_LINE}\n{words}"))
        if new:
            if ours == len(authors):
                edits.append(self._author_list(root), b"<%bauthor>%b</%bauthor>" % (p, cell_text(AUTHOR), p))
            edits.append(listed, b"".join(new))
        self._xml = edits.made()

    def xml(self) -> bytes:
        return self._xml

    @property
    def is_empty(self) -> bool:
        return not self._list(self._parts()).children

    @staticmethod
    def _run(p: bytes, words: str) -> bytes:
        return b'<%br><%bt xml:space="preserve">%b</%bt></%br>' % (p, p, cell_text(words), p, p)

    def _parts(self) -> Element:
        root = root_of(self._xml)
        if root.local != b"comments":
            raise BrokenError
        return root

    def _authors(self, root: Element) -> list[str]:
        return [
            unescaped(self._xml[a.inner : a.close].decode("utf-8", "replace")).strip()
            for a in self._author_list(root).all(b"author")
        ]

    @staticmethod
    def _author_list(root: Element) -> Element:
        found = root.child(b"authors")
        if found is None:
            raise BrokenError
        return found

    @staticmethod
    def _list(root: Element) -> Element:
        found = root.child(b"commentList")
        if found is None:
            raise BrokenError
        return found

    @staticmethod
    def _is_thread(comment: Element, authors: Sequence[str]) -> bool:
        by = number(comment.get("authorId"), -1)
        return 0 <= by < len(authors) and authors[by].startswith(_THREADED)


def with_boxes(xml: bytes, gone: Collection[Spot], new: Mapping[Spot, int], taken: set[int]) -> bytes:
    """The drawing without the boxes of some cells and with those of others. `new`: cell → lines of its note; `taken`: blocks of
    numbers that other drawings have; those taken here are added. Raises BrokenError."""
    if gone:
        xml = _SHAPE.sub(lambda shape: b"" if _cell_of(shape[0]) in gone else shape[0], xml)
    if not new:
        return xml
    end = xml.rfind(b"</")
    if end < 0:
        raise BrokenError
    head = xml[: xml.find(b">", xml.find(b"<xml")) + 1]
    declared = b"".join(b' xmlns:%b="%b"' % s for s in _SPACES if b'xmlns:%b="%b"' % s not in head)
    numbers = _numbers(xml, len(new), taken)
    boxes = [] if b"_x0000_t202" in xml[:end] and b"shapetype" in xml else [_BOX_KIND % declared]
    for order, ((row, column), lines) in enumerate(sorted(new.items()), 1):
        left = min(column + 1, MOST_COLUMNS - 6)
        top = max(row - 2, 0)
        boxes.append(
            _BOX
            % (
                declared, numbers[order - 1], 12 * lines + 8, order, left, top, left + 4, top + lines, row - 1, column,
            )
        )  # fmt: skip
    xml = xml[:end] + b"".join(boxes) + xml[end:]
    return _with_blocks(xml, {n // _BLOCK for n in numbers})


def blocks_of(xml: bytes) -> set[int]:
    """The blocks of numbers that a drawing has for its boxes."""
    listed = {int(n) for found in _IDMAP.finditer(xml) for n in found[2].split(b",") if n.strip().isdigit()}
    return listed | {int(n) // _BLOCK for n in _SHAPE_NUMBER.findall(xml)}


def _numbers(xml: bytes, count: int, taken: set[int]) -> list[int]:
    """So many that no box has."""
    used = {int(n) for n in _SHAPE_NUMBER.findall(xml)}
    block = 1
    found: list[int] = []
    while len(found) < count:
        while block in taken:
            block += 1
        taken.add(block)
        found += [n for n in range(block * _BLOCK + 1, (block + 1) * _BLOCK) if n not in used]
    return found[:count]


def _with_blocks(xml: bytes, blocks: set[int]) -> bytes:
    found = _IDMAP.search(xml)
    if found is None:
        return xml
    listed = [n.strip().decode() for n in found[2].split(b",") if n.strip()]
    new = ",".join([*listed, *(str(b) for b in sorted(blocks) if str(b) not in listed)])
    return xml[: found.start(2)] + new.encode() + xml[found.end(2) :]


def _cell_of(shape: bytes) -> Spot | None:
    if b"Note" not in shape:
        return None
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1])) if row and column else None


def _lines(words: str) -> int:
    return min(sum(len(line) // _LETTERS_IN_LINE + 1 for line in words.split("\n")) + 1, _MOST_LINES)
