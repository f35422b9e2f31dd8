"""Starts workers from Python on the page, and says what becomes of each."""

from __future__ import annotations

import time
from typing import Any

import js
from pyodide.ffi import JsException
from pyodide.ffi.wrappers import add_event_listener
from start_worker import startWorker

PATIENCE = "60000"
"""How long a worker is waited for whose row does not say it, in milliseconds."""

told = js.document.getElementById("told")


async def attempt(url: str, within: int) -> tuple[str, str]:
    """Start a worker, and end it again. Give what became of it as a word and in words."""
    try:
        worker = await startWorker(url, within=within)
    except JsException as failure:
        return failure.kind, f"{failure.message} {failure.detail}"
    worker.terminate()
    return "ready", "The worker was ready. It has been ended again."


async def show(event: Any) -> None:
    """Start the worker of the row whose button was pressed."""
    button = event.target.closest("button")
    if not button:
        return
    row = button.closest("tr")
    _, _, kind, after = row.cells
    button.disabled = True
    told.value = "Waiting for the worker…"
    began = time.perf_counter()
    patience = int(getattr(row.dataset, "within", PATIENCE))
    kind.textContent, told.value = await attempt(row.dataset.worker, patience)
    after.textContent = f"{(time.perf_counter() - began) * 1000:.0f} ms"
    button.disabled = False


workers = js.document.getElementById("workers")
add_event_listener(workers, "click", show)
for button in workers.querySelectorAll("button"):
    button.disabled = False
