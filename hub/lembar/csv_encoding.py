"""In which encoding a text file is written: told by its bytes, never by trying what gives the nicest letters."""

import codecs
import io
from dataclasses import dataclass

from hub.base.errors import InvalidInputError
from hub.base.temuan import INFO, WARNING, Temuan, display

_PIECE = 2**20  # bytes looked at at a time
_HEAD = 64 * 1024  # bytes in which the zeros of UTF-16 are counted
_MOST_BROKEN = 1_000
_NAMED_ROWS = 5

# what Windows-1252 has that people type here; ÿ, þ, ‰ or ¤ in a file are a sign that it is no text
_TYPED = frozenset(
    "àáâãäåçèéêëìíîïñòóôõöøùúûüýÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝß‘’‚“”„–—…•·°²³¹ªº½¼¾×÷±§©®™«»€£¿¡´¨¸`\xa0\xad".encode(
        "cp1252", "ignore"
    )
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1a")


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec`: Python's name of it; `skip`: bytes of a mark before the text; `broken`: rows, from 1, with bytes that are no letters,
    each of which is read as U+FFFD."""

    codec: str
    skip: int = 0
    broken: tuple[int, ...] = ()

    def lines(self, content: bytes) -> io.TextIOWrapper:
        """The text, lines ended in whatever way."""
        source = io.BytesIO(content)
        source.seek(self.skip)
        return io.TextIOWrapper(source, encoding=self.codec, errors="replace", newline=None)

    def head(self, content: bytes, size: int) -> str:
        """The beginning of the text, as far as so many bytes hold whole letters."""
        text = content[self.skip : self.skip + size].decode(self.codec, errors="ignore")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def said(self, name: str) -> tuple[Temuan, ...]:
        """What there is to say of it; nothing where it is UTF-8 and whole."""
        if self.broken:
            rows = ", ".join(map(display, self.broken[:_NAMED_ROWS])) + (
                f" dan {display(len(self.broken) - _NAMED_ROWS)} baris lain" if len(self.broken) > _NAMED_ROWS else ""
            )
            message = (
                f'{name}: baris {rows} berisi huruf yang rusak, dibaca sebagai "\ufffd"; periksa isinya, lalu simpan ulang sebagai '
                "CSV UTF-8."
            )
            return (Temuan("BERKAS_HURUF_RUSAK", WARNING, message, nilai=name),)
        if self.codec == "utf-8":
            return ()
        spoken = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}[self.codec]
        message = (
            f"{name} dibaca sebagai {spoken}; periksa huruf yang tidak biasa, atau simpan ulang sebagai CSV UTF-8."
        )
        return (Temuan("BERKAS_PENYANDIAN", INFO, message, nilai=name),)


def encoding_of(name: str, content: bytes) -> Encoding:
    """Raises InvalidInputError where it is none that is read here."""
    if content.startswith(codecs.BOM_UTF8):
        return _utf8(name, content, len(codecs.BOM_UTF8))
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark) and _wholly(content, codec):
            return Encoding(codec, len(mark))
    head = content[:_HEAD]
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # a Latin letter has one zero byte, always on the same side
        if zeros.count(0) * 2 > len(zeros) and head.count(0) < len(zeros) * 1.1 and _wholly(content, codec):
            return Encoding(codec)
    return _utf8(name, content, 0)


def _utf8(name: str, content: bytes, skip: int) -> Encoding:
    bad, rows, letters = _broken(content)
    if not bad:
        return Encoding("utf-8", skip)
    if not skip and not letters and _is_typed(content):
        return Encoding("cp1252")
    if (letters or skip) and bad <= _MOST_BROKEN:
        return Encoding("utf-8", skip, tuple(rows))
    raise InvalidInputError(f"{name}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")


def _broken(content: bytes) -> tuple[int, list[int], bool]:
    """Bytes that are not UTF-8, counted to a limit; their rows; whether there are letters of several bytes."""
    bad, rows, letters = 0, dict[int, None](), False
    start, line, length = 0, 1, len(content)
    while start < length:
        piece = content[start : start + _PIECE]
        last = start + len(piece) == length
        try:
            text, taken = codecs.utf_8_decode(piece, "strict", last)
        except UnicodeDecodeError as error:
            text, taken = piece[: error.start].decode(), error.end
            bad += 1
            rows[line + _line_ends(text)] = None
        letters = letters or not text.isascii()
        line += _line_ends(text)
        start += taken
        if bad > _MOST_BROKEN:
            break
    return bad, list(rows), letters


def _line_ends(text: str) -> int:
    ends = text.count("\n")
    return ends or text.count("\r")


def _is_typed(content: bytes) -> bool:
    used = set(content)
    return used.isdisjoint(_CONTROLS) and {b for b in used if b > 127} <= _TYPED


def _wholly(content: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE], start + _PIECE >= len(content))
    except UnicodeDecodeError:
        return False
    return True
