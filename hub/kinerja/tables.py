"""What an office calls its performance: its objectives (sasaran) with their indicators, and the words of its scale.

Both are whole lists that hold from a year on, until the office's next list: what is replaced is kept in the history.
"""

from sqlalchemy import ARRAY, Column, Numeric, SmallInteger, Table, Text

from hub.db.metadata import METADATA, Kode, TextC, history_of, since_column

OBJECTIVE = Table(
    "sasaran_kinerja",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the office: kabupaten, or province"),
    Column("tahun", SmallInteger, primary_key=True, comment="first year this list of the office holds"),
    Column("nomor", TextC, primary_key=True, comment="as breakdown sasaran_kinerja says it in a rekap"),
    Column("urut", SmallInteger, nullable=False),
    Column("nama", Text, nullable=False),
    Column("indikator", ARRAY(Text), nullable=False, comment="choices of breakdown indikator, in order"),
    Column("oleh", Text, nullable=False, comment="name on the token that was used"),
    since_column(),
)

SCALE = Table(
    "skala_kinerja",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the office: kabupaten, or province"),
    Column("tahun", SmallInteger, primary_key=True, comment="first year this scale of the office holds"),
    Column("dari", Numeric, primary_key=True, comment="achievement in percent from which this word holds"),
    Column("nama", Text, nullable=False),
    Column("oleh", Text, nullable=False, comment="name on the token that was used"),
    since_column(),
)

OBJECTIVE_HISTORY = history_of(OBJECTIVE)
SCALE_HISTORY = history_of(SCALE)
