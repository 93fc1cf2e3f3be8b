"""Stated performance against performance computed again: targets without a number, achievements beyond belief, stated
percentages and scores that do not follow from the figures. Pure; works on the elements KIN01 (target) and KIN02
(stated result), whose breakdowns `indikator` and `sasaran_kinerja` say what is meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hub.angka.cells import SelBersih
from hub.base.temuan import GALAT, INFO, PERINGATAN, Temuan, tampil

TARGET, HASIL = "KIN01", "KIN02"
_WAJAR = Decimal(150)  # an achievement above this many percent is worth a second look
_CACAH = Decimal("0.01")  # stated percentages may be off by one in the second decimal


@dataclass(frozen=True, slots=True)
class HasilHitung:
    """What the hub computes for an indicator or element of the reporter, unrounded; `turun`: less is better."""

    nilai: Decimal
    turun: bool = False


def periksa_kinerja(sel: Iterable[SelBersih], hasil: Mapping[str, HasilHitung]) -> list[Temuan]:
    """`hasil`: indicator or element code → what follows from the approved figures of the same period."""
    target: dict[str, SelBersih] = {}
    sasaran: dict[str, list[str]] = defaultdict(list)
    tertulis: dict[str, SelBersih] = {}
    skor: dict[str, SelBersih] = {}
    temuan: list[Temuan] = []
    for s in sel:
        r = dict(s.rincian)
        if s.elemen.kode == TARGET and "indikator" in r:
            target[r["indikator"]] = s
            if "sasaran_kinerja" in r and s.nilai is not None:
                sasaran[r["sasaran_kinerja"]].append(r["indikator"])
        elif s.elemen.kode == HASIL and s.nilai is not None:
            if "indikator" in r:
                tertulis[r["indikator"]] = s
            elif "sasaran_kinerja" in r:
                skor[r["sasaran_kinerja"]] = s
    for kode, s in target.items():
        if s.nilai is None and s.status == "TIDAK_ADA_DATA":
            pesan = f"Target indikator {kode} kosong; capaiannya tidak dapat dihitung."
            temuan.append(_temuan("TARGET_KOSONG", PERINGATAN, pesan, s))
    for kode, s in tertulis.items():
        if kode in hasil:
            temuan += _banding(f"Realisasi {kode}", s, hasil[kode].nilai)
        else:
            pesan = f"Realisasi {kode} ditulis {tampil(s.nilai)}; angka dasarnya belum ada, jadi tidak dapat diperiksa."
            temuan.append(_temuan("TAK_TERPERIKSA", INFO, pesan, s))
    capaian = {k: c for k, s in target.items() if (c := _capaian(s, hasil.get(k))) is not None}
    for kode, c in capaian.items():
        if c > _WAJAR:
            pesan = (
                f"Capaian {kode} {tampil(c.quantize(_CACAH))} % melebihi {_WAJAR} %: periksa target dan realisasinya."
            )
            temuan.append(_temuan("CAPAIAN_TIDAK_WAJAR", PERINGATAN, pesan, target[kode]))
    for nomor, s in skor.items():
        temuan += _periksa_skor(nomor, s, sasaran.get(nomor, []), capaian, skor)
    return temuan


def _capaian(target: SelBersih, hasil: HasilHitung | None) -> Decimal | None:
    t = target.nilai
    if t is None or t == 0 or hasil is None:
        return None
    r = hasil.nilai
    return ((2 * t - r) if hasil.turun else r) / t * 100


def _periksa_skor(
    nomor: str, s: SelBersih, anggota: list[str], capaian: Mapping[str, Decimal], skor: Mapping[str, SelBersih]
) -> list[Temuan]:
    if nomor.casefold() == "total":
        lain = [x.nilai for k, x in skor.items() if k != nomor and x.nilai is not None]
        return _banding("Capaian dinas", s, sum(lain, Decimal(0)) / len(lain)) if lain else []
    if not anggota:
        return []
    belum = [k for k in anggota if k not in capaian]
    if belum:
        pesan = (
            f"Capaian sasaran {nomor} ditulis {tampil(s.nilai)}; realisasi {', '.join(belum)} tidak dilaporkan, jadi tidak "
            "dapat diperiksa."
        )
        return [_temuan("TAK_TERPERIKSA", INFO, pesan, s)]
    rerata = sum((capaian[k] for k in anggota), Decimal(0)) / len(anggota)
    return _banding(f"Capaian sasaran {nomor}", s, rerata)


def _banding(apa: str, s: SelBersih, dihitung: Decimal) -> list[Temuan]:
    """Stated against computed, at the precision of what was stated: rounding half up is silent, one off is a note."""
    assert s.nilai is not None
    satu = Decimal(1).scaleb(s.nilai.as_tuple().exponent)  # type: ignore[arg-type]
    bulat = dihitung.quantize(satu, ROUND_HALF_UP)
    if bulat == s.nilai:
        return []
    rinci = tampil(dihitung.quantize(Decimal("0.0001")))
    if abs(dihitung - s.nilai) <= max(_CACAH, satu):
        pesan = f"{apa} ditulis {tampil(s.nilai)}; dibulatkan dari {rinci} menjadi {tampil(bulat)}."
        return [_temuan("PEMBULATAN", INFO, pesan, s, str(bulat))]
    pesan = f"{apa} ditulis {tampil(s.nilai)}, tetapi dari angka dasarnya {rinci}."
    return [_temuan("TIDAK_SESUAI_HITUNGAN", GALAT, pesan, s, str(bulat))]


def _temuan(kode: str, tingkat: str, pesan: str, s: SelBersih, usulan: str | None = None) -> Temuan:
    nilai = None if s.nilai is None else str(s.nilai)
    return Temuan(
        kode, tingkat, pesan, wilayah=s.wilayah, elemen=s.elemen.kode, nilai=nilai, usulan=usulan, lokasi=(s.lokasi,)
    )
