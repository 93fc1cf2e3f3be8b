"""Codes out of cells of any type."""

import math

import numpy as np
import pytest

from hub.base.kode import dotted
from hub.wilayah.code_cells import code_text


@pytest.mark.parametrize(
    "cell",
    [
        "36.01.01.2001", " 36.01.01.2001\u00a0", "\ufeff36.01.01.2001", "36 01 01 2001", "36-01-01-2001", "36. 01. 01. 2001", "36.1.1.2001",
        "36/01/01/2001", "3601012001", "3601012001.0", "3601012001.", "3601012001.00", "3.601012001E9", "3.601012001e+09", "'3601012001",
        3601012001, 3601012001.0, np.int64(3601012001), np.float64(3601012001.0), np.str_("36.01.01.2001"), b"3601012001",
    ],
)  # fmt: skip
def test_a_desa_is_found_however_its_code_is_written(cell: object) -> None:
    assert dotted(code_text(cell)) == "36.01.01.2001"


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "\u200b", "nan", "NaN", "NULL", "<Null>", "None", "-", "0", 0, 0.0, math.nan, np.float64("nan"), math.inf,
             np.datetime64("NaT")],
)  # fmt: skip
def test_an_empty_cell_is_no_code_whatever_stands_for_it(cell: object) -> None:
    assert code_text(cell) == ""


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (36, "36"), (36.0, "36"), ("36", "36"), (36.01, "36.01"), (36.1, "36.10"), (36.71, "36.71"), (np.float64(36.1), "36.10"), ("36.01", "36.01"),
        (3601, "36.01"), (360101, "36.01.01"), ("36.01.01", "36.01.01"), ("36.1.1", "36.01.01"),
    ],
)  # fmt: skip
def test_coarser_regions_keep_their_level(cell: object, code: str) -> None:
    assert dotted(code_text(cell)) == code


@pytest.mark.parametrize("cell", ["36.1", "bukan kode", "36.01.01.2001 x", "3601.5", 3601.5, True])
def test_what_is_no_code_stays_as_it_is_written(cell: object) -> None:
    assert code_text(cell) == str(cell)
