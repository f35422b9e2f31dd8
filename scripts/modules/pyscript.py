"""Prints what there is to import in this PyScript."""

import importlib
import pkgutil

import pyscript
from js import console

for module in [
    "pyscript",
    *(found.name for found in pkgutil.walk_packages(pyscript.__path__, "pyscript.")),
]:
    try:
        names = dir(importlib.import_module(module))
    except ImportError:  # what is of workers alone, or of another Python
        continue
    console.log(
        f"from {module} import {' '.join(name for name in names if not name.startswith('_'))}"
    )
