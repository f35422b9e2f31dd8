"""Prints what there is to import in this Pyodide."""

import importlib
import pkgutil
import sys
import zipfile

import pyodide

# What opens a browser, prints a poem, or is the program itself.
UNASKED = {"antigravity", "this", "__main__"}


def library():
    """All modules of the standard library that this Python may have."""
    names = set(sys.stdlib_module_names)
    for archive in (path for path in sys.path if path.endswith(".zip")):
        for file in zipfile.ZipFile(archive).namelist():
            name = file.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")
            if (
                file.endswith((".py", ".pyc"))
                and name.partition(".")[0] in sys.stdlib_module_names
            ):
                names.add(name)
    return {
        name
        for name in names
        if name not in UNASKED
        and not any(part.startswith("_") for part in name.split("."))
    }


def say_names(module):
    """Print what can be imported from a module, what it lists for that apart from the rest."""
    loaded = importlib.import_module(module)
    names = {name for name in dir(loaded) if not name.startswith("_")}
    public = set(getattr(loaded, "__all__", names)) & set(dir(loaded))
    print("from", module, "import", *sorted(public), "besides", *sorted(names - public))


say_names("pyodide")  # before it has those of its parts that are imported here
for found in pkgutil.walk_packages(pyodide.__path__, "pyodide."):
    say_names(found.name)
say_names("pyodide_js")
for name in sorted(library()):
    print("library", name)
