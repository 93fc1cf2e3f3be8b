"""The registry of nodes: who they are, the keys they sign with, the codes they join with, and what came just now."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, DateTime, Integer, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from hub.db.metadata import METADATA, Kode

NODE = Table(
    "simpul",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the region it runs"),
    Column("mode", Text, nullable=False, comment="KIRIM or TARIK, once the kabupaten writes there; HOSTING before and after"),
    Column("mode_diminta", Text, nullable=False, comment="KIRIM or TARIK: what it joined for"),
    Column("url", Text, comment="where it is asked live; null: nowhere"),
    Column("induk", Text, comment="at the node itself: the address of its province; null: at the province"),
    Column("kode_induk", Kode, nullable=False, comment="its province"),
    Column("zaman", Integer, nullable=False, server_default=text("1"), comment="epoch: counted on when it joins anew"),
    Column("bergabung_pada", DateTime(timezone=True), nullable=False),
    Column("serah_pada", DateTime(timezone=True), comment="since when the kabupaten writes there"),
    Column("beku_sampai", DateTime(timezone=True), comment="until when nobody writes at the province, while it is handed over"),
    Column(
        "serah_turun", BigInteger, nullable=False, server_default=text("0"),
        comment="number of the province's last event that the copy held already",
    ),
    Column("dicabut_pada", DateTime(timezone=True), comment="since when nothing of it is taken any more"),
    Column("terakhir_kontak", DateTime(timezone=True)),
    Column("urutan_terakhir", BigInteger, nullable=False, server_default=text("0"), comment="highest sequence taken without a hole"),
    Column("urutan_simpul", BigInteger, nullable=False, server_default=text("0"), comment="highest sequence there, as it said last"),
    Column("beda_jam_ms", BigInteger, comment="its clock minus the province's at the last contact"),
    Column("versi_katalog", Text),
    Column("versi_wilayah", Date),
    Column("versi_hub", Text),
    Column("alasan", Text, comment="why the last contact failed; null: it did not"),
    Column("katalog_induk", Text, comment="at the node: version of the province's catalogue at the last contact"),
    Column("wilayah_induk", Date, comment="at the node: version of the province's list of regions at the last contact"),
    Column("bekal_sebab", Text, comment="why the node does not hold what the province sends down; null: it does"),
    Column(
        "ditolak", Integer, nullable=False, server_default=text("0"),
        comment="events that either end refused of the other's, and nothing newer of the same thing was taken",
    ),
    Column("peringatan", Integer, nullable=False, server_default=text("0"), comment="alarms that no receipt without one has followed"),
    CheckConstraint("mode IN ('HOSTING', 'KIRIM', 'TARIK')", name="mode"),
    CheckConstraint("mode_diminta IN ('KIRIM', 'TARIK')", name="mode_diminta"),
    comment="at the province: every node that joined; at a node: itself",
)  # fmt: skip

NODE_KEY = Table(
    "simpul_kunci",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="whose key it is: a node's region, or a province"),
    Column("sidik", Text, primary_key=True, comment="what signatures call it"),
    Column("kunci", LargeBinary, nullable=False, comment="the public half, 32 bytes"),
    Column("sejak", DateTime(timezone=True), nullable=False),
    Column("sampai", DateTime(timezone=True), comment="until when it is still taken, after another took its place"),
    Column("dicabut_pada", DateTime(timezone=True)),
)

INVITATION = Table(
    "simpul_undangan",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("rahasia", LargeBinary, nullable=False, comment="what both sides make of the code; the code itself is kept nowhere"),
    Column("dibuat_pada", DateTime(timezone=True), nullable=False),
    Column("kedaluwarsa_pada", DateTime(timezone=True), nullable=False),
    Column("percobaan", Integer, nullable=False, server_default=text("0"), comment="wrong tries"),
    Column("sidik", Text, comment="the key it was used for; it may come again, for an answer can be lost"),
)  # fmt: skip

NONCE = Table(
    "simpul_kiriman",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("nonce", Text, primary_key=True),
    Column("sampai", DateTime(timezone=True), nullable=False, comment="until when the signature it came with is good"),
    comment="requests that were taken; the same one is not taken again",
)

LIVE = Table(
    "simpul_langsung",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("gagal", Integer, nullable=False, server_default=text("0"), comment="failures in a row"),
    Column("jeda_detik", Integer, nullable=False, server_default=text("0"), comment="for how long it was left alone last; 0: it is not"),
    Column("tutup_sampai", DateTime(timezone=True), comment="until when it is not asked; null: it is"),
    Column("sebab", Text, comment="why it failed last"),
    Column("ditanya", BigInteger, nullable=False, server_default=text("0"), comment="how often it was to be asked"),
    Column("langsung", BigInteger, nullable=False, server_default=text("0"), comment="how often it answered itself"),
    Column("salinan", BigInteger, nullable=False, server_default=text("0"), comment="how often the copy stood in for it"),
    Column("terakhir", DateTime(timezone=True), comment="when it answered itself last"),
    Column("skema", Text, comment="digest of its schema; null: it is not known"),
    Column("skema_versi", Text, comment="version of the hub that told it"),
    Column("skema_alamat", Text, comment="where it was told"),
    comment="at the province: how each node that is asked live answered",
)  # fmt: skip

SCHEMA = Table(
    "simpul_skema",
    METADATA,
    Column("sidik", Text, primary_key=True, comment="SHA-256 of the text"),
    Column("isi", Text, nullable=False, comment="in the definition language of GraphQL"),
    comment="at the province: schemas of nodes that are asked live",
)

BUNDLE = Table(
    "simpul_bekal",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("bagian", Kode, primary_key=True),
    Column("sidik", Text, comment="digest of the part here when it was last the province's; null: it never was"),
    Column("sidik_induk", Text, comment="what the province called that"),
    Column("pada", DateTime(timezone=True), comment="when it was last taken"),
    Column("sebab", Text, comment="why the newest one could not be taken; null: it could"),
    Column("temuan", JSONB, nullable=False, server_default=text("'[]'"), comment="what was found when it was last taken"),
    comment="at a node: parts of what its province sends down",
)  # fmt: skip

BUNDLE_PIECE = Table(
    "simpul_bekal_isi",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("bagian", Kode, primary_key=True),
    Column("tabel", Kode, primary_key=True),
    Column("potong", Kode, primary_key=True),
    Column("sidik", Text, nullable=False),
    Column("isi", JSONB, nullable=False, comment="list of rows: list of values as text, in the order of the columns' names"),
    comment="at a node: pieces of a part that have come and are not in force yet",
)  # fmt: skip
