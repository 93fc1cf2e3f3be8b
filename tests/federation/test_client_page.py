"""What docs/klien.md tells Apollo Client and urql to keep things apart by, run as it stands there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from schema.api_text import api_text
from schema.build import schema, sdl
from tests.client import Client
from tests.federation.gateway import BIN, HERE, run_node
from tests.project_files import ROOT

_PAGE = (ROOT / "docs" / "klien.md").read_text(encoding="utf-8")
_MODULES = re.findall(r"```js\n// (\w+)\.js\n(.*?)```", _PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def kept(read_hub: Client, node_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("klien")
    (folder / "node_modules").symlink_to(node_packages)
    (folder / "api.graphql").write_text(api_text(sdl()))
    for name, text in _MODULES:
        (folder / f"{name}.mjs").write_text(text)
    (folder / "caches.mjs").write_text((HERE / "caches.mjs").read_text())
    result = run_node([BIN / "node", folder / "caches.mjs", f"{read_hub.address}/graphql"], folder)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_page_has_a_module_for_each() -> None:
    assert [name for name, _ in _MODULES] == ["apollo", "urql"]


def test_apollo_keeps_days_apart_and_the_catalogue_by_its_codes(kept: Any) -> None:
    keys = set(kept["apollo"])
    assert {"Kabupaten:53.14", "Kabupaten:53.14@2021-01-01", "Provinsi:53", "Rekap:53.14:F01:2020"} <= keys
    for type_name in ("Elemen", "Formulir", "Barang", "Indikator", "DaftarKode"):
        assert any(k.startswith(f'{type_name}:{{"kode":') for k in keys), type_name
    embedded = {"PageInfo", "ButirKode", "NilaiRekap", "Rincian", "DesaConnection", "DesaEdge"}
    assert {k.split(":")[0] for k in keys}.isdisjoint(embedded)
    assert kept["again"] == "Rote Ndao"


def test_urql_keeps_them_apart_and_warns_of_nothing(kept: Any) -> None:
    assert kept["urql"] == [None, "53.14@2021-01-01", "Rote Ndao"]
    assert kept["warned"] == []


def test_the_page_names_every_type_of_the_interfaces() -> None:
    core = schema()._schema
    for name in ("Node", "Wilayah", "SumberDaya"):
        (listed,) = re.findall(rf"^    {name}: \[(.*?)\]", _PAGE, re.MULTILINE)
        assert re.findall(r"\w+", listed) == [t.name for t in core.get_possible_types(core.get_type(name))]  # type: ignore[arg-type]


def test_the_page_tells_every_code_there_is() -> None:
    sources = [*(ROOT / "schema" / "http").glob("*.py"), ROOT / "hub" / "base" / "errors.py"]
    text = "\n".join(f.read_text(encoding="utf-8") for f in sources)
    used = set(re.findall(r'\bcode\b(?:: str)?"?\s*[=:] "([A-Z_]+)"', text)) | set(
        re.findall(r'"(GRAPHQL_[A-Z_]+|OPERATION_[A-Z_]+)"', text)
    )
    assert len(used) > 8
    assert {c for c in used if f"`{c}`" not in _PAGE} == set()
