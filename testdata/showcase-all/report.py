"""The report of the day: sent to the harbour office, and saved by the reader."""

import js
from pyodide.ffi import to_js

OFFICE = "https://harbour.example/reports"


class Report:
    """The levels of a day, by the hour."""

    def __init__(self, day: str, levels: list[float]):
        """Take the levels of a day, in metres."""
        self.day = day
        self.levels = levels

    def address(self) -> str:
        """Say where the office wants the report of this day."""
        address = js.URL(OFFICE)
        address.searchParams.append("day", self.day)
        return address.href

    async def send(self) -> bool:
        """Send the report, and say whether the office has taken it."""
        body = to_js({"day": self.day, "levels": self.levels}, dict_converter=js.Object)
        response = await js.fetch(
            self.address(),
            method="POST",
            body=js.JSON.stringify(body),
            headers={"Content-Type": "application/json"},
        )
        return response.ok

    def save(self) -> None:
        """Let the reader save the levels as a table."""
        table = "\n".join(
            f"{hour},{level:.2f}" for hour, level in enumerate(self.levels)
        )
        file = js.Blob.new([table.encode("utf-8")], type="text/csv")
        link = js.document.createElement("a")
        link.href = js.URL.createObjectURL(file)
        link.download = f"tide-{self.day}.csv"
        link.click()
        js.URL.revokeObjectURL(link.href)
