"""The programmes that an office spends on, as it lists them for a year: what belongs to what, in which order, under which names.

A list for a year holds until the office brings another one. A programme that a later list lacks is closed, not removed, so that
figures of the time before keep their place.
"""

from sqlalchemy import ARRAY, CheckConstraint, Column, Date, Integer, Table, Text

from hub.db.metadata import METADATA, Kode, TextC, history_of, since_column

PROGRAM = Table(
    "program",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="whose list it is: a kabupaten, or a province"),
    Column("tahun", Integer, primary_key=True, comment="budget year"),
    Column("sumber", TextC, primary_key=True, comment="choice of the breakdown sumber_anggaran"),
    Column("kunci", TextC, primary_key=True, comment="letters and digits of the name (hub.anggaran.names)"),
    Column("nama", Text, nullable=False),
    Column("induk", TextC, comment="kunci of the programme that this one is part of; null: of none"),
    Column("alias", ARRAY(Text), nullable=False, comment="other names, as written"),
    Column("kunci_alias", ARRAY(Text), nullable=False, comment="letters and digits of those"),
    Column("urut", Integer, nullable=False, comment="place in the list"),
    Column("berlaku_sejak", Date, nullable=False),
    Column("berlaku_sampai", Date, comment="last day; null: in force"),
    Column("oleh", Text, nullable=False, comment="name on the token that was used"),
    since_column(),
    CheckConstraint("kunci <> '' AND induk <> kunci", "nama"),
)

PROGRAM_HISTORY = history_of(PROGRAM)
