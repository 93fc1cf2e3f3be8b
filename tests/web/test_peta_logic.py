"""The pure parts of the page /peta (classes, numbers, the link), tested where they run: by node's own test runner."""

import re
import subprocess

from tests.hub_server import SETTINGS
from tests.project_files import ROOT

_TESTS = sorted(p.relative_to(ROOT / "web") for p in (ROOT / "web" / "test").glob("*.test.ts"))


def test_the_pure_modules_of_the_map_page() -> None:
    assert {p.name for p in _TESTS} >= {
        f"{n}.test.ts" for n in ("classes", "wording", "view", "katalog", "due", "live", "overview", "province")
    }
    result = subprocess.run(
        [(SETTINGS.home / "venv" / "bin" / "node").absolute(), "--test", *_TESTS],
        cwd=ROOT / "web",
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
    passed = re.search(r"pass (\d+)", result.stdout)
    assert passed is not None
    assert int(passed[1]) >= 20
