"""scripts/bench simpul: a province and hubs of its kabupaten.

scripts/bench simpul --lama [--kabupaten N] [--sekaligus N] [--json FILE]
"""

import sys


def main() -> int:
    if "--lama" in sys.argv[1:]:
        from bench import simpul_backlog

        return simpul_backlog.main([a for a in sys.argv[1:] if a != "--lama"])
    raise SystemExit(__doc__)


if __name__ == "__main__":
    raise SystemExit(main())
