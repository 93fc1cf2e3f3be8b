"""Files stay small and are named for their subject."""

import ast

from tests.project_files import ROOT, sources, tree_of

_MOST_LINES = 400
_MOST_FUNCTION_LINES = 80
_EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "shared"}


def test_no_source_file_is_over_400_lines() -> None:
    lengths = {f: len((ROOT / f).read_text().splitlines()) for f in sources(".py", ".ts", ".tsx")}
    assert {str(f): n for f, n in lengths.items() if n > _MOST_LINES} == {}


def test_no_function_is_over_80_lines() -> None:
    too_long = [
        f"{f}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1})"
        for f in sources(".py")
        for node in ast.walk(tree_of(f))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > _MOST_FUNCTION_LINES
    ]
    assert too_long == []


def test_no_file_or_folder_is_named_for_nothing() -> None:
    empty = [str(f) for f in sources(".py", ".ts", ".tsx") if {p.split(".")[0].lower() for p in f.parts} & _EMPTY_NAMES]
    assert empty == []
