"""Rekap as they stood at a time."""

from sqlalchemy import BindParameter, select, union_all
from sqlalchemy.sql.selectable import Subquery

from hub.rekap.tables import REKAP, REKAP_RIWAYAT


def rekap_as_of(pada: "BindParameter[object]") -> Subquery:
    """The rows of `rekap` as they stood; `dilihat_pada`: that time."""
    kolom = [k.name for k in REKAP.columns if k.name != "sejak"]
    r, h = REKAP.alias(), REKAP_RIWAYAT.alias()
    saat = pada.label("dilihat_pada")
    return union_all(
        select(*(r.c[k] for k in kolom), saat).where(r.c.sejak <= pada),
        select(*(h.c[k] for k in kolom), saat).where(h.c.sejak <= pada, h.c.sampai > pada),
    ).subquery()
