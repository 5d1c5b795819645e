"""Finds the Python packages that scripts/setup installed, so that each script can be called directly."""

import os
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[2] / ".venv"


def enter():
    """Continues in the repository's virtual environment, if there is one."""
    python = FOLDER / "bin" / "python"
    if not python.exists() or pathlib.Path(sys.prefix).resolve() == FOLDER.resolve():
        return
    os.environ["PATH"] = f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.execv(python, [str(python), *sys.argv])
