"""Where files of tests lie that are many, small and soon gone."""

import os
import re
from pathlib import Path


def memory_folder() -> Path | None:
    """A folder that lies in memory; None where the machine does not offer enough of it."""
    memory = Path("/dev/shm")  # noqa: S108 - for folders of our own in it, which PostgreSQL insists on being the owner of
    if memory.is_dir():
        space = os.statvfs(memory)
        available = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
        if available is not None and min(space.f_bavail * space.f_frsize, int(available[1]) * 1024) >= 3 * 2**30:
            return memory
    return None
