"""Files stay small and are named for their subject."""

import ast

from tests.project_files import AKAR, sources

_BARIS = 400
_BARIS_FUNGSI = 80
_NAMA_KOSONG = {"util", "utils", "helper", "helpers", "common", "misc", "shared"}


def test_no_source_file_is_over_400_lines() -> None:
    panjang = {f: len((AKAR / f).read_text().splitlines()) for f in sources(".py", ".ts", ".tsx")}
    assert {str(f): n for f, n in panjang.items() if n > _BARIS} == {}


def test_no_function_is_over_80_lines() -> None:
    terlalu = [
        f"{f}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1})"
        for f in sources(".py")
        for node in ast.walk(ast.parse((AKAR / f).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > _BARIS_FUNGSI
    ]
    assert terlalu == []


def test_no_file_or_folder_is_named_for_nothing() -> None:
    kosong = [
        str(f) for f in sources(".py", ".ts", ".tsx") if {p.split(".")[0].lower() for p in f.parts} & _NAMA_KOSONG
    ]
    assert kosong == []
