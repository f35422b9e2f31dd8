"""Waiting, for the page and for its worker."""

import time


def settle(seconds):
    """Wait until the samples have settled."""
    time.sleep(seconds)


def pace(seconds):
    """Wait for the next sample."""
    time.sleep(seconds)
