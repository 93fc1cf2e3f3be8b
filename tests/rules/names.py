"""Names that the source declares, the words in them, and where a name is somebody else's: GraphQL's, the database's, a setting's, a
command's."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from hub.base.settings import Settings
from tests.project_files import ROOT, tables

FOLDERS = ("hub", "schema", "geo", "seeds", "tests", "bench")
LISTS = ROOT / "tests" / "rules"
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_GRAPHQL_NAME = re.compile(r"(\w+)\s*[:(]|^\s*(\w+)\s*$", re.MULTILINE)
_GRAPHQL_TYPE = re.compile(r"^(?:type|interface|union|enum|input|scalar) (\w+)", re.MULTILINE)
_DESCRIPTION = re.compile(r'"""(?s:.*?)"""|"[^"\n]*"')
_GLOSSARY_ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Name:
    """A declared name. `kind`: module, class, field, function, parameter, local, constant; `exempt`: it is not ours to choose."""

    kind: str
    text: str
    line: int
    exempt: bool = False


def words(name: str) -> list[str]:
    """The words in a name, small, without those that make up a compound of the glossary."""
    found = [w.lower() for w in _WORD.findall(name)]
    for compound in _compounds():
        length = len(compound)
        for at in range(len(found) - length + 1):
            if found[at : at + length] == compound:
                found[at : at + length] = [""] * length
    return [w for w in found if w]


@cache
def everyday_words() -> frozenset[str]:
    """Everyday Indonesian words that names of this source held before they became English."""
    return frozenset((LISTS / "everyday_words.txt").read_text(encoding="utf-8").split()) - glossary()


@cache
def glossary() -> frozenset[str]:
    return frozenset(_GLOSSARY_ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))


@cache
def _compounds() -> list[list[str]]:
    return [g.split("_") for g in glossary() if "_" in g]


@cache
def left_over() -> dict[tuple[str, str], str]:
    """Names that stay Indonesian all the same: (file, name), either with a star → why."""
    lines = (LISTS / "names_left.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    return {(file, name): why for named, why in pairs for file, name in [named.split(" ")]}


def is_left(place: Path, name: str) -> bool:
    return any(fnmatchcase(str(place), file) and fnmatchcase(name, pattern) for file, pattern in left_over())


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@cache
def graphql_names() -> frozenset[str]:
    """Fields, arguments and members of enumerations of the API, as Python writes them."""
    text = _DESCRIPTION.sub("", (ROOT / "schema" / "hub.graphql").read_text(encoding="utf-8"))
    return frozenset(snake(a or b) for a, b in _GRAPHQL_NAME.findall(text))


@cache
def graphql_types() -> frozenset[str]:
    return frozenset(_GRAPHQL_TYPE.findall((ROOT / "schema" / "hub.graphql").read_text(encoding="utf-8")))


@cache
def own_names() -> frozenset[str]:
    """What a field of a class may be called after: a field of the API, a column, a table, a setting."""
    columns = {c.name for t in tables().values() for c in t.columns}
    return graphql_names() | columns | set(tables()) | set(Settings.model_fields)


def names_of(tree: ast.Module, place: Path) -> Iterator[Name]:
    """Every name that a module declares. `place`: its path from the root of the project."""
    yield Name("module", place.stem, 1)
    yield from _below(tree, place, None)


def _below(node: ast.AST, place: Path, owner: ast.ClassDef | Function | None) -> Iterator[Name]:
    for child in ast.iter_child_nodes(node):
        yield from _declared(child, place, owner)
        inside = child if isinstance(child, ast.ClassDef | Function) else owner
        yield from _below(child, place, inside)


def _declared(node: ast.AST, place: Path, owner: ast.ClassDef | Function | None) -> Iterator[Name]:
    match node:
        case ast.ClassDef():
            yield Name("class", node.name, node.lineno, node.name in graphql_types())
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield Name("function", node.name, node.lineno, _is_theirs(node, node.name, place))
            yield from _parameters(node, place)
        case ast.Lambda():
            yield from (Name("parameter", a.arg, a.lineno) for a in _arguments(node.args))
        case ast.Name(ctx=ast.Store()):
            if isinstance(owner, ast.ClassDef):
                yield Name("field", node.id, node.lineno, snake(node.id).strip("_") in own_names())
            else:
                yield Name(
                    "local" if owner else "constant", node.id, node.lineno, not owner and node.id in graphql_types()
                )
        case ast.Attribute(ctx=ast.Store()):
            yield Name("field", node.attr, node.lineno, node.attr.strip("_") in own_names())
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield Name("local", name, node.lineno)
        case ast.alias(asname=str(name)):
            yield Name("local", name, node.lineno)
        case _:
            pass


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    starred = [a for a in (arguments.vararg, arguments.kwarg) if a]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *starred]


def _parameters(function: Function, place: Path) -> Iterator[Name]:
    for a in _arguments(function.args):
        yield Name("parameter", a.arg, a.lineno, _is_theirs(function, a.arg, place))


def _is_theirs(function: Function, name: str, place: Path) -> bool:
    """Whether a function is a resolver or a command, whose name and parameters users know."""
    decorators = [ast.unparse(d) for d in function.decorator_list]
    if place.parts[0] == "schema" and any("strawberry" in d for d in decorators):
        return name in graphql_names()
    return any(".command" in d for d in decorators)
