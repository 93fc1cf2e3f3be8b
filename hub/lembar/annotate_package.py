"""A packed file with some of its parts changed and others added: what is not touched goes over as it is packed, in its old order.
Pure."""

import io
import posixpath
import struct
import zipfile
from copy import copy

from hub.lembar.annotate_xml import Edits, as_utf8, escaped, prefix_of, root_of
from hub.lembar.sheet_limits import UNPACKED
from hub.lembar.xlsx_book import Parts
from hub.lembar.xml_reader import BrokenError

_LOCAL = struct.Struct("<4s5H3L2H")
_SIZES_FOLLOW = 0x08
_ZIP64 = 1
_NEVER = (1980, 1, 1, 0, 0, 0)
_RELATIONS = b"http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


class Package:
    """The parts of a packed file by their names, in whatever letters."""

    def __init__(self, content: bytes) -> None:
        """Raises zipfile.BadZipFile; BrokenError where it unfolds to more than is read."""
        self._content = content
        self._packed = zipfile.ZipFile(io.BytesIO(content))
        self._members = {_key(m.filename): m for m in self._packed.infolist()}
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, tuple[str, bytes]] = {}
        self.parts = Parts(self._packed)
        if sum(m.file_size for m in self._packed.infolist()) > UNPACKED:
            raise BrokenError

    def has(self, part: str) -> bool:
        return _key(part) in self._members or _key(part) in self._added

    def names(self) -> list[str]:
        """All, in small letters."""
        return [*self._members, *self._added]

    def read(self, part: str) -> bytes:
        """Its text as it is by now, in UTF-8. Raises KeyError."""
        key = _key(part)
        if key in self._added:
            return self._added[key][1]
        if key not in self._changed:
            return as_utf8(self._packed.read(self._members[key]))
        return self._changed[key]

    def put(self, part: str, content: bytes) -> None:
        key = _key(part)
        if key in self._members:
            self._changed[key] = content
        else:
            self._added[key] = part, content

    def free_name(self, form: str) -> str:
        """ "xl/comments{}.xml" with the first number that no part has."""
        number = 1
        while self.has(form.format(number)):
            number += 1
        return form.format(number)

    def made(self) -> bytes:
        """The whole file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for member in self._packed.infolist():
                new = self._changed.get(_key(member.filename))
                if new is None or self._members[_key(member.filename)] is not member:
                    self._copy(member, made)
                else:
                    self._write(member.filename, new, made, member.date_time)
            for name, content in self._added.values():
                self._write(name, content, made, _NEVER)
            made.comment = self._packed.comment
        return out.getvalue()

    def _copy(self, member: zipfile.ZipInfo, made: zipfile.ZipFile) -> None:
        start = member.header_offset
        fields = _LOCAL.unpack_from(self._content, start)
        data = start + _LOCAL.size + fields[-2] + fields[-1]
        extra = self._content[start + _LOCAL.size + fields[-2] : data]
        whole = copy(member)
        whole.flag_bits &= ~_SIZES_FOLLOW  # they stand before it now
        whole.header_offset = made.fp.tell()  # type: ignore[union-attr]
        whole.extra = _without_zip64(extra)
        made.fp.write(whole.FileHeader(zip64=False))  # type: ignore[union-attr]
        made.fp.write(self._content[data : data + member.compress_size])  # type: ignore[union-attr]
        whole.extra = _without_zip64(member.extra)
        made.filelist.append(whole)
        made.NameToInfo[whole.filename] = whole
        made.start_dir = made.fp.tell()  # type: ignore[union-attr]

    @staticmethod
    def _write(name: str, content: bytes, made: zipfile.ZipFile, when: tuple[int, int, int, int, int, int]) -> None:
        info = zipfile.ZipInfo(name, when)
        info.compress_type = zipfile.ZIP_DEFLATED
        made.writestr(info, content)


class Relations:
    """What a part links to, and more of it."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._folder = package, posixpath.dirname(part)
        self._part = f"{self._folder}/_rels/{posixpath.basename(part)}.rels".lstrip("/")
        if package.has(self._part):
            self._xml = package.read(self._part)
        else:
            self._xml = _DECLARATION + b'<Relationships xmlns="' + _RELATIONS + b'"></Relationships>'

    def find(self, kind: str) -> list[tuple[str, str]]:
        """Those of that kind (its last word): id, part."""
        links = root_of(self._xml).all(b"Relationship")
        return [
            (link.get("Id") or "", self._where(link.get("Target") or ""))
            for link in links
            if (link.get("Type") or "").rpartition("/")[2] == kind and link.get("TargetMode") != "External"
        ]

    def add(self, kind: str, part: str) -> str:
        """`kind`: the whole of it. The id."""
        root = root_of(self._xml)
        taken = {link.get("Id") for link in root.children}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        target = posixpath.relpath(part, self._folder or ".")
        link = b'<%bRelationship Id="rId%d" Type="%b" Target="%b"/>' % (
            root.prefix, number, escaped(kind), escaped(target),
        )  # fmt: skip
        edits = Edits(self._xml)
        edits.append(root, link)
        self._xml = edits.made()
        self._package.put(self._part, self._xml)
        return f"rId{number}"

    def _where(self, target: str) -> str:
        target = target.replace("\\", "/")
        joined = target if target.startswith("/") else f"{self._folder}/{target}"
        return posixpath.normpath(joined).lstrip("/")


class ContentTypes:
    """Of what kind each part is."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def add(self, part: str, kind: str) -> None:
        self._append(b"Override", "PartName", f"/{part}", kind)

    def add_default(self, ending: str, kind: str) -> None:
        self._append(b"Default", "Extension", ending, kind)

    def _append(self, what: bytes, of: str, value: str, kind: str) -> None:
        name = "[Content_Types].xml"
        xml = self._package.read(name)
        root = root_of(xml)
        if any((e.get(of) or "").lower() == value.lower() for e in root.all(what)):
            return
        new = b'<%b%b %b="%b" ContentType="%b"/>' % (root.prefix, what, of.encode(), escaped(value), escaped(kind))
        edits = Edits(xml)
        defaults = root.all(b"Default")
        if what == b"Default" and defaults:
            edits.insert(defaults[-1].end, new)
        else:
            edits.append(root, new)
        self._package.put(name, edits.made())


def relations_prefix(attributes: bytes) -> bytes | None:
    """The prefix that a sheet or a book gives the namespace of relations."""
    return prefix_of(attributes, *(r.encode() for r in RELATIONS_OF.values()))


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS_OF = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""By whether a book is strict."""


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _without_zip64(extra: bytes) -> bytes:
    """Sizes of large members; those here are written anew."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
