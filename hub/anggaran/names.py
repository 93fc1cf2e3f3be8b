"""Names of programmes as offices write them, brought to what two spellings of one name have in common: in Python for what is sent,
in SQL for what is stored already. Both by the same patterns; a test holds them together."""

import re
from dataclasses import dataclass

# a number before a name, as outlines have it: "(a) …", "1) …", "a. …", "1.06.02 …". A bare number is part of the name.
_NUMBER = r"\((?:\d+(?:\.\d+)*|[a-z]|[ivx]+)\)\s*|(?:\d+(?:\.\d+)+[.)]?|(?:\d+|[a-z]|[ivx]+)[.)])\s+"
_LEADING = re.compile(rf"\s*({_NUMBER})", re.IGNORECASE)
_WORD = re.compile(r"^program\s+(?=\S)")
_NOT_ALNUM = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class NumberedName:
    """A name and the number that stood before it; "" where there was none."""

    number: str
    name: str


def numbered(text: str) -> NumberedName:
    """ "(a) Penunjang" → "(a)", "Penunjang"; a number with nothing behind it stays a name."""
    tidy = " ".join(text.split())
    match = _LEADING.match(tidy)
    if match is None or match.end() == len(tidy):
        return NumberedName("", tidy)
    return NumberedName(match[1].strip(), tidy[match.end() :])


def program_key(text: str) -> str:
    """Letters and digits, without the number and the word "program" in front, "&" as the word it stands for: "b. Program
    Perlindungan & Jaminan" → "perlindungandanjaminan"."""
    return _NOT_ALNUM.sub("", _WORD.sub("", numbered(text).name.lower().replace("&", " dan ").lstrip(), count=1))


def program_key_sql(column: str) -> str:
    """The same of a column of text. `column`: an SQL expression of ours."""
    without_number = f"regexp_replace({column}, '^\\s*(?:{_NUMBER})(?=\\S)', '', 'i')"
    words = f"replace(lower({without_number}), '&', ' dan ')"
    return f"regexp_replace(regexp_replace({words}, '^\\s*program\\s+(?=\\S)', ''), '[^[:alnum:]]+', '', 'g')"
