"""The station: its name over the gauge, and a worker that reckons its tides."""

from js import document
from pyscript import PyWorker


def name_of(code):
    """Give the name of a station by its code, as in "hel-1"."""
    place, number = code.split("-")
    return f"{place.capitalize()} {number}"


def show(code):
    """Write the name over the gauge."""
    document.title = name_of(code)


def reckon():
    """Start the worker."""
    return PyWorker("./gauge_worker.py", type="py")
