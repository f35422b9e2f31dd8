"""Prints which of the modules in ASKED cannot be imported, and for want of which one."""

import importlib

from asked import ASKED

for module in ASKED:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        print("missing", module, error.name or module)
    except ImportError:  # on other systems as well
        pass
