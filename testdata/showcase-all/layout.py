"""Keeps the chart as wide as its place, and tells whoever asked to be told."""

import js


class Layout:
    """The place of a chart on the page."""

    def __init__(self, chart, place):
        """Follow the size of an element of the page."""
        self.chart = chart
        self.followers = js.Array.new()
        self.observer = js.ResizeObserver.new(self.resized)
        self.observer.observe(place)

    def follow(self, name):
        """Log the width of the chart under a name, whenever it changes."""
        self.followers.push(lambda width: js.console.log(f"{name}: {width} pixels"))

    def resized(self, entries, observer):
        """Fit the chart to its place."""
        width = entries[0].contentRect.width
        self.chart.canvas.width = width
        for tell in self.followers:
            tell(width)
