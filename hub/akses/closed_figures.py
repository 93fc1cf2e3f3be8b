"""What is closed to whom, as reads say it: how far the caller of this very connection reaches, by the claim it carries
(hub/db/claims.py), and which figures that does not open to him.

Of which sensitivity figures are shown at which level (`hub_terbuka`) the database knows; which of them are hidden by their size, and
what beside them, was decided when they were released (hub/rilis), and reads find DISUPRESI there. Each condition asks for the claim in a scalar subselect, which PostgreSQL
runs once a statement; the functions of one argument ask for it at every row. It is said twice, of columns and of their names in a
text; a test compares the two.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

# ---------- of columns ----------


def reaches(kode_kab: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the caller sees drafts and raw figures of that reporter."""
    return func.hub_jangkau(kode_kab, select(func.hub_lingkup()).scalar_subquery())


def below(kode_kab: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether that reporter is the caller's own region or lies below it."""
    return func.hub_di_bawah(kode_kab, own_region())


def own_region() -> ColumnElement[str]:
    """The code the caller reaches; null for the public and the administrator."""
    return select(func.hub_wilayah()).scalar_subquery()


def closed_column(
    sensitivity: ColumnElement[Any], level: ColumnElement[Any], kode_kab: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether the caller may not see figures of that sensitivity at that level."""
    return and_(~func.hub_terbuka(sensitivity, level), ~reaches(kode_kab))


# ---------- of their names in a text ----------


def reached(kab: str) -> str:
    """What `reaches` says."""
    return f"hub_jangkau({kab}, (SELECT hub_lingkup()))"


def closed(sensitivity: str, level: str, kab: str) -> str:
    """Figures the caller's reach does not let him see at this level: said so, whether or not they exist."""
    return f"(NOT hub_terbuka({sensitivity}, {level}) AND NOT {reached(kab)})"
