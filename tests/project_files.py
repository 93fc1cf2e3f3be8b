"""What belongs to the project: every file that .gitignore does not name, with or without git on the machine."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from sqlalchemy import Table

from hub.db.metadata import whole_metadata

AKAR = Path(__file__).parents[1]
PAKET = ("hub", "schema", "seeds", "geo")


@cache
def project_files() -> tuple[Path, ...]:
    """Paths relative to the project's root, sorted."""
    abaikan = [b.rstrip("/") for b in (AKAR / ".gitignore").read_text().splitlines() if b and not b.startswith("#")]
    return tuple(sorted(_telusuri([".git", *abaikan])))


def _telusuri(abaikan: list[str]) -> Iterator[Path]:
    for folder, anak, berkas in os.walk(AKAR):
        tempat = Path(folder).relative_to(AKAR)
        anak[:] = [a for a in anak if not _terabaikan(tempat / a, abaikan)]
        yield from (tempat / b for b in berkas if not _terabaikan(tempat / b, abaikan))


def _terabaikan(jalur: Path, pola: list[str]) -> bool:
    """As git reads it: a pattern with a slash inside is anchored at the root, any other names a file anywhere."""
    return any(jalur.match(p) if "/" not in p else fnmatch(str(jalur), p.lstrip("/")) for p in pola)


def sources(*akhiran: str, di: tuple[str, ...] = ()) -> list[Path]:
    """Files with one of these suffixes, below one of these folders where any is named."""
    return [f for f in project_files() if f.suffix in akhiran and (not di or f.parts[0] in di)]


def text(berkas: Path) -> str | None:
    """A file's text; None when it is no text."""
    try:
        return (AKAR / berkas).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def tables() -> dict[str, Table]:
    """Every table that a domain declares, whether or not the program happens to import it."""
    return dict(whole_metadata().tables)
