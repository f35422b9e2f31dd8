"""Both ways to compute a map in Python make the same one. It needs no browser."""

from __future__ import annotations

import unittest

import weather

WIDTH, HEIGHT = 32, 20


class TestRows(unittest.TestCase):
    """The rows of a map."""

    def test_numpy_agrees(self) -> None:
        """Numpy computes what the standard library does."""
        placed = weather.stations(60, WIDTH, HEIGHT)
        for y in range(HEIGHT):
            by_itself = weather.row_by_itself(placed, WIDTH, y)
            by_numpy = weather.row_by_numpy(placed, WIDTH, y)
            self.assertEqual(len(by_numpy), WIDTH)
            for one, other in zip(by_itself, by_numpy, strict=True):
                self.assertAlmostEqual(one, other, places=4)

    def test_one_station_is_everywhere(self) -> None:
        """Of one station, the whole map has the temperature."""
        placed = weather.stations(1, WIDTH, HEIGHT)
        for row in weather.rows(placed, WIDTH, HEIGHT):
            for degrees in row:
                self.assertAlmostEqual(degrees, placed[2], places=4)


if __name__ == "__main__":
    unittest.main()
