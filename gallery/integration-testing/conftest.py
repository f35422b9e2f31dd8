"""Some of the tests run in a page."""

pytest_plugins = ["in_pyodide"]
