"""GraphQL types of nodes: kabupaten with a hub of their own."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from hub.simpul import registry_reads as rows
from schema.engine.declare import column, expression, relation

if TYPE_CHECKING:
    from schema.wilayah.types import Wilayah

_Wilayah = Annotated["Wilayah", strawberry.lazy("schema.wilayah.types")]


@strawberry.enum(description="Di mana sebuah kabupaten/kota menulis.")
class ModeSimpul(Enum):
    HOSTING = strawberry.enum_value(
        "HOSTING", description="Di hub provinsi: simpulnya belum serah terima, atau sudah dicabut."
    )
    KIRIM = strawberry.enum_value("KIRIM", description="Di hubnya sendiri, yang mengirim ke provinsi.")
    TARIK = strawberry.enum_value("TARIK", description="Di hubnya sendiri, yang mengirim dan boleh ditanya langsung.")


@strawberry.federation.type(
    description="Hub milik sebuah kabupaten/kota. Terbaca oleh kantor itu, provinsinya dan pengelola hub.",
)
class Simpul:
    wilayah: _Wilayah = relation("Kabupaten atau kotanya.", rows.region)
    url: str | None = column("Alamat untuk ditanya langsung; null: tidak ditanya.")
    mode: ModeSimpul = column("Di mana kabupaten/kotanya menulis.")
    terakhir_kontak: datetime | None = column("Kontak terakhir yang berhasil; null: belum pernah.")
    tertunda: int = expression("Banyak catatan simpul yang belum diterima provinsi.", rows.backlog)
    sehat: bool = expression("Ada kontak dalam 24 jam, dan tidak ada yang ditolak.", rows.well)
    urutan_terakhir: int = column("Nomor catatan terakhir yang diterima provinsi tanpa celah.")
    umur_salinan_detik: float | None = expression("Umur salinan di provinsi, sejak kontak terakhir.", rows.age)
    versi_katalog: str | None = column("Versi katalog di simpul pada kontak terakhir.")
    versi_wilayah: date | None = column("Hari berlaku terbaru dalam daftar wilayah di simpul.")
    ditolak: int = column("Banyak catatan yang ditolak penerimanya dan belum diganti yang baru.")
    peringatan: int = column("Banyak peringatan tentang rantainya yang belum reda; pengelola hub harus memeriksanya.")
    ditanya_langsung: int = expression(
        "Berapa kali simpul ini hendak ditanya langsung, sejak ia bergabung.", rows.asked_live
    )
    dijawab_langsung: int = expression("Berapa kali dari itu ia menjawab sendiri.", rows.answered_live)
    alasan: str | None = expression("Mengapa tidak sehat; null: sehat.", rows.why)
