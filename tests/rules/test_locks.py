"""Lock files pin by hash and hold no addresses; no file tells where or how it was made."""

import json
import re
from pathlib import Path

import pytest

from tests.project_files import ROOT, project_files, text

_LOCK_FILES = ["requirements.lock", "requirements-dev.lock"]
_ADDRESS = re.compile(r"[a-z+]+://|^\s*(-i|-f|--[a-z-]*index[a-z-]*|--find-links|--trusted-host)\b|@\s*file:", re.M)
# written so that this file does not find itself
_TRACES = {
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


@pytest.mark.parametrize("file", _LOCK_FILES)
def test_a_lock_file_holds_no_address(file: str) -> None:
    assert _ADDRESS.findall((ROOT / file).read_text()) == []


@pytest.mark.parametrize("file", _LOCK_FILES)
def test_every_requirement_is_pinned_with_a_hash(file: str) -> None:
    content = (ROOT / file).read_text().replace("\\\n", " ")
    lines = [b for b in content.splitlines() if b.strip() and not b.lstrip().startswith("#")]
    assert len(lines) > 20
    pattern = re.compile(r"[A-Za-z0-9_.-]+==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [b.split()[0] for b in lines if not pattern.fullmatch(b)] == []


def test_the_development_lock_holds_everything_of_the_other() -> None:
    main, development = (set(re.findall(r"^\S+==\S+", (ROOT / b).read_text(), re.M)) for b in _LOCK_FILES)
    assert main <= development


def test_an_npm_lock_holds_no_address() -> None:
    lock_files = [f for f in project_files() if f.name in ("package-lock.json", ".package-lock.json")]
    assert lock_files, "the gateway's packages are locked"
    for file in lock_files:
        packages = json.loads((ROOT / file).read_text())["packages"]
        assert [name for name, entry in packages.items() if "resolved" in entry] == [], file
        assert [name for name, content in packages.items() if name and "integrity" not in content] == [], file


def test_npm_is_asked_for_exact_versions_and_writes_no_address() -> None:
    manifests = [f for f in project_files() if f.name == "package.json"]
    assert Path("web/package.json") in manifests
    for file in manifests:
        manifest = json.loads((ROOT / file).read_text())
        versions = {**manifest.get("dependencies", {}), **manifest.get("devDependencies", {})}
        assert {n: v for n, v in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+(-[\w.]+)?", v)} == {}, file
        assert (ROOT / file).with_name("package-lock.json").exists(), f"{file} has no lock file beside it"
        settings = (ROOT / file).with_name(".npmrc").read_text().split()
        assert "omit-lockfile-registry-resolved=true" in settings, file
        assert not [s for s in settings if "://" in s], file


@pytest.mark.parametrize("what", _TRACES)
def test_no_file_names(what: str) -> None:
    temuan = []
    for file in project_files():
        if what == "a session" and file.name == "package-lock.json":
            continue  # names packages of others, among them optional ones that are never installed
        for number, line in enumerate((text(file) or "").splitlines(), 1):
            match = _TRACES[what].search(line)
            if match is not None:
                temuan.append(f"{file}:{number} {match[0]}")
    assert temuan == []
