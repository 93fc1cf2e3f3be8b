"""Lock files pin by hash and hold no addresses; no file tells where or how it was made."""

import json
import re
from pathlib import Path

import pytest

from tests.project_files import AKAR, project_files, text

_KUNCI = ["requirements.lock", "requirements-dev.lock"]
_ALAMAT = re.compile(r"[a-z+]+://|^\s*(-i|-f|--[a-z-]*index[a-z-]*|--find-links|--trusted-host)\b|@\s*file:", re.M)
# written so that this file does not find itself
_JEJAK = {
    "a package registry": re.compile(
        r"\b([\w-]+\.)*(pypi|pythonhosted|npmjs|yarnpkg|registry|artifactory|nexus)[\w-]*"
        r"(\.[\w-]+)*\.(org|com|net|io|dev|id|internal|local|lan|corp)\b",
        re.IGNORECASE,
    ),
    "a path of one machine": re.compile(r"(?<![\w.})~-])/(work|root|home|Users)/\w"),
    "a session": re.compile(
        r"\b(claud[e]|anthropi[c]|chatgp[t]|opena[i]|copilo[t]|co-authored-b[y])\b|\bsession[_ ]?i[d]\b", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("berkas", _KUNCI)
def test_a_lock_file_holds_no_address(berkas: str) -> None:
    assert _ALAMAT.findall((AKAR / berkas).read_text()) == []


@pytest.mark.parametrize("berkas", _KUNCI)
def test_every_requirement_is_pinned_with_a_hash(berkas: str) -> None:
    isi = (AKAR / berkas).read_text().replace("\\\n", " ")
    baris = [b for b in isi.splitlines() if b.strip() and not b.lstrip().startswith("#")]
    assert len(baris) > 20
    pola = re.compile(r"[A-Za-z0-9_.-]+==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [b.split()[0] for b in baris if not pola.fullmatch(b)] == []


def test_the_development_lock_holds_everything_of_the_other() -> None:
    utama, pengembang = (set(re.findall(r"^\S+==\S+", (AKAR / b).read_text(), re.M)) for b in _KUNCI)
    assert utama <= pengembang


def test_an_npm_lock_holds_no_address() -> None:
    kunci = [f for f in project_files() if f.name in ("package-lock.json", ".package-lock.json")]
    assert kunci, "the gateway's packages are locked"
    for berkas in kunci:
        paket = json.loads((AKAR / berkas).read_text())["packages"]
        assert [nama for nama, isi in paket.items() if "resolved" in isi] == [], berkas
        assert [nama for nama, isi in paket.items() if nama and "integrity" not in isi] == [], berkas


def test_npm_is_asked_for_exact_versions_and_writes_no_address() -> None:
    daftar = [f for f in project_files() if f.name == "package.json"]
    assert Path("web/package.json") in daftar
    for berkas in daftar:
        isi = json.loads((AKAR / berkas).read_text())
        versi = {**isi.get("dependencies", {}), **isi.get("devDependencies", {})}
        assert {n: v for n, v in versi.items() if not re.fullmatch(r"\d+\.\d+\.\d+(-[\w.]+)?", v)} == {}, berkas
        assert (AKAR / berkas).with_name("package-lock.json").exists(), f"{berkas} has no lock file beside it"
        setelan = (AKAR / berkas).with_name(".npmrc").read_text().split()
        assert "omit-lockfile-registry-resolved=true" in setelan, berkas
        assert not [s for s in setelan if "://" in s], berkas


@pytest.mark.parametrize("apa", _JEJAK)
def test_no_file_names(apa: str) -> None:
    temuan = []
    for berkas in project_files():
        if apa == "a session" and berkas.name == "package-lock.json":
            continue  # names packages of others, among them optional ones that are never installed
        for nomor, baris in enumerate((text(berkas) or "").splitlines(), 1):
            cocok = _JEJAK[apa].search(baris)
            if cocok is not None:
                temuan.append(f"{berkas}:{nomor} {cocok[0]}")
    assert temuan == []
