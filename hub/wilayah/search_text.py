"""What somebody looking for a region typed, taken apart: a code or part of one, or words that may be the name of the
region and of regions above it. Only text; no data base behind it.

Any run of neighbouring words may be a name ("pantai baru rote ndao" is Pantai Baru in Rote Ndao, in either order). Which
run it is, only the names in the data base can tell; here each run gets a bit mask of the words it takes up.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hub.base.errors import InvalidInputError, LimitExceededError
from hub.base.kode import dotted, is_valid
from hub.base.region_names import level_of_prefix

MOST_LETTERS = 200  # letters of a text; the longest full path of the national list has 106
MOST_WORDS = 12
_PATH_NAMES = 3  # names parted by commas or prefixes that make a path
_NAME_WORDS = 6  # words in the longest name there is
_WORDS_ABOVE = 4  # words in the longest name above a desa that people write out ("Daerah Istimewa Yogyakarta" is 3)
_SHORT = 6  # up to so many letters one wrong letter leaves too few trigrams in common; then variants are looked up
_LIKENESS_LETTERS = 5  # letters from which likeness by trigrams says anything
_SHORT_PART = 4  # the same, for a run beside others; there only letters changed about are looked up in longer ones
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"

_SEPARATORS = re.compile(r"[,;|/>\n\t]+")
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"['’‘`´ʼ]")
_KODE = re.compile(r"\d[\d.\s-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of words that may be a name. `key`: as name_key makes it; `mask`: a bit per word it takes up;
    `level`: the level that a prefix names, 0 without one."""

    key: str
    mask: int
    level: int
    may_be_above: bool  # may be the name of a region above the one looked for
    may_be_alike: bool  # long enough, and one name: likeness by trigrams says something


@dataclass(frozen=True, slots=True)
class SearchText:
    """`kode`: the code or its beginning, with dots, None for words. `letters`: letters per word. `runs`: the whole
    text first. `spellings`: other spellings of a run, with the weight of each: (key, mask, weight)."""

    kode: str | None
    letters: tuple[int, ...]
    runs: tuple[WordRun, ...]
    spellings: tuple[tuple[str, int, float], ...]
    fallback_mask: int = 0  # mask of the run to look for when the other words name nothing above it

    @property
    def full_mask(self) -> int:
        """The mask of all words."""
        return (1 << len(self.letters)) - 1


@lru_cache(maxsize=256)
def parse(text: str) -> SearchText:
    """Take a text apart. Raises InvalidInputError where there is nothing to look for, LimitExceededError where
    there is too much."""
    if len(text) > MOST_LETTERS:
        raise LimitExceededError(f"teks paling panjang {MOST_LETTERS} huruf; tulis nama atau kode wilayahnya saja.")
    if _KODE.fullmatch(text.strip()):
        return SearchText(_kode_beginning(text), (), (), ())
    parts = _parts(text)
    words = [k for b, _ in parts for k in b]
    if not words:
        raise InvalidInputError('teks kosong; tulis nama wilayah, misalnya "Oeseli, Rote Ndao", atau kodenya.')
    if len(words) > MOST_WORDS:
        raise LimitExceededError(f"teks paling banyak {MOST_WORDS} kata; tulis nama wilayah dan induknya saja.")
    letters = tuple(len(k) for k in words)
    full_mask = (1 << len(words)) - 1
    key, is_one_name = "".join(words), len(parts) == 1
    whole = WordRun(
        key, full_mask, parts[0][1] if is_one_name else 0, False, is_one_name and len(key) >= _LIKENESS_LETTERS
    )
    runs = [whole]
    start = 0
    for part_words, level in parts:
        part_runs = _runs(part_words, start, level, full_mask)
        # who writes a whole path, parted by commas, has said where each name begins and ends
        runs += part_runs if len(parts) < _PATH_NAMES else [p for p in part_runs if p.mask == _mask(start, part_words)]
        start += len(part_words)
    joined = "".join(_WORD.findall(_plain(text)))
    spellings = [(f"kota{p.key}", p.mask, 1.0) for p in runs if p.level in (0, 2)]
    if joined != whole.key:
        spellings.append((joined, full_mask, 1.0))  # "Desa Baru" may be the whole name
    spellings += [(p.key, p.mask, 1.0) for p in runs]
    for p in runs:
        if len(p.key) <= _SHORT:
            all_slips = p is whole or len(p.key) <= _SHORT_PART
            spellings += [(k, p.mask, weight) for k, weight in _misspellings(p.key, all_slips)]
    fallback_mask = (1 << len(parts[0][0])) - 1 if len(parts) > 1 else 0
    return SearchText(None, letters, tuple(runs), tuple(spellings), fallback_mask)


def _plain(text: str) -> str:
    return _APOSTROPHE.sub("", unicodedata.normalize("NFKD", text.casefold()))


def _kode_beginning(text: str) -> str:
    """ "5314012005", "53.14.01.2005", "53 14 01 2005" → "53.14.01.2005"; "53140" → "53.14.0"."""
    tidy = dotted(text)
    if is_valid(tidy):
        return tidy
    parts = [b for b in re.split(r"[.\s-]+", text) if b]
    if len(parts) > 1 and any(len(b) != 2 for b in parts[:-1][:3]):
        raise InvalidInputError(f'"{text.strip()}" bukan kode wilayah; bentuknya "53.14.01.2005", boleh tanpa titik.')
    digits = "".join(parts)
    if len(digits) > 10:
        raise InvalidInputError(f'"{text.strip()}" lebih panjang dari kode desa (10 angka, seperti 53.14.01.2005).')
    return ".".join(b for b in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if b)


def _parts(text: str) -> list[tuple[list[str], int]]:
    """Words, parted where a comma or a prefix of a level says that another name begins, with the level it says."""
    found: list[tuple[list[str], int]] = []
    for segment in _SEPARATORS.split(text):
        words = _WORD.findall(_plain(segment))
        open_part: list[str] = []
        level = 0
        for i, k in enumerate(words):
            prefix_level = level_of_prefix(" ".join(words[i : i + 2]))
            if prefix_level is None or (i and level_of_prefix(" ".join(words[i - 1 : i + 1])) is not None):
                open_part.append(k)
                continue
            if open_part:
                found.append((open_part, level))
            open_part, level = [], prefix_level
        if open_part:
            found.append((open_part, level))
    return found


def _mask(start: int, words: list[str]) -> int:
    return ((1 << len(words)) - 1) << start


def _runs(words: list[str], start: int, level: int, full_mask: int) -> list[WordRun]:
    runs = []
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + _NAME_WORDS) + 1):
            mask = _mask(start + i, words[i:j])
            if mask != full_mask:
                key = "".join(words[i:j])
                runs.append(WordRun(key, mask, level, j - i <= _WORDS_ABOVE, len(key) >= _LIKENESS_LETTERS))
    return runs


def _misspellings(key: str, all_slips: bool) -> list[tuple[str, float]]:
    """Every spelling one letter away from a short key: two changed about and, with `all_slips`, one left out, put in,
    or wrong."""
    if len(key) < 3:
        return []
    splits = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    spellings = {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    if all_slips:
        spellings |= {a + b[1:] for a, b in splits if b}
        spellings |= {a + h + b[1:] for a, b in splits if b for h in _ALPHABET}
        spellings |= {a + h + b for a, b in splits for h in _ALPHABET}
    weight = 1 - 1.25 / len(key)
    return [(k, weight) for k in sorted(spellings - {key})]
