"""Who may do what is decided in hub/akses/izin.py alone, and docs/izin.md prints its table; what is closed to whom is said in
hub/akses/closed_figures.py alone."""

import ast
import os
import re

from hub.akses import izin
from schema.build import schema
from tests.project_files import ROOT, sources, tree_of

# the database refuses here, and nothing in the table could have known: another owner in this very moment, no grant
_REFUSED_BY_ROWS = {"hub/sumber_daya/service.py": 1, "hub/tagana/service.py": 1}


def test_docs_print_the_table() -> None:
    page = ROOT / "docs" / "izin.md"
    text = page.read_text(encoding="utf-8")
    printed = re.sub(
        r"(<!-- table -->\n).*?(?=<!-- /table -->)", lambda m: m[1] + izin.markdown(), text, flags=re.DOTALL
    )
    assert izin.markdown() in printed
    if os.environ.get("HUB_GOLDEN") == "tulis":
        page.write_text(printed, encoding="utf-8")
    assert printed == page.read_text(encoding="utf-8")


def test_every_mutation_has_its_line_and_one_alone() -> None:
    mutations = schema()._schema.mutation_type
    assert mutations is not None
    assert sorted(call for action in izin.TABLE for call in action.calls) == sorted(mutations.fields)


def test_every_action_stands_in_the_table() -> None:
    assert {a for a in vars(izin).values() if isinstance(a, izin.Action)} == set(izin.TABLE)


def test_nobody_else_decides() -> None:
    refusing = {
        str(file): found for file in sources(".py", within=("hub", "schema")) if (found := _refusals(tree_of(file)))
    }
    assert refusing.pop("hub/akses/izin.py") == 1
    assert refusing == _REFUSED_BY_ROWS


def test_what_is_closed_is_said_in_one_place() -> None:
    """Policies and views of the database say it too, in migrations, and hub/db/rights.py rewrites those."""
    named = re.compile(r"\bhub_(jangkau|lingkup|di_bawah|wilayah|terbuka|kecil)\b")
    places = {
        str(file)
        for file in sources(".py", within=("hub", "schema"))
        if "migrations" not in file.parts and named.search((ROOT / file).read_text(encoding="utf-8"))
    }
    assert places == {"hub/akses/closed_figures.py", "hub/db/rights.py"}


def _refusals(tree: ast.Module) -> int:
    """How often it makes a refusal."""
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call))
    return sum(isinstance(c.func, ast.Name) and c.func.id == "NotAuthorisedError" for c in calls)
