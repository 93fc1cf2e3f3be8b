"""Stated performance against performance computed again: targets without a number or in another unit than the result,
achievements beyond belief, stated percentages and scores that do not follow from the figures. Pure; works on the elements KIN01
(target) and KIN02 (stated result), whose breakdowns `indikator` and `sasaran_kinerja` say what is meant.

What is reached of a target is computed in the target's unit or not at all; where the hub cannot, the stated result counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hub.angka.cells import CleanCell
from hub.angka.newest_version import version_order
from hub.base.temuan import ERROR, INFO, WARNING, Temuan, display
from hub.katalog.katalog import MEASURE

TARGET, RESULT = "KIN01", "KIN02"
_PLAUSIBLE = Decimal(150)  # an achievement above this many percent is worth a second look
_ROUNDING_STEP = Decimal("0.01")  # stated percentages may be off by one in the second decimal


@dataclass(frozen=True, slots=True)
class ComputedResult:
    """What the hub knows of an indicator or element of the reporter: its unit (None: it computes none), what follows from the
    approved figures, unrounded (None: they are not there); `less_is_better`: less is better."""

    nilai: Decimal | None = None
    satuan: str | None = None
    less_is_better: bool = False


UNKNOWN = ComputedResult()


def check_performance(cells: Iterable[CleanCell], results: Mapping[str, ComputedResult]) -> list[Temuan]:
    """`results`: indicator or element code → what is known of it for the same period."""
    target: dict[str, CleanCell] = {}
    indicators_of: dict[str, list[str]] = defaultdict(list)
    stated: dict[str, CleanCell] = {}
    scores: dict[str, CleanCell] = {}
    temuan: list[Temuan] = []
    for s in cells:
        if s.elemen.kode not in (TARGET, RESULT):
            continue
        r = dict(s.rincian)
        if s.elemen.kode == TARGET and MEASURE in r:
            earlier = target.get(r[MEASURE])
            if earlier is None or _version(s) >= _version(earlier):
                target[r[MEASURE]] = s
        elif s.elemen.kode == RESULT and s.nilai is not None:
            if MEASURE in r:
                if r[MEASURE] not in stated or len(r) == 1:
                    stated[r[MEASURE]] = s
            elif "sasaran_kinerja" in r:
                scores[r["sasaran_kinerja"]] = s
    for kode, s in target.items():
        if (goal := dict(s.rincian).get("sasaran_kinerja")) is not None and s.nilai is not None:
            indicators_of[goal].append(kode)
        if s.nilai is None and s.status == "TIDAK_ADA_DATA":
            message = f"Target indikator {kode} kosong; capaiannya tidak dapat dihitung."
            temuan.append(_temuan("TARGET_KOSONG", WARNING, message, s))
        if s.nilai is not None and kode not in stated and (units := _differing_units(s, results.get(kode, UNKNOWN))):
            message = (
                f"Target {kode} dalam {units[0]}, sedangkan angka {kode} dalam {units[1]}; keduanya tidak dibandingkan. Tulis "
                f"realisasinya dalam {units[0]} pada {RESULT}[{MEASURE}={kode}]."
            )
            temuan.append(_temuan("SATUAN_TARGET_BEDA", WARNING, message, s, f"{RESULT}[{MEASURE}={kode}]"))
    for kode, s in stated.items():
        temuan += _check_stated(kode, s, results.get(kode, UNKNOWN))
    achievements = {
        k: c for k, s in target.items() if (c := _achievement(s, results.get(k, UNKNOWN), stated.get(k))) is not None
    }
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


def _differing_units(s: CleanCell, result: ComputedResult) -> tuple[str, str] | None:
    """The unit of a target or stated result, and the other one that the hub computes the same thing in."""
    dimension = s.elemen.dimension(MEASURE)
    unit = None if dimension is None else dimension.satuan.get(dict(s.rincian)[MEASURE])
    return (unit, result.satuan) if unit and result.satuan and unit != result.satuan else None


def _check_stated(kode: str, s: CleanCell, result: ComputedResult) -> list[Temuan]:
    """A stated result beside the computed one."""
    units = _differing_units(s, result)
    if units is None and result.nilai is not None:
        return _compare(f"Realisasi {kode}", s, result.nilai)
    if units is None:
        why = "angka dasarnya belum ada"
    else:
        why = f"satuannya {units[0]}, sedangkan angka {kode} dalam {units[1]}"
    message = f"Realisasi {kode} ditulis {display(s.nilai)}; {why}, jadi tidak dapat diperiksa."
    return [_temuan("TAK_TERPERIKSA", INFO, message, s)]


def _achievement(target: CleanCell, result: ComputedResult, stated: CleanCell | None) -> Decimal | None:
    t = target.nilai
    r = result.nilai if _differing_units(target, result) is None else None
    if r is None and stated is not None:
        r = stated.nilai
    if t is None or t == 0 or r is None:
        return None
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
