"""The page: has plates searched by a worker that is watched, and writes down what happened to each."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bridge.core import listen
from bridge.worker import WorkerDiedError
from js import document
from watch import Incident, Pulse, Watched

plate = 0
worker: Watched


def element(id: str) -> Any:
    """Find an element of the page."""
    return document.getElementById(id)


def say(text: str) -> None:
    """Show what goes on."""
    element("status").value = text


def show(pulse: Pulse) -> None:
    """Show what is heard of the worker."""
    element("state").value = pulse.state
    element("silence").value = pulse.silence


def note(kind: str, result: str, incident: Incident | None) -> None:
    """Write down what became of a plate."""
    row = element("book").insertRow(0)
    row.id = f"plate-{plate}"
    texts = [f"{plate}, {kind}", result]
    if incident:
        texts += [
            incident.ended,
            incident.where,
            _ms(incident.noticed),
            _ms(incident.back),
        ]
    for text in texts:
        row.insertCell().textContent = text


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f}"


def on_submit(event: Any) -> Coroutine[Any, Any, None]:
    """Have a plate searched, instead of loading the page anew, which has to be prevented at once."""
    event.preventDefault()
    return search()


async def search() -> None:
    """Have a plate searched, and write down what became of it."""
    global plate
    plate += 1
    kind = str(document.querySelector("input[name=kind]:checked").value)
    worker.patience = int(element("patience").value) / 1000
    element("silence").max = worker.patience
    element("search").disabled = True
    say(f"Plate {plate} is being searched")
    retries = int(element("again").checked)
    try:
        result = f"{await worker.run('search', plate, kind, retries=retries)} meteors"
    except WorkerDiedError as error:
        result = f"not searched: {error}"
    note(kind, result, worker.incident)
    element("state").value, element("silence").value = "idle", 0
    element("search").disabled = False
    say(f"Plate {plate}: {result}")


async def on_messages(_: Any) -> None:
    """Hear by messages from now on, or by shared memory again."""
    await worker.share(not element("messages").checked)
    say("By messages" if element("messages").checked else "By shared memory")


async def main() -> None:
    """Get ready."""
    global worker
    say("Starting the worker…")
    worker = Watched("worker.mjs", seen=show)
    await worker.ready()
    element("messages").checked = not worker.shared
    element("messages").disabled = not worker.shared
    element("cost").value = f"{await worker.call('cost_of_a_beat'):.1f}"
    listen(element("form"), "submit", on_submit)
    listen(element("messages"), "change", on_messages)
    element("search").disabled = False
    say("Ready")


starting = asyncio.ensure_future(main())
