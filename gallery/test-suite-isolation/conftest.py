"""The application on a server, for as long as the tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import serving


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve this folder, once for all tests."""
    with serving.serve() as address:
        yield address
