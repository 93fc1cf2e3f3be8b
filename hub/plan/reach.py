"""How far the caller of this very connection reaches, by the claim it carries (hub/db/klaim.py).

Each asks for the claim in a scalar subselect, which PostgreSQL runs once a statement; the functions of one argument ask for it
at every row.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, select


def reaches(kode_kab: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the caller sees drafts and raw figures of that reporter."""
    return func.hub_jangkau(kode_kab, select(func.hub_lingkup()).scalar_subquery())


def below(kode_kab: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether that reporter is the caller's own region or lies below it."""
    return func.hub_di_bawah(kode_kab, own_region())


def own_region() -> ColumnElement[str]:
    """The code the caller reaches; null for the public and the administrator."""
    return select(func.hub_wilayah()).scalar_subquery()
