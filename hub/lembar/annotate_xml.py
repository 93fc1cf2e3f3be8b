"""XML changed where it has to be and nowhere else: elements as places in the bytes, and edits that leave what is around them as it
is: prefixes, order of attributes, blanks, what nobody here knows. For parts that a parser has taken before. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from hub.lembar.xml_reader import BrokenError

# what is no element, or an element's beginning or end; each part takes all it can at once, so that nothing is tried twice
TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)(?P<name>[^\s/>!?]++)"
    rb"(?P<attributes>(?:[^\"'>/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([^\s=\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.\-]+)[\"'][^>]*?\?>", re.IGNORECASE)
_DEEPEST = 200
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY = re.compile(r"&(?:lt|gt|quot|apos|amp|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TO_ESCAPE = re.compile('[&<>"]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class Element:
    """Where it begins, where its content begins and ends, where it ends. `name`: as written, with its prefix."""

    name: bytes
    attributes: bytes
    start: int
    inner: int
    close: int = -1
    end: int = -1
    empty: bool = False
    children: "list[Element]" = field(default_factory=list)

    @property
    def local(self) -> bytes:
        return self.name.rpartition(b":")[2]

    @property
    def prefix(self) -> bytes:
        """ "x:", or nothing."""
        return self.name[: -len(self.local)]

    def get(self, name: str) -> str | None:
        """The value of an attribute, whatever its prefix."""
        return attribute_in(self.attributes, name)

    def child(self, local: bytes) -> "Element | None":
        return next((c for c in self.children if c.local == local), None)

    def all(self, local: bytes) -> "list[Element]":
        return [c for c in self.children if c.local == local]


class Edits:
    """Changes of one text, made all at once."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._edits: list[tuple[int, int, int, bytes]] = []

    def replace(self, start: int, end: int, new: bytes) -> None:
        self._edits.append((start, end, len(self._edits), new))

    def insert(self, at: int, new: bytes) -> None:
        self.replace(at, at, new)

    def append(self, element: Element, new: bytes) -> None:
        """As the last of its content."""
        if element.empty:
            self.replace(element.end - 2, element.end, b">" + new + b"</" + element.name + b">")
        else:
            self.insert(element.close, new)

    def set(self, element: Element, name: bytes, value: str) -> None:
        """An attribute of it."""
        end = element.inner if not element.empty else element.end
        self.replace(element.start, end, with_attribute(self._xml[element.start : end], name, value))

    def made(self) -> bytes:
        pieces, at = [], 0
        for start, end, _, new in sorted(self._edits):
            pieces += [self._xml[at:start], new]
            at = max(at, end)
        return b"".join([*pieces, self._xml[at:]])


def root_of(xml: bytes) -> Element:
    """The element that holds all others. Raises BrokenError."""
    found = elements(xml)
    if not found:
        raise BrokenError
    return found[-1]


def elements(xml: bytes, start: int = 0) -> list[Element]:
    """The elements beside each other from there on, with what they hold; up to the end of the one they stand in. Raises
    BrokenError."""
    top: list[Element] = []
    open_: list[Element] = []
    for tag in tags(xml, start):
        if tag["end"]:
            if not open_:
                break
            element = open_.pop()
            element.close, element.end = tag.start(), tag.end()
            continue
        element = Element(tag["name"], tag["attributes"], tag.start(), tag.end())
        (open_[-1].children if open_ else top).append(element)
        if tag["empty"]:
            element.close, element.end, element.empty = element.inner, element.inner, True
        else:
            open_.append(element)
            if len(open_) > _DEEPEST:
                raise BrokenError
    if open_:
        raise BrokenError
    return top


def tags(xml: bytes, start: int = 0) -> Iterator[re.Match[bytes]]:
    """Beginnings and ends of elements."""
    return (tag for tag in TAG.finditer(xml, start) if tag["name"] is not None)


def attribute_in(attributes: bytes, name: str) -> str | None:
    wanted = name.encode()
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].rpartition(b":")[2] == wanted and not found[1].startswith(b"xmlns"):
            return unescaped(found[2][1:-1].decode("utf-8", "replace"))
    return None


def with_attribute(tag: bytes, name: bytes, value: str) -> bytes:
    """The beginning of an element with that attribute, in the place of the one that it has."""
    new = name + b'="' + escaped(value) + b'"'
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return tag[: found.start()] + new + tag[found.end() :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + new + tag[end:]


def without_attribute(tag: bytes, name: bytes) -> bytes:
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return tag[: found.start()].rstrip() + tag[found.end() :]
    return tag


def prefix_of(attributes: bytes, *namespaces: bytes) -> bytes | None:
    """The prefix, with its colon, that an element declares for one of these namespaces; None where it declares none."""
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].startswith(b"xmlns:") and found[2][1:-1] in namespaces:
            return found[1][6:] + b":"
    return None


def as_utf8(xml: bytes) -> bytes:
    """The text in UTF-8, which nearly every part is in already."""
    codec = _UTF16.get(xml[:2])
    declared = None if codec else _DECLARED.match(xml.removeprefix(b"\xef\xbb\xbf")[:300])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        codec = declared[1].decode("ascii")
    if codec is None:
        return xml
    try:
        text = xml.decode(codec).lstrip("\ufeff")
    except (LookupError, UnicodeDecodeError):
        raise BrokenError from None
    return re.sub(r"(<\?xml[^>]*?encoding\s*=\s*[\"'])[\w.\-]+", r"\g<1>UTF-8", text, count=1).encode()


def escaped(text: str) -> bytes:
    """As it stands in an element or in an attribute."""
    if _TO_ESCAPE.search(text) is None:
        return text.encode()
    text = _NO_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.encode()


@lru_cache(10_000)
def cell_text(text: str) -> bytes:
    """As it stands in a cell or in a note: what looks like a sign that spreadsheets write there as _x000D_ stays as it is."""
    return escaped(_LIKE_ESCAPED.sub("_x005F_", text) if "_x" in text else text)


def unescaped(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        if found[1] or found[2]:
            code = int(found[1]) if found[1] else int(found[2], 16)
            return chr(code) if code < 0x110000 else ""
        return _ENTITIES[found[0]]

    return _ENTITY.sub(sign, text) if "&" in text else text
