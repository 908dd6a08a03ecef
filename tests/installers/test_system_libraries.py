"""The script that sees to system libraries, run for real with stand-ins for dpkg-query, apt-get, sudo and id."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for Linux and macOS shells")

SCRIPT = Path(__file__).parent.parent.parent / "installers" / "linux" / "system-libraries.sh"
TOOLS = ("bash", "awk", "uname", "env", "cat")
MISSING = "libportaudio2"


class Machine:
    """A Debian of stand-ins: what it has installed, who is at it, what its apt-get was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for tool in TOOLS:
            path = subprocess.run(["which", tool], capture_output=True, text=True, check=True).stdout.strip()
            (folder / tool).symlink_to(path)
        self.program("uname", "echo Linux")
        self.program("id", "echo 0")
        self.program("apt-get", f'echo "$@" >> {folder}/asked')
        wanted = subprocess.run([SCRIPT, "--list"], capture_output=True, text=True, check=True).stdout.split()
        self.install([f"ii  {name}, " for name in wanted])

    def program(self, name: str, body: str) -> None:
        """Put a shell script on the PATH."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def install(self, rows: list[str]) -> None:
        """What dpkg-query answers: `state package, provided`."""
        (self.folder / "installed").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.program("dpkg-query", f"cat {self.folder}/installed")

    def lacks(self, package: str, instead: str = "") -> None:
        """Take `package` away and put the row `instead` in its place."""
        rows = (self.folder / "installed").read_text(encoding="utf-8").splitlines()
        self.install([instead if row == f"ii  {package}, " else row for row in rows])

    def run(self) -> str:
        """What the script said; it must end 0."""
        ended = subprocess.run(
            [SCRIPT], env={"PATH": str(self.folder)}, capture_output=True, text=True, timeout=600, check=False
        )
        assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
        return ended.stderr

    def asked(self) -> list[str]:
        """The command lines that apt-get was run with."""
        path = self.folder / "asked"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_when_nothing_is_missing_it_says_and_does_nothing(machine: Machine) -> None:
    assert machine.run() == ""
    assert machine.asked() == []


def test_root_gets_just_what_is_missing_and_no_question(machine: Machine) -> None:
    machine.lacks(MISSING)
    machine.run()
    update, install = machine.asked()
    assert update.endswith("update")
    assert install.endswith(f"install -y --no-install-recommends {MISSING}")


@pytest.mark.parametrize("state", ["rc", "un", "iU"])
def test_a_package_that_was_removed_or_half_installed_is_missing(machine: Machine, state: str) -> None:
    machine.lacks(MISSING, f"{state}  {MISSING}, ")
    machine.run()
    assert machine.asked()[-1].endswith(MISSING)


def test_a_package_under_its_new_name_counts(machine: Machine) -> None:
    machine.lacks("libglib2.0-0", "ii  libglib2.0-0t64, libglib2.0-0 (= 2.80.0-1), libglib2.0-udeb")
    assert machine.run() == ""


def test_without_the_right_it_prints_the_one_line_and_goes_on(machine: Machine) -> None:
    machine.lacks(MISSING)
    machine.program("id", "echo 1000")
    machine.program("sudo", "echo 'sudo: a password is required' >&2; exit 1")
    said = machine.run()
    (line,) = [row for row in said.splitlines() if row.startswith("  ")]
    assert line == f'  sudo sh -c "apt-get update && apt-get install -y --no-install-recommends {MISSING}"'
    assert machine.asked() == []


def test_without_sudo_at_all_it_does_the_same(machine: Machine) -> None:
    machine.lacks(MISSING)
    machine.program("id", "echo 1000")
    assert "apt-get install -y" in machine.run()


def test_a_sudo_that_asks_nothing_is_used(machine: Machine) -> None:
    machine.lacks(MISSING)
    machine.program("id", "echo 1000")
    machine.program("sudo", 'test "$1" = -n && shift; test "$1" = true || "$@"')
    machine.run()
    assert machine.asked()[-1].endswith(MISSING)


def test_an_apt_get_that_fails_stops_nothing_and_says_what_to_run_later(machine: Machine) -> None:
    machine.lacks(MISSING)
    machine.program("apt-get", "echo 'E: no network' >&2; exit 100")
    said = machine.run()
    assert "E: no network" in said
    assert f"apt-get install -y --no-install-recommends {MISSING}" in said


def test_one_bad_source_in_the_list_does_not_stop_the_install(machine: Machine) -> None:
    machine.lacks(MISSING)
    machine.program("apt-get", f'echo "$@" >> {machine.folder}/asked; [[ "$*" != *update ]]')
    assert "failed" not in machine.run()
    assert machine.asked()[-1].endswith(MISSING)


def test_another_linux_is_told_what_is_needed(machine: Machine) -> None:
    (machine.folder / "dpkg-query").unlink()
    assert MISSING in machine.run()


def test_macos_needs_none_of_it(machine: Machine) -> None:
    machine.install([])
    machine.program("uname", "echo Darwin")
    assert machine.run() == ""
