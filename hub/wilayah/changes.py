"""What moved between two lists of regions, guessed from their names where nobody wrote it down."""

from collections import Counter, defaultdict
from collections.abc import Callable

from rapidfuzz import fuzz

from hub.base.nama import kunci_nama
from hub.wilayah.draft import Perubahan

_MIRIP = 60.0  # below this (0-100) two names under one code are two places, when the old name lives on elsewhere


def turunkan_perubahan(lama: dict[str, str], baru: dict[str, str]) -> list[Perubahan]:
    """Guess what moved from two lists {code: name}: the same name, once among the ended and once among the begun.

    Looked for in the nearest surroundings first: same kecamatan, same kabupaten, then anywhere; below a region that
    moved, its children with it. A code that stays but whose name changed beyond likeness, while the old name begins
    elsewhere nearby, has come to mean another place.
    """
    mulai = {k for k in baru if k not in lama}
    akhir = {k for k in lama if k not in baru}
    nama_mulai: dict[tuple[str, str], set[str]] = defaultdict(set)
    for k in mulai:
        nama_mulai[k.rpartition(".")[0], kunci_nama(baru[k])].add(k)
    for k in lama.keys() & baru.keys():
        if fuzz.ratio(kunci_nama(lama[k]), kunci_nama(baru[k])) >= _MIRIP:
            continue
        tetangga = nama_mulai.get((k.rpartition(".")[0], kunci_nama(lama[k])), set()) | _kembar(k, lama, baru)
        if len(tetangga) == 1:
            akhir.add(k)
            mulai.add(k)
    hasil: list[Perubahan] = []
    pindah: dict[str, str] = {}
    for panjang in (2, 5, 8, 13):
        sisa_akhir = {k for k in akhir if len(k) == panjang}
        sisa_mulai = {k for k in mulai if len(k) == panjang}
        for kunci in (_di_induk_baru(pindah), lambda k: k[:8], lambda k: k[:5], lambda k: k[:2], lambda k: ""):
            pasangan = _pasangkan(sisa_akhir, sisa_mulai, lama, baru, kunci)
            for a, m in pasangan:
                pindah[a] = m
                hasil.append(Perubahan(0, "pindah", a, m))
            sisa_akhir -= {a for a, _ in pasangan}
            sisa_mulai -= {m for _, m in pasangan}
        hasil += [Perubahan(0, "hapus", k, "") for k in sorted(sisa_akhir)]
        hasil += [Perubahan(0, "tambah", "", k) for k in sorted(sisa_mulai)]
    return hasil


def _kembar(k: str, lama: dict[str, str], baru: dict[str, str]) -> set[str]:
    """Neighbours under the same parent that bear the old name of `k` now and bore another before: codes swapped."""
    induk, cari = k.rpartition(".")[0] + ".", kunci_nama(lama[k])
    dekat = [f"{induk}{n}" for n in _nomor_desa(k)]
    return {
        t for t in dekat if t != k and t in baru and t in lama and kunci_nama(baru[t]) == cari != kunci_nama(lama[t])
    }


def _nomor_desa(k: str) -> list[str]:
    if len(k) != 13:
        return []
    return [f"{awal}{n:03d}" for awal in "12" for n in range(1, 60)]


def _di_induk_baru(pindah: dict[str, str]) -> Callable[[str], str]:
    def kunci(k: str) -> str:
        induk = k.rpartition(".")[0]
        return pindah.get(induk, induk)

    return kunci


def _pasangkan(
    akhir: set[str], mulai: set[str], lama: dict[str, str], baru: dict[str, str], kunci: Callable[[str], str]
) -> list[tuple[str, str]]:
    a = Counter((kunci(k), kunci_nama(lama[k])) for k in akhir)
    m = Counter((kunci(k), kunci_nama(baru[k])) for k in mulai)
    tempat = {(kunci(k), kunci_nama(baru[k])): k for k in mulai}
    return sorted((k, tempat[t]) for k in akhir if a[t := (kunci(k), kunci_nama(lama[k]))] == 1 == m.get(t))
