"""What the words of a row tell of it, whatever the table is about: numbers, marks in front, levels, the foot of a page. Pure."""

import re
from collections.abc import Sequence

from hub.base.region_names import level_of_prefix

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip
_UNIT = re.compile(
    r"\(?\s*(dalam\s+)?(rp\.?|rupiah|juta(an)?( rupiah| rp\.?)?|ribu(an)?( rupiah| rp\.?)?|%|persen|kk|kpm|jiwa|orang|org|"
    r"anak|keluarga|unit|buah|paket|lembaga|desa|kel(urahan)?|kelompok|kube|kg|ton|m2|ha)\s*\)?",
    re.IGNORECASE,
)
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(\d{1,3}|[a-z]{1,5})\s*[)\].]?\s*([=:(].*)?", re.IGNORECASE)
_MARK = re.compile(r"\s*(\d{1,3}|[A-Za-z]{1,5})\s*[.)]\s*(?=\S)|\s*(\d{1,3}|[A-Za-z]{1,5})\s*[.)]?\s*$")
_NUMBER_TITLES = frozenset(("no", "nomor", "nourut", "nomorurut", "urut"))
_BULLET = ("-", "•", "–", "*", "·", "○", "▪")
_TOTAL = re.compile(
    r"\W*(((sub|grand)\W*)?(jumlah|total|jml)\b|t\W?o\W?t\W?a\W?l\b|j\W?u\W?m\W?l\W?a\W?h\b|rata\W?rata\b)",
    re.IGNORECASE,
)
_MONTH = r"(jan(uari)?|feb(ruari)?|pebruari|mar(et)?|apr(il)?|mei|jun[ei]?|jul[yi]?|agu?s?t?(ustus)?|sept?(ember)?|okt(ober)?|nov(ember)?|nop(ember)?|des(ember)?)"  # fmt: skip
_FOOT = re.compile(
    r"""\W*(
      sumber\s*((data|informasi|dokumen)\s*)?:
    | (keterangan|ket|catatan|note|nb|penjelasan|ctt)\s*\.?\s*(:|\*|$)
    | (mengetahui|menyetujui|mengesahkan|disetujui|diketahui|disahkan|dibuat|disusun|diperiksa|diverifikasi)\s*(oleh\b|:|,|/|$)
    | nip\b\.?\s*[:.]?\s*(\d|$|\.|-|_)
    | (tembusan|lampiran)\s*:
    | (halaman|hal\.|page)\s*\d+(\s*(dari|/|of)\s*\d+)?\s*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNED = re.compile(
    r"""\W*(
      sumber\s+(data|informasi|dokumen)\b
    | (a\.?\s?n\.?|plt\.?|plh\.?|u\.?b\.?)\s+(kepala|sekretaris|kabid|bupati|wali\s?kota|camat|gubernur)\b
    | (kepala|sekretaris|kabid|pejabat|pelaksana\s+tugas|operator|petugas|penanggung\s?jawab)\s+
      (dinas|badan|bidang|bagian|seksi|sub|upt|pelaksana|pembuat|entri|input|data|pengelola|pendata|operator)\b
    | yang\s+(membuat|melaporkan|mengesahkan|bertanda)\b
    | (pembina|penata|pengatur)\s*(tk|tingkat|muda|utama|madya|,|/|$)
    | data\s+(diolah|diambil|dikutip|bersumber|sementara)\b
    | (dicetak|diunduh)\s+(pada|tanggal|dari|:)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CAPTION = re.compile(r"\W*tabel\s*[\d.]*\d\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(lanjutan|sambungan|lanj)\b", re.IGNORECASE)
_NOTE = re.compile(r"\(?\s*\*+\s*\)?")
_PLACE_AND_DAY = re.compile(
    rf"[^,\d]{{2,40}},\s*((tanggal|tgl)\b.*|[\d\W_]{{0,20}}\b{_MONTH}\b[\W_]*((19|20)\d\d|\d\d|20\W*)?\W*|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|"
    r"[\W_]{3,}\s*(20\d\d)?)",
    re.IGNORECASE,
)


def letters_of(text: str) -> str:
    """What two ways of writing a title have in common: letters and digits, small: "S A S A R A N" → "sasaran"."""
    small = text.casefold()
    return small if small.isalnum() else "".join(h for h in small if h.isalnum())


def is_number_title(text: str) -> bool:
    """Whether a title is that of row numbers."""
    return letters_of(text) in _NUMBER_TITLES


def is_unit(text: str) -> bool:
    """Whether a title only says in what is counted: "(KK)", "Rp", "%", "dalam juta rupiah"."""
    return _UNIT.fullmatch(text) is not None


def is_figure(text: str) -> bool:
    """Whether a cell counts something, or says that there is nothing to count: "12", "1.799 KK", "Rp. 5.000.-", "-"."""
    first = text[0]
    if first.isdigit():
        return not _is_long_number(text)
    if first in "-–—+(.,":
        return not any(h.isalpha() for h in text)
    small = text[:5].casefold()
    return (small.startswith(("rp", "idr")) and any(h.isdigit() for h in text)) or text.casefold() == "nihil"


def _is_long_number(text: str) -> bool:
    """A number of a person or a paper, or a day: nothing that counts."""
    digits = sum(1 for h in text if h.isdigit())
    return digits > 14 or (len(text) > 6 and re.search(rf"\b{_MONTH}\b", text, re.IGNORECASE) is not None)


def column_numbers(text: str) -> tuple[int, ...]:
    """What it may say where it is the number of a column: "(3)", "3", "3=1+2", "c", "III" → 3."""
    match = _COLUMN_NUMBER.fullmatch(text)
    if match is None:
        return ()
    if match[1].isdigit():
        return (int(match[1]),)
    small = match[1].casefold()
    roman = (_ROMAN.index(small) + 1,) if small in _ROMAN else ()
    return (*roman, ord(small) - 96) if len(small) == 1 else roman


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether these only number the columns: 1, 2, 3; (1), (2), (3); 1, 2, 3=1+2; a, b, c; I, II, III."""
    return len(texts) > 1 and all(n in column_numbers(t) for n, t in enumerate(texts, 1))


def mark_of(text: str) -> tuple[str | None, str]:
    """The kind of mark in front of a text ("A" letter, "a" small letter, "I" Roman, "1" number) and the rest of it."""
    match = _MARK.match(text)
    if match is None:
        return None, text
    mark, rest = match[1] or match[2], text[match.end() :]
    if mark.isdigit():
        return "1", rest
    if mark.casefold() in _ROMAN and (len(mark) > 1 or mark in "IVXivx"):
        return "I" if mark.isupper() else "i", rest
    if len(mark) == 1:
        return "A" if mark.isupper() else "a", rest
    return None, text


def level_named(text: str) -> int | None:
    """The level of a region whose kind is written in front of its name, after a mark or a bullet: "A. KECAMATAN X" → 3."""
    _, rest = mark_of(text)
    return level_of_prefix(rest.lstrip("-•–*· :"))


def has_bullet(text: str) -> bool:
    return text.startswith(_BULLET)


def is_total(text: str) -> bool:
    """Whether a row that begins so is one of sums."""
    return _TOTAL.match(text) is not None


def is_signature(text: str) -> bool:
    """Whether a text names who signs or where it is from. Also names of offices and tasks do, where such a table lists them."""
    return _SIGNED.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether a text numbers a table: "Tabel 2. Penerima Sembako"."""
    return _CAPTION.match(text) is not None


def goes_on(caption: str) -> bool:
    """Whether the table that is numbered so began before: "Tabel 1 (lanjutan)"."""
    return _GOES_ON.search(caption) is not None


def is_foot(text: str) -> bool:
    """Whether a text is of what stands below a table and of nothing else: its source, notes, place and day, who saw it."""
    if _FOOT.match(text) or _PLACE_AND_DAY.fullmatch(text):
        return True
    note = _NOTE.match(text)
    return note is not None and len(text) > note.end()
