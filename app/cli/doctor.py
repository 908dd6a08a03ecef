"""`cuesmith doctor`: what is installed, what is missing, and what to do about it. Knows no checks itself."""

from __future__ import annotations

import argparse
import json

from app.cli.runner import EXIT_DONE, EXIT_FINDINGS
from core.codec import plain
from core.doctor import examine
from core.health import Health

_SIGNS = {Health.GOOD: "ok", Health.NOTE: "note", Health.BAD: "MISSING"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to print it."""
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--quick", action="store_true", help="without a known clip through each engine")


def run(args: argparse.Namespace) -> int:
    """Examine and print; exit code 1 where something the program needs is missing."""
    checks = examine(quick=args.quick)
    if args.json:
        print(json.dumps({"version": 1, "checks": plain(checks)}, ensure_ascii=False))
    else:
        for check in checks:
            print(f"{_SIGNS[check.health]:>8}  {check.name}: {check.found}")
            if check.next_step:
                print(f"{'':>10}{check.next_step}")
    return EXIT_FINDINGS if any(check.health is Health.BAD for check in checks) else EXIT_DONE
