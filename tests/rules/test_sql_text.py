"""SQL is composed of functions that return fragments: no statement is a form whose gaps are filled in later. (psycopg's own
`sql.SQL(…).format(…)` is none: it takes no text, only names and values that it quotes.) And it holds no sentence that a user
reads: those are made, or at least kept, in Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project_files import sources, tree_of

_SQL = re.compile(
    r"\b(SELECT|FROM|JOIN|WHERE|LATERAL|UNION|INSERT INTO|UPDATE|DELETE|CREATE|GRANT|REVOKE|RETURNING|COALESCE|CASE WHEN|AND|OR|NOT|"
    r"AS)\b|\bIS NULL\b|::[a-z]|\bhub_[a-z]+\(|[a-z]+_[a-z]+\([a-z.:{]"
)
_READS = re.compile(r"\b(SELECT|FROM|WHERE|CASE WHEN)\b")
_SENTENCE = re.compile(r"[a-z]{2,}( [a-z]{2,}){2}|[a-z}]\.$")
_FILLS = {"format", "format_map", "replace"}


def _trees() -> dict[Path, ast.Module]:
    return {file: tree_of(file) for file in sources(".py", within=("hub",)) if "migrations" not in file.parts}


def test_no_sql_is_filled_in_after_it_was_written() -> None:
    of_sql = {file: set(_names_of_sql(t)) for file, t in _trees().items()}
    constants = {name for names in of_sql.values() for name in names if name.isupper()}  # others may import them
    found = [f"{file}:{line}" for file, t in _trees().items() for line in _filled(t, constants | of_sql[file])]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        '"SELECT {a} FROM t".format(a="x")',
        'ROWS = """\nSELECT {a}\nFROM t"""\ntext(ROWS.format(**names))',
        'A, B = "x", "y"\nIN_FORCE: str = "{w}.sejak <= now() AND {w}.sampai IS NULL"\nIN_FORCE.format(w="w")',
        'ONE = {"a": "SELECT {x}"}\nONE["a"].format(x=1)',
        'A = "CAST({0} AS text)"\nB = "{0}::int"\n(A if later else B).format("x")',
        'f"SELECT {a} FROM gap".replace("gap", "t")',
        '"DELETE FROM %s" % table',
        'def read(t):\n    perintah = "SELECT {} FROM t"\n    return perintah.format(t)',
        'DROP = "DELETE FROM %s"\nDROP % (table,)',
    ],
)
def test_it_finds_what_it_is_to_find(code: str) -> None:
    tree = ast.parse(code)
    assert list(_filled(tree, set(_names_of_sql(tree)))) != []


@pytest.mark.parametrize(
    "code",
    [
        'f"SELECT {a} FROM t"', '"Isi {} dan {}.".format(a, b)', 'sql.SQL("SELECT {} FROM t").format(a)', 'kode.replace(".", "")',
        'ROWS = "SELECT 1"\ndate.replace(year=2020)', 'n % 2',
    ],
)  # fmt: skip
def test_it_leaves_other_texts_alone(code: str) -> None:
    tree = ast.parse(code)
    assert list(_filled(tree, set(_names_of_sql(tree)))) == []


def test_no_sql_holds_a_sentence() -> None:
    assert [f"{file}:{line} {s[:60]}" for file, t in _trees().items() for line, s in _sentences(t)] == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'Tidak ada gudang di sini' FROM t",
        "SELECT format('%s terlalu {apa}.', nama) FROM t",
        "SELECT n,  -- the office's\n CASE WHEN n > 1 THEN 'lebih dari satu desa' END",
    ],
)
def test_it_finds_sentences(sql: str) -> None:
    assert [s for _, s in _sentences(ast.parse(f'A = f"""{sql}"""'))] != []


def test_a_word_of_ours_is_no_sentence() -> None:
    sql = "SELECT 'ADA', jsonb_build_object('kolom', x) FROM t  -- the office's own; it is what 'ADA' says here"
    assert list(_sentences(ast.parse(f'A = """{sql}"""'))) == []


def _sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Quoted texts in SQL that are more than a word of ours."""
    apart = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    apart |= {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            sql = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            sql = node.value
        else:
            continue
        if _READS.search(sql):
            quoted = re.sub(r"--.*", "", sql).split("'")[1::2]
            yield from ((node.lineno, q) for q in quoted if _SENTENCE.search(q))


def _names_of_sql(tree: ast.Module) -> Iterator[str]:
    """Names that a text of SQL was given to, alone or among others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _has_sql(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))


def _filled(tree: ast.Module, of_sql: set[str]) -> Iterator[int]:
    """Lines on which a text of SQL has its gaps filled."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLS:
            form = node.func.value
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            form = node.left
        else:
            continue
        if _has_sql(form) or any(isinstance(n, ast.Name) and n.id in of_sql for n in ast.walk(form)):
            yield node.lineno


def _has_sql(node: ast.expr) -> bool:
    """Whether a text of SQL stands in it; what is handed to a call is that call's."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and _has_sql(node.func.value)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and _SQL.search(node.value) is not None
    return any(_has_sql(n) for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))
