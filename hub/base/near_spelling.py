"""A spelling that may be another one misspelled. Only text; what is meant by it is for the domains."""

from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

_SHORTEST = 5  # letters and digits; shorter words differ in every letter


def near_spelling(key: str, known: Mapping[str, str]) -> str | None:
    """What is known under a key a letter or two away, with the same digits: numbers mean what they say. `key` and those of `known`:
    letters and digits."""
    if len(key) < _SHORTEST:
        return None
    most = 1 if len(key) < 10 else 2
    digits = [c for c in key if c.isdigit()]
    alike = (
        (Levenshtein.distance(key, other, score_cutoff=most), spelling)
        for other, spelling in known.items()
        if [c for c in other if c.isdigit()] == digits
    )
    return min((x for x in alike if x[0] <= most), default=(0, None))[1]
