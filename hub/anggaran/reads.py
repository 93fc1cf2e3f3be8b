"""Rows of a budget: the whole, and its branches."""

from sqlalchemy import Date, Integer

from hub.anggaran.tree import tree_cte
from hub.base.periode import Periode
from hub.base.questions import kode_of_office
from hub.katalog.questions import answered_here
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT


def tree(args: Args) -> Rows:
    """The whole of an office's budget in a period; none where the region is not in force on its last day."""
    binds = {
        "wilayah": args.bind_checked("wilayah", TEXT, answered_here(kode_of_office)),
        "periode": args.bind("periode", TEXT),
        "akhir": args.bind("periode", Date(), lambda p: Periode.read(p).last_day),
        "tahun": args.bind("periode", Integer(), lambda p: Periode.read(p).year),
    }
    rows = tree_cte(binds)
    whole = rows.alias()
    return Rows(Row(whole, whole.c.acuan, beside=rows), [whole.c.akar])


def branches(row: Row, args: Args) -> Rows:
    """Sources, programmes and their parts, each followed by what is part of it."""
    branch = row.beside.alias()
    return Rows(Row(branch, branch.c.acuan), [~branch.c.akar], [branch.c.urut])
