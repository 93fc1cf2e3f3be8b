"""An XLSX with findings at its cells: marks, notes and a sheet of them all. Its own parts are added to; whatever does not have to change
goes over byte for byte. What the hub put into it before is taken out first. Pure."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence

from hub.lembar.annotate_cells import Wanted, with_looks
from hub.lembar.annotate_comments import Comments, blocks_of, new_comments, new_drawing, with_boxes
from hub.lembar.annotate_findings import SHEET, findings_sheet
from hub.lembar.annotate_notes import Earlier, Note, gravest, of_sheets
from hub.lembar.annotate_package import RELATIONS_OF, STRICT, ContentTypes, Package, Relations, relations_prefix
from hub.lembar.annotate_styles import Styles
from hub.lembar.annotate_xml import Edits, Element, elements, escaped, root_of, tags
from hub.lembar.plain_text import plain
from hub.lembar.spots import Spot
from hub.lembar.xlsx_book import Parts, book_part
from hub.lembar.xml_reader import BrokenError, number

MOST_NOTES = 20_000
"""Cells of a book that get a note."""
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_TYPES_READ = 2**20  # bytes
_UNREADABLE = (NotImplementedError, RuntimeError, EOFError, KeyError, OSError, ValueError)
_BEHIND = frozenset(
    (b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems", b"tableParts", b"extLst",
     b"AlternateContent")
)  # fmt: skip


class _Sheet:
    """A worksheet of the book: `name` as it is written there."""

    def __init__(self, name: str, part: str, marks: dict[Spot, list[Note]]) -> None:
        self.name, self.part, self.marks = name, part, marks


def annotated_book(content: bytes, notes: Sequence[Note], earlier: Earlier | None) -> bytes:
    """Raises BrokenError where its parts are not those of a workbook."""
    try:
        return _Book(content, notes, earlier).made()
    except (zipfile.BadZipFile, zlib.error, *_UNREADABLE):
        raise BrokenError from None


def ending_of(content: bytes) -> str | None:
    """How names of such a file end: "xlsx", "xlsm" …; None where it is no XLSX of any kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = Parts(packed)
            if parts.has("content.xml") or book_part(parts).endswith(".bin"):
                return None
            with parts.open("[Content_Types].xml") as types:
                kinds = types.read(_TYPES_READ)
    except (zipfile.BadZipFile, zlib.error, *_UNREADABLE):
        return None
    template = b"sheet.template" in kinds or b".template.macroEnabled" in kinds
    return f"xl{'t' if template else 's'}{'m' if b'macroEnabled' in kinds else 'x'}"


class _Book:
    def __init__(self, content: bytes, notes: Sequence[Note], earlier: Earlier | None) -> None:
        self._package = package = Package(content)
        self._types = ContentTypes(package)
        self._notes, self._earlier = notes, earlier
        self._part = book_part(package.parts)
        self._xml = package.read(self._part)
        self._root = root_of(self._xml)
        self._relations = Relations(package, self._part)
        space = _space_of(self._root)
        self._strict, self._space = space == STRICT, space
        self._kinds = RELATIONS_OF[self._strict]
        styles = self._relations.find("styles")
        self._styles_part = styles[0][1] if styles and package.has(styles[0][1]) else None
        self._styles = Styles(package.read(self._styles_part) if self._styles_part else None, space)
        self._old_marks = self._styles.marks()  # also where somebody has thrown the sheet of findings away
        self._sheets, self._own = self._find_sheets()
        self._taken = {b for name in package.names() if name.endswith(".vml") for b in blocks_of(package.read(name))}
        self._fills: dict[tuple[str, Spot], str] = {}
        self._notes_left = MOST_NOTES

    def made(self) -> bytes:
        for said, sheet in self._sheets.items():
            if sheet.marks or self._old_marks or self._earlier is not None:
                self._mark(said, sheet)
        self._put_findings()
        self._put_styles()
        return self._package.made()

    def _find_sheets(self) -> tuple[dict[str, _Sheet], str | None]:
        """The worksheets by the names that the hub gives them, and the part of the findings of an earlier time."""
        marks = of_sheets(self._notes)
        where = dict(self._relations.find("worksheet"))
        found: dict[str, _Sheet] = {}
        own = None
        listed = self._root.child(b"sheets")
        if listed is None:
            raise BrokenError
        for entry in listed.all(b"sheet"):
            name, part = entry.get("name") or "", where.get(entry.get("id") or "")
            if part is None or not self._package.has(part):
                continue
            said = plain(name)
            if self._earlier is not None and said == self._earlier.sheet and own is None:
                own = part
            elif said not in found:
                found[said] = _Sheet(name, part, marks.get(said, {}))
        return found, own

    # ---------- a sheet ----------

    def _mark(self, said: str, sheet: _Sheet) -> None:
        xml = self._package.read(sheet.part)
        wanted: dict[int, list[int]] = {}
        for row, column in sorted(sheet.marks):
            wanted.setdefault(row, []).append(column)
        old = self._earlier.fills if self._earlier is not None else {}

        def look_of(at: Spot, look: int) -> int:
            if look in self._old_marks:
                look = self._styles.restored(look, old.get((said, *at), ""))
            notes = sheet.marks.get(at)
            if not notes:
                return look
            self._fills[said, at] = self._styles.fill(look)
            return self._styles.marked(look, gravest(notes))

        changed, cells_end = with_looks(xml, Wanted(wanted, look_of, self._old_marks))
        changed = self._with_notes(sheet, changed, cells_end)
        if changed != xml:
            self._package.put(sheet.part, changed)

    def _with_notes(self, sheet: _Sheet, xml: bytes, cells_end: int) -> bytes:
        relations = Relations(self._package, sheet.part)
        linked = [part for _, part in relations.find("comments") if self._package.has(part)]
        words = {at: "\n\n".join(n.words for n in notes) for at, notes in sorted(sheet.marks.items())}
        words = dict(list(words.items())[: self._notes_left])
        self._notes_left -= len(words)
        if not linked and not words:
            return xml
        before = self._package.read(linked[0]) if linked else new_comments(self._space)
        comments = Comments(before)
        comments.write(words)
        if linked and comments.xml() == before:
            return xml
        part = linked[0] if linked else self._package.free_name("xl/comments{}.xml")
        self._package.put(part, comments.xml())
        if not linked:
            self._types.add(part, _KIND.format("comments"))
            relations.add(f"{self._kinds}/comments", part)
        if comments.boxes_gone or comments.boxes_new:
            xml = self._with_boxes(comments, relations, xml, cells_end)
        return xml

    def _with_boxes(self, comments: Comments, relations: Relations, xml: bytes, cells_end: int) -> bytes:
        below = elements(xml, cells_end)
        drawn = next((e for e in below if e.local == b"legacyDrawing"), None)
        drawings = dict(relations.find("vmlDrawing"))
        part = drawings.get(drawn.get("id") or "") if drawn is not None else None
        if part is None or not self._package.has(part):
            part = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            self._package.put(part, new_drawing())
            self._types.add_default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            link = relations.add(f"{self._kinds}/vmlDrawing", part)
            xml = self._with_drawing(xml, below, drawn, link)
        drawing = with_boxes(self._package.read(part), comments.boxes_gone, comments.boxes_new, self._taken)
        self._package.put(part, drawing)
        return xml

    def _with_drawing(self, xml: bytes, below: list[Element], drawn: Element | None, link: str) -> bytes:
        root = next(tags(xml))
        prefix = root["name"][: -len(b"worksheet")]
        relations = relations_prefix(root["attributes"])
        space = b"" if relations else b' xmlns:r="%b"' % self._kinds.encode()
        new = b'<%blegacyDrawing%b %bid="%b"/>' % (prefix, space, relations or b"r:", escaped(link))
        edits = Edits(xml)
        if drawn is not None:  # it leads nowhere
            edits.replace(drawn.start, drawn.end, new)
            return edits.made()
        at = xml.rindex(b"</")
        for element in reversed(below):
            if element.local not in _BEHIND:
                break
            at = element.start
        edits.insert(at, new)
        return edits.made()

    # ---------- what the book has once ----------

    def _put_findings(self) -> None:
        names = {said: sheet.name for said, sheet in self._sheets.items()}
        xml = findings_sheet(
            self._notes,
            lambda said: names.get(said, said),
            lambda said, at: self._fills.get((said, at), ""),
            self._styles.look,
            self._space,
        )
        if self._own is not None:
            self._package.put(self._own, xml)
            return
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.put(part, xml)
        self._types.add(part, _KIND.format("worksheet"))
        link = self._relations.add(f"{self._kinds}/worksheet", part)
        listed = self._root.child(b"sheets")
        if listed is None:
            raise BrokenError
        ids = [number(e.get("sheetId"), 0) for e in listed.all(b"sheet")]
        taken = {(e.get("name") or "").casefold() for e in listed.all(b"sheet")}
        name = next(n for n in (SHEET, *(f"{SHEET} ({i})" for i in range(2, 1_000))) if n.casefold() not in taken)
        relations = relations_prefix(self._root.attributes)
        space = b"" if relations else b' xmlns:r="%b"' % self._kinds.encode()
        entry = b'<%bsheet%b name="%b" sheetId="%d" %bid="%b"/>' % (
            self._root.prefix, space, escaped(name), max(ids, default=0) + 1, relations or b"r:", escaped(link),
        )  # fmt: skip
        edits = Edits(self._xml)
        edits.append(listed, entry)
        self._package.put(self._part, edits.made())

    def _put_styles(self) -> None:
        if self._styles_part is not None:
            self._package.put(self._styles_part, self._styles.xml())
            return
        usual = "xl/styles.xml"
        part = self._package.free_name("xl/styles{}.xml") if self._package.has(usual) else usual
        self._package.put(part, self._styles.xml())
        self._types.add(part, _KIND.format("styles"))
        self._relations.add(f"{self._kinds}/styles", part)


def _space_of(root: Element) -> bytes:
    """The namespace of an element itself."""
    wanted = b"xmlns:" + root.prefix[:-1] if root.prefix else b"xmlns"
    return _namespace(root.attributes, wanted)


def _namespace(attributes: bytes, name: bytes) -> bytes:
    found = re.search(rb"(?:^|\s)" + re.escape(name) + rb"\s*=\s*[\"']([^\"']*)[\"']", attributes)
    if found is None:
        raise BrokenError
    return found[1]
