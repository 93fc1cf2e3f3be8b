"""What belongs to the project: every file that .gitignore does not name, with or without git on the machine."""

import ast
import os
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from sqlalchemy import Table

from hub.db.metadata import whole_metadata

ROOT = Path(__file__).parents[1]
PACKAGES = ("hub", "schema", "seeds", "geo")


@cache
def project_files() -> tuple[Path, ...]:
    """Paths relative to the project's root, sorted."""
    ignored = [b.rstrip("/") for b in (ROOT / ".gitignore").read_text().splitlines() if b and not b.startswith("#")]
    return tuple(sorted(_walk([".git", *ignored])))


def _walk(ignored: list[str]) -> Iterator[Path]:
    for folder, subfolders, files in os.walk(ROOT):
        place = Path(folder).relative_to(ROOT)
        subfolders[:] = [a for a in subfolders if not _is_ignored(place / a, ignored)]
        yield from (place / b for b in files if not _is_ignored(place / b, ignored))


def _is_ignored(path: Path, patterns: list[str]) -> bool:
    """As git reads it: a pattern with a slash inside is anchored at the root, any other names a file anywhere."""
    return any(path.match(p) if "/" not in p else fnmatch(str(path), p.lstrip("/")) for p in patterns)


def sources(*suffixes: str, within: tuple[str, ...] = ()) -> list[Path]:
    """Files with one of these suffixes, below one of these folders where any is named."""
    return [f for f in project_files() if f.suffix in suffixes and (not within or f.parts[0] in within)]


def text(file: Path) -> str | None:
    """A file's text; None when it is no text."""
    try:
        return (ROOT / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def tree_of(file: Path) -> ast.Module:
    """A Python file, read once: rules look at all of them, and none changes what it looks at."""
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def tables() -> dict[str, Table]:
    """Every table that a domain declares, whether or not the program happens to import it."""
    return dict(whole_metadata().tables)
