"""Tell of each proof what becomes of the callable that JavaScript is given.

called  before the call returns
alive   when the call has returned, or called then
dead    after that, and JavaScript has made use of it
gone    after that, and JavaScript has not
nothing where there is no proof
"""

import asyncio

import js
import pyodide_js
from proofs import PROOFS
from pyodide.code import eval_code_async, run_js

# Every use of a proxy that is gone makes an error, whoever catches it.
uses = run_js("""
  const uses = [];
  globalThis.Error = new Proxy(Error, {
    construct(target, given, made) {
      if (/automatically destroyed/.test(given[0])) uses.push(given[0]);
      return Reflect.construct(target, given, made);
    },
  });
  uses
""")
internals = pyodide_js._module
internals.enable_pyproxy_allocation_tracing()


class Given:
    """A callable that JavaScript is given, and what is seen of it."""

    def __init__(self):
        """Begin with nothing seen."""
        self.calls = 0
        self.seen = "nothing"

    def __call__(self, *_arguments, **_options):
        """Count the call."""
        self.calls += 1

    def do(self, call):
        """Call with it, and look at what is there right behind."""
        before = internals.pyproxy_alloc_map.size
        try:
            return call(self)
        finally:
            if self.calls:
                self.seen = "called"
            elif internals.pyproxy_alloc_map.size > before:
                self.seen = "alive"
            else:
                self.seen = "gone"


async def show(proof):
    """Run a proof and say what became of what was given."""
    given = Given()
    before = uses.length
    try:
        names = {"js": js, "asyncio": asyncio, "pyodide_js": pyodide_js, "do": given.do}
        await asyncio.wait_for(eval_code_async(proof, names), 1)
    except Exception as error:
        if "destroyed" not in str(error) and given.seen in ("nothing", "gone"):
            return f"{given.seen}, and {error!r}"
    for _ in range(30):
        if given.seen != "gone" or given.calls or uses.length > before:
            break
        await asyncio.sleep(0.01)
    if given.seen != "gone":
        return given.seen
    if given.calls:
        return "alive"
    return "dead" if uses.length > before else "gone"


for proof in PROOFS:
    print("shown:", (await show(proof) if proof else "nothing").replace("\n", " "))  # noqa: F704
