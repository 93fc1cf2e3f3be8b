"""Stated performance against performance computed again: targets without a number, achievements beyond belief, stated
percentages and scores that do not follow from the figures. Pure; works on the elements KIN01 (target) and KIN02
(stated result), whose breakdowns `indikator` and `sasaran_kinerja` say what is meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hub.angka.cells import CleanCell
from hub.angka.newest_version import version_order
from hub.base.temuan import ERROR, INFO, WARNING, Temuan, display

TARGET, RESULT = "KIN01", "KIN02"
_PLAUSIBLE = Decimal(150)  # an achievement above this many percent is worth a second look
_ROUNDING_STEP = Decimal("0.01")  # stated percentages may be off by one in the second decimal


@dataclass(frozen=True, slots=True)
class ComputedResult:
    """What the hub computes for an indicator or element of the reporter, unrounded; `less_is_better`: less is better."""

    nilai: Decimal
    less_is_better: bool = False


def check_performance(cells: Iterable[CleanCell], results: Mapping[str, ComputedResult]) -> list[Temuan]:
    """`results`: indicator or element code → what follows from the approved figures of the same period."""
    target: dict[str, CleanCell] = {}
    indicators_of: dict[str, list[str]] = defaultdict(list)
    stated: dict[str, CleanCell] = {}
    scores: dict[str, CleanCell] = {}
    temuan: list[Temuan] = []
    for s in cells:
        r = dict(s.rincian)
        if s.elemen.kode == TARGET and "indikator" in r:
            earlier = target.get(r["indikator"])
            if earlier is None or _version(s) >= _version(earlier):
                target[r["indikator"]] = s
        elif s.elemen.kode == RESULT and s.nilai is not None:
            if "indikator" in r:
                stated[r["indikator"]] = s
            elif "sasaran_kinerja" in r:
                scores[r["sasaran_kinerja"]] = s
    for kode, s in target.items():
        if (goal := dict(s.rincian).get("sasaran_kinerja")) is not None and s.nilai is not None:
            indicators_of[goal].append(kode)
        if s.nilai is None and s.status == "TIDAK_ADA_DATA":
            message = f"Target indikator {kode} kosong; capaiannya tidak dapat dihitung."
            temuan.append(_temuan("TARGET_KOSONG", WARNING, message, s))
    for kode, s in stated.items():
        if kode in results:
            temuan += _compare(f"Realisasi {kode}", s, results[kode].nilai)
        else:
            message = (
                f"Realisasi {kode} ditulis {display(s.nilai)}; angka dasarnya belum ada, jadi tidak dapat diperiksa."
            )
            temuan.append(_temuan("TAK_TERPERIKSA", INFO, message, s))
    achievements = {k: c for k, s in target.items() if (c := _achievement(s, results.get(k))) is not None}
    for kode, c in achievements.items():
        if c > _PLAUSIBLE:
            message = f"Capaian {kode} {display(c.quantize(_ROUNDING_STEP))} % melebihi {_PLAUSIBLE} %: periksa target dan realisasinya."
            temuan.append(_temuan("CAPAIAN_TIDAK_WAJAR", WARNING, message, target[kode]))
    for number, s in scores.items():
        temuan += _check_score(number, s, indicators_of.get(number, []), achievements, scores)
    return temuan


def _version(s: CleanCell) -> tuple[bool, str]:
    """Later for the newer version of a target; one that has a figure counts before one that has none."""
    choice, dimension = dict(s.rincian).get("versi"), s.elemen.dimension("versi")
    order = "" if choice is None or dimension is None else version_order(choice, dimension.pilihan)
    return s.status != "TIDAK_ADA_DATA", order


def _achievement(target: CleanCell, result: ComputedResult | None) -> Decimal | None:
    t = target.nilai
    if t is None or t == 0 or result is None:
        return None
    r = result.nilai
    return ((2 * t - r) if result.less_is_better else r) / t * 100


def _check_score(
    number: str,
    s: CleanCell,
    indicators: list[str],
    achievements: Mapping[str, Decimal],
    scores: Mapping[str, CleanCell],
) -> list[Temuan]:
    if number.casefold() == "total":
        others = [x.nilai for k, x in scores.items() if k != number and x.nilai is not None]
        return _compare("Capaian dinas", s, sum(others, Decimal(0)) / len(others)) if others else []
    if not indicators:
        return []
    not_reported = [k for k in indicators if k not in achievements]
    if not_reported:
        message = (
            f"Capaian sasaran {number} ditulis {display(s.nilai)}; realisasi {', '.join(not_reported)} tidak dilaporkan, jadi tidak "
            "dapat diperiksa."
        )
        return [_temuan("TAK_TERPERIKSA", INFO, message, s)]
    mean = sum((achievements[k] for k in indicators), Decimal(0)) / len(indicators)
    return _compare(f"Capaian sasaran {number}", s, mean)


def _compare(what: str, s: CleanCell, computed: Decimal) -> list[Temuan]:
    """Stated against computed, at the precision of what was stated: rounding half up is silent, one off is a note."""
    assert s.nilai is not None
    step = Decimal(1).scaleb(s.nilai.as_tuple().exponent)  # type: ignore[arg-type]
    rounded = computed.quantize(step, ROUND_HALF_UP)
    if rounded == s.nilai:
        return []
    in_detail = display(computed.quantize(Decimal("0.0001")))
    if abs(computed - s.nilai) <= max(_ROUNDING_STEP, step):
        message = f"{what} ditulis {display(s.nilai)}; dibulatkan dari {in_detail} menjadi {display(rounded)}."
        return [_temuan("PEMBULATAN", INFO, message, s, str(rounded))]
    message = f"{what} ditulis {display(s.nilai)}, tetapi dari angka dasarnya {in_detail}."
    return [_temuan("TIDAK_SESUAI_HITUNGAN", ERROR, message, s, str(rounded))]


def _temuan(kode: str, level: str, message: str, s: CleanCell, proposal: str | None = None) -> Temuan:
    nilai = None if s.nilai is None else str(s.nilai)
    return Temuan(
        kode,
        level,
        message,
        wilayah=s.wilayah,
        elemen=s.elemen.kode,
        nilai=nilai,
        usulan=proposal,
        lokasi=(s.location,),
    )
