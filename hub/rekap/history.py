"""Rekap as they stood at a time."""

from sqlalchemy import BindParameter, select, union_all
from sqlalchemy.sql.selectable import Subquery

from hub.rekap.tables import REKAP, REKAP_HISTORY


def rekap_as_of(as_of: "BindParameter[object]") -> Subquery:
    """The rows of `rekap` as they stood; `dilihat_pada`: that time."""
    columns = [k.name for k in REKAP.columns if k.name != "sejak"]
    r, h = REKAP.alias(), REKAP_HISTORY.alias()
    moment = as_of.label("dilihat_pada")
    return union_all(
        select(*(r.c[k] for k in columns), moment).where(r.c.sejak <= as_of),
        select(*(h.c[k] for k in columns), moment).where(h.c.sejak <= as_of, h.c.sampai > as_of),
    ).subquery()
