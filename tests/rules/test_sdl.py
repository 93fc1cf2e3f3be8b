"""The committed schema is the one in code, speaks to its reader, and breaks no promise unsaid.

schema/hub.graphql is the contract; schema/released.graphql is what the last release promised. What has changed between them
since and may break somebody's program stands under "Unreleased" in CHANGELOG.md, by its name in the schema.
"""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_specified_scalar_type,
    print_ast,
)
from graphql.utilities import BreakingChangeType, DangerousChangeType, find_schema_changes

from schema.build import schema, sdl
from tests.project_files import ROOT

_BREAKING = "**Breaking"
# What breaks no document that is sent today, and yet answers it otherwise: a value or a type nobody knew, another default.
# Not told: arguments, input fields and interfaces that were added; who does not use them notices nothing.
_TOLD = {
    DangerousChangeType.VALUE_ADDED_TO_ENUM,
    DangerousChangeType.TYPE_ADDED_TO_UNION,
    DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE,
}
_MADE_UP = """
  type Query { panti(id: ID!, batas: Int = 10): Panti, _entities: [_Entity]! }
  type Panti @key(fields: "id") { id: ID!, klien: Int!, pemilik: Pemilik! }
  type Lks @key(fields: "id") { id: ID! }
  type Slrt { id: ID! }
  union _Entity = Panti | Lks
  enum Pemilik { KABUPATEN, MASYARAKAT }
  input Saring { aktif: Boolean = true, di: String }"""


def test_the_committed_schema_is_the_one_in_code() -> None:
    assert (ROOT / "schema" / "hub.graphql").read_text(encoding="utf-8") == sdl()


def test_every_type_says_what_it_is() -> None:
    silent = [
        name
        for name, type_ in schema()._schema.type_map.items()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType | GraphQLScalarType)
        and "__" not in name  # federation's own
        and not name.startswith("_")
        and not is_specified_scalar_type(type_)
        and not (type_.description or "").strip()
    ]
    assert silent == []


@pytest.mark.parametrize("name", ["Query", "Mutation", "Subscription"])
def test_every_root_field_says_what_it_does(name: str) -> None:
    type_ = schema()._schema.get_type(name)
    assert isinstance(type_, GraphQLObjectType)
    assert [f for f, d in type_.fields.items() if not f.startswith("_") and not (d.description or "").strip()] == []


# ---------- what the last release promised ----------


def test_what_breaks_or_answers_otherwise_since_the_last_release_is_told() -> None:
    released = (ROOT / "schema" / "released.graphql").read_text(encoding="utf-8")
    assert list(_untold(released, sdl(), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("old", "new", "name", "breaking"),
    [
        ("klien: Int!, ", "", "Panti.klien", True),
        ("klien: Int!", "klien: Int", "Panti.klien", True),
        ("type Slrt", "type Lk3", "Slrt", True),
        (", MASYARAKAT", "", "Pemilik.MASYARAKAT", True),
        ("| Lks", "", "Lks", True),
        ("(id: ID!,", "(id: ID!, pada: Int!,", "Query.panti", True),
        ("di: String", "di: String!", "Saring.di", True),
        ('type Panti @key(fields: "id")', "type Panti", "Panti", True),
        ("MASYARAKAT", "MASYARAKAT, DESA", "Pemilik.DESA", False),
        ("| Lks", "| Lks | Slrt", "Slrt", False),
        ("= 10", "= 20", "Query.panti", False),
        ("= true", "= false", "Saring.aktif", False),
    ],
)
def test_a_change_is_found_until_unreleased_tells_it(old: str, new: str, name: str, breaking: bool) -> None:
    changed = _MADE_UP.replace(old, new)
    assert changed != _MADE_UP
    elsewhere = (
        f"# Changes\n## Unreleased\n- Something.\n- `{name}x` and `{name}.x`.\n## 1\n- **Breaking**: `{name}` ends.\n"
    )
    (found,) = {name for name, _ in _untold(_MADE_UP, changed, elsewhere)}
    assert found == name
    unmarked = (
        f"# Changes\n## Unreleased\n- **Breaking**: else.\n- What is gone:\n  `{name}`, for nobody used it.\n## 1\n"
    )
    assert bool(list(_untold(_MADE_UP, changed, unmarked))) is breaking
    marked = unmarked.replace("- What", "- **Breaking** What")
    assert list(_untold(_MADE_UP, changed, marked)) == []
    assert {name for name, _ in _untold(_MADE_UP, changed, marked.replace("Unreleased", "2 – 2026-11-28"))} == {name}


@pytest.mark.parametrize(
    ("old", "new"),
    [("aktif:", "nama: String, aktif:"), ("klien:", "baru: Int, klien:"), ("id: ID!,", "id: ID!, n: Int,")],
)
def test_what_is_only_added_need_not_be_told(old: str, new: str) -> None:
    assert list(_untold(_MADE_UP, _MADE_UP.replace(old, new), "# Changes\n## Unreleased\n\n## 1\n")) == []


def test_what_is_not_released_yet_stands_first() -> None:
    sections = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sections[0] == "Unreleased"
    assert [s for s in sections[1:] if not re.fullmatch(r"\d+\.\d+\.\d+ – \d{4}-\d{2}-\d{2}", s)] == []


def _untold(old_sdl: str, new_sdl: str, changelog: str) -> Iterator[tuple[str, str]]:
    """(name in the schema, what became of it) of every change that "Unreleased" does not tell as it should."""
    # federation's directives are declared nowhere in a subgraph's schema
    old, new = (build_schema(s, assume_valid_sdl=True) for s in (old_sdl, new_sdl))
    entries = _unreleased_entries(changelog)
    for name, change, breaking in _changes(old, new):
        whole = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\.?\w)")
        if not any(whole.search(e) and (_BREAKING in e or not breaking) for e in entries):
            yield name, change


def _changes(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[tuple[str, str, bool]]:
    """(name in the schema, what became of it, whether it breaks documents) of every change that has to be told."""
    for change in find_schema_changes(old, new):
        breaking = isinstance(change.type, BreakingChangeType)
        if breaking or change.type in _TOLD:
            words = re.findall(r"@?\w+(?:\.\w+)?", change.description)
            known = old.type_map.keys() | new.type_map.keys()
            name = next(w for w in words if w.startswith("@") or w.partition(".")[0] in known)
            yield name, change.description, breaking
    for name in old.type_map.keys() & new.type_map.keys():
        for lost in _directives(old.type_map[name]) - _directives(new.type_map[name]):
            yield name, f"{name} is no longer {lost}", True  # a router plans by these


def _directives(type_: GraphQLNamedType) -> set[str]:
    return {print_ast(d) for d in type_.ast_node.directives or ()} if type_.ast_node is not None else set()


def _unreleased_entries(changelog: str) -> list[str]:
    """The items under "Unreleased", each with its further lines."""
    sections = re.split(r"^## (.+)\n", changelog, flags=re.MULTILINE)
    unreleased = dict(zip(sections[1::2], sections[2::2], strict=True)).get("Unreleased", "")
    return re.split(r"^- ", unreleased, flags=re.MULTILINE)[1:]
