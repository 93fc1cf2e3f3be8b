"""Complaints of an SLRT or puskesos, by period."""

from typing import Any

import strawberry

from hub.angka import complaint_reads
from schema.angka.types import StatusNilai
from schema.engine.declare import argument, column, relation
from schema.expected_rows import named
from schema.scalars import Desimal, Periode


@strawberry.federation.type(
    shareable=True, description="Pengaduan yang diterima dan diselesaikan satu SLRT atau puskesos selama satu periode."
)
class PengaduanLembaga:
    periode: Periode = column("Periodenya.")
    masuk: Desimal | None = column("Yang masuk (LEM12), kasus.")
    status_masuk: StatusNilai = column(
        "Keadaan angka itu. TIDAK_BERLAKU: lembaganya tidak ada pada hari terakhir periode; TIDAK_ADA_DATA juga bila di desanya ada "
        "lembaga lain yang sejenis, sehingga tidak dapat dipisahkan."
    )
    selesai: Desimal | None = column("Yang selesai atau dirujuk (LEM13), kasus.")
    status_selesai: StatusNilai = column("Keadaan angka itu, seperti statusMasuk.")


def complaints() -> Any:
    return relation(
        "Pengaduannya menurut rekap F09 yang disetujui, rincian penerima_pengaduan di desanya: satu baris tiap periode yang ditanyakan.",
        complaint_reads.of_institution,
        argument("periode", list[Periode], "Periode, misalnya 2020-TW3.", required=True),
        rows=named("periode"),
    )
