"""Tables as they were known at a time: what holds now and held then already, and what was replaced since."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, Table

from hub.akses.closed_figures import reached
from hub.angka.tables import ANGKA_HISTORY, KELENGKAPAN_HISTORY, STATED_ANGKA_HISTORY


def _columns(history: Table) -> tuple[str, ...]:
    return tuple(k.name for k in history.columns if k.name != "sampai")


# what of each table was known then; of what was released (hub/rilis) also how complete the totals of provinces were
_COLUMNS = {
    "angka": _columns(ANGKA_HISTORY),
    "angka_tertulis": _columns(STATED_ANGKA_HISTORY),
    "kelengkapan": _columns(KELENGKAPAN_HISTORY),
    "angka_rilis": (*_columns(ANGKA_HISTORY), "kelengkapan", "terisi"),
}


@dataclass(frozen=True, slots=True)
class TableNames:
    """What to write after FROM for each table. `angka`, `angka_tertulis`: as the caller may see them; `angka_rilis`: what everybody
    may, with what is known of totals of a province."""

    angka: str
    angka_tertulis: str
    kelengkapan: str
    angka_rilis: str


def expected(periode: str, formulir: str) -> str:
    """Whether a form is expected for a period, 1 or 0: at its own frequency or a coarser one. `formulir`: an alias of that table."""
    return f"(hub_bulan({periode}) >= hub_bulan_jenis({formulir}.periode_jenis))::int"


def figures_below(t: "TableNames", provinsi: str, columns: str, condition: str) -> str:
    """A SELECT of figures `b` of kabupaten, to be added up into a province: raw ones for whoever reaches it; for all others what was
    released, of his own office too, for a sum with one raw figure in it would be nobody's. `columns`, `condition`: of b."""
    return f"""SELECT {columns} FROM {t.angka} b WHERE {reached(provinsi)} AND {condition}
    UNION ALL SELECT {columns} FROM {t.angka_rilis} b WHERE NOT {reached(provinsi)} AND {condition}"""


def table_names(as_of: "BindParameter[object] | None") -> TableNames:
    """`as_of`: bound timestamp; None: as it is now."""
    if as_of is None:
        return TableNames(**{name: f"{name}{_view_suffix(name)}" for name in _COLUMNS})
    return TableNames(**{name: _as_it_was(name, columns, f":{as_of.key}") for name, columns in _COLUMNS.items()})


def _view_suffix(name: str) -> str:
    """Figures and stated totals are read as the caller may see them."""
    return "_terbaca" if name in ("angka", "angka_tertulis") else ""


def _as_it_was(name: str, known: tuple[str, ...], as_of: str) -> str:
    columns = ", ".join(known)
    return (
        f"(SELECT {columns} FROM {name}{_view_suffix(name)} WHERE sejak <= {as_of} "
        f"UNION ALL SELECT {columns} FROM {name}_riwayat{_view_suffix(name)} WHERE sejak <= {as_of} AND sampai > {as_of})"
    )
