"""The pure parts of the page /peta (classes, numbers, the link), tested where they run: by node's own test runner."""

import re
import subprocess

from tests.conftest import AKAR, SETTINGS

_UJI = sorted(p.relative_to(AKAR / "web") for p in (AKAR / "web" / "test").glob("*.test.ts"))


def test_the_pure_modules_of_the_map_page() -> None:
    assert {p.name for p in _UJI} >= {f"{n}.test.ts" for n in ("classes", "wording", "view", "katalog")}
    hasil = subprocess.run(
        [(SETTINGS.home / "venv" / "bin" / "node").absolute(), "--test", *_UJI],
        cwd=AKAR / "web",
        capture_output=True,
        text=True,
    )
    assert hasil.returncode == 0, hasil.stdout[-4000:] + hasil.stderr[-2000:]
    lulus = re.search(r"pass (\d+)", hasil.stdout)
    assert lulus is not None
    assert int(lulus[1]) >= 20
