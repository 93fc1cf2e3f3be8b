"""What the officers' desk asks: an office's whole page, and a province's matrix, in one question each, within the limits of costs."""

from typing import Any

from graphql import get_named_type

from schema.build import schema
from tests.client import Client
from tests.rekap.texts import APPROVE, SAVE, SEND_BACK, SUBMIT, angka, submission

KAB, PROV = "53.15", "53"
YEAR = ["2023", "2023-S1", "2023-S2", *(f"2023-TW{n}" for n in range(1, 5)), *(f"2023-{n:02d}" for n in range(1, 13))]
DUE = """query ($wilayah: KodeWilayah!, $periode: [Periode!]!) {
  siapaSaya { peran nama wilayah { kode nama } berlakuSampai boleh }
  kelengkapan(wilayah: $wilayah, periode: $periode) {
    kabupaten { kode nama } formulir { kode nama periodeJenis } periode
    status tenggat terlambat tepatWaktu dipenuhi diingatkanPada diingatkanLewat
    rekap { id revisi revisiDisetujui diajukanPada boleh catatan { alasan usulan wilayah { nama } elemen { nama } } temuan { tingkat } }
  }
}"""


def _rows(hub: Client, as_whom: str | None, wilayah: str = KAB) -> dict[tuple[str, str, str], Any]:
    rows = hub.ask(DUE, {"wilayah": wilayah, "periode": YEAR}, as_whom)["kelengkapan"]
    return {(r["kabupaten"]["kode"], r["formulir"]["kode"], r["periode"]): r for r in rows}


def _fill(hub: Client) -> None:
    """A draft, one that was returned with a note, one that is approved and one that waits."""
    figure = [angka(KAB, "BAN04", 10)]
    hub.ask(SAVE, {"m": submission(KAB, "F02", "2023-01", "draf", nilai=figure)}, KAB)
    for periode in ("2023-02", "2023-03", "2023-04"):
        assert (
            hub.ask(SUBMIT, {"m": submission(KAB, "F02", periode, periode, nilai=figure)}, KAB)["hasil"]["revisi"] == 1
        )
    note = {"wilayah": KAB, "elemen": "BAN04", "alasan": "periksa", "usulan": 11}
    hub.ask(SEND_BACK, {"id": f"{KAB}:F02:2023-02", "revisi": 1, "alasan": "lihat catatan", "catatan": [note]}, PROV)
    hub.ask(APPROVE, {"id": f"{KAB}:F02:2023-03", "revisi": 1}, PROV)


def test_an_office_sees_all_it_owes_in_one_question(hub: Client) -> None:
    _fill(hub)
    rows = _rows(hub, KAB)
    found = {p: rows[KAB, "F02", p] for p in ("2023-01", "2023-02", "2023-03", "2023-04", "2023-05")}
    assert [r["status"] for r in found.values()] == ["DRAF", "DIKEMBALIKAN", "DISETUJUI", "DIAJUKAN", None]
    assert found["2023-05"]["rekap"] is None
    assert found["2023-05"]["terlambat"] is True
    returned = found["2023-02"]["rekap"]
    assert (returned["id"], returned["revisi"]) == (f"{KAB}:F02:2023-02", 1)
    assert [(n["alasan"], n["usulan"]) for n in returned["catatan"]] == [("periksa", 11)]
    assert {"SIMPAN", "AJUKAN"} <= set(returned["boleh"])
    assert found["2023-04"]["rekap"]["boleh"] == ["AJUKAN", "TARIK"]


def test_a_province_knows_every_revision_it_may_approve(hub: Client) -> None:
    _fill(hub)
    rows = _rows(hub, PROV, PROV)
    assert len({kab for kab, *_ in rows}) == 22
    assert rows[KAB, "F02", "2023-04"]["rekap"]["boleh"] == ["SETUJUI", "KEMBALIKAN"]
    assert sum(r["rekap"] is not None for (kab, *_), r in rows.items() if kab == KAB) == 4


def test_others_see_what_was_approved_and_no_more(hub: Client) -> None:
    _fill(hub)
    for as_whom in (None, "53.14", "36"):
        rows = _rows(hub, as_whom)
        seen = {key: r["rekap"] for key, r in rows.items() if r["rekap"] is not None}
        assert seen.keys() == {(KAB, "F02", "2023-03")}
        (approved,) = seen.values()
        assert (approved["revisi"], approved["boleh"], approved["temuan"]) == (1, [], [])


def test_both_cost_what_a_hub_lets_everybody_ask(read_hub: Client) -> None:
    costs = []
    for wilayah, periods in ((KAB, YEAR * 2), (PROV, ["2023"])):
        answer = read_hub.send(DUE, {"wilayah": wilayah, "periode": list(dict.fromkeys(periods))}, PROV).json()
        costs.append(answer["extensions"]["biaya"]["perkiraan"])
    assert max(costs) < 100_000


def test_a_form_says_what_can_be_checked_before_it_is_sent(read_hub: Client) -> None:
    forms = read_hub.ask("{ daftarFormulir { elemen { kode bulat minimum maksimum diLuar } } }")["daftarFormulir"]
    told = {e["kode"]: e for f in forms for e in f["elemen"]}
    rows = read_hub.sql("SELECT kode, bulat, minimum, maksimum, di_luar FROM elemen")
    assert {k: (b, lo, hi, o) for k, b, lo, hi, o in rows} == {
        k: (e["bulat"], e["minimum"], e["maksimum"], e["diLuar"]) for k, e in told.items()
    }
    assert {e["bulat"] for e in told.values()} == {True, False}
    assert str(get_named_type(schema()._schema.type_map["Elemen"].fields["minimum"].type)) == "Desimal"  # type: ignore[attr-defined]
