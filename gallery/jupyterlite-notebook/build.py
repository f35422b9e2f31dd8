"""Build the site into _output: a folder that any host can serve."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "_output"
DONE = (
    HERE / ".jupyterlite.doit.db"
)  # what JupyterLite takes for done, whether it is there or not
WHEELS = OUTPUT / "pypi"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
START = "notebooks/index.html?path=rain.ipynb"
FORWARDS = "await import('./config-utils.js');"  # from the first page to an application

#: Exactly what is pinned, and wheels of pure Python: those for Pyodide, and not for the Python that runs this.
PURE = (
    "--no-deps --require-hashes --only-binary :all: "
    "--platform any --implementation py --abi none --python-version 3.13"
)

#: What the notebook installs by itself. All other wheels are there before its first cell.
LATER = ("tabulate-",)

#: The kernel's worker stands in extensions/@jupyterlite/pyodide-kernel-extension/static, and fetches from there.
FROM_THE_WORKER = "../../../../pypi/"


def run(*words: str) -> None:
    """Run a module of this Python in the pattern's folder. It fails where the module does."""
    subprocess.run([sys.executable, "-m", *words], cwd=HERE, check=True)


def fetch_wheels() -> None:
    """Fetch what wheels.txt pins into the folder pypi, of which JupyterLite makes an index."""
    shutil.rmtree(HERE / "pypi", ignore_errors=True)
    run(*f"pip download --quiet {PURE} --dest pypi -r wheels.txt".split())


def preload() -> None:
    """Have the kernel load its wheels at once, from this site, in place of one after the other."""
    path = OUTPUT / "jupyter-lite.json"
    site = json.loads(path.read_text("utf-8"))
    names = sorted(
        wheel.name for wheel in WHEELS.glob("*.whl") if not wheel.name.startswith(LATER)
    )
    kernel = site["jupyter-config-data"]["litePluginSettings"][KERNEL]
    kernel["loadPyodideOptions"] = {
        "packages": [FROM_THE_WORKER + name for name in names]
    }
    path.write_text(json.dumps(site, indent=2), "utf-8")


def begin_with_the_notebook() -> None:
    """Lead those who open the site to the notebook. JupyterLite reads the rest of the page, so that stays."""
    path = OUTPUT / "index.html"
    page = path.read_text("utf-8")
    if FORWARDS not in page:
        raise RuntimeError(f"{path} is not the page of JupyterLite 0.8")
    path.write_text(page.replace(FORWARDS, f'location.replace("{START}");'), "utf-8")


if __name__ == "__main__":
    fetch_wheels()
    shutil.rmtree(OUTPUT, ignore_errors=True)
    DONE.unlink(missing_ok=True)
    run("jupyterlite_core", "build")
    preload()
    begin_with_the_notebook()
