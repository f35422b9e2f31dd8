"""Reads which headers hosts are told to send: `_headers`, `vercel.json` and `nginx.conf`, as far as these here go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """The header that answers have whose path begins as the pattern says."""

    pattern: re.Pattern[str]
    name: str
    value: str


def read(file: Path) -> list[Rule]:
    """Read what a file says. Raises ValueError for a file of another name."""
    readers = {
        "_headers": _headers,
        "vercel.json": _vercel,
        "nginx.conf": _nginx,
    }
    if file.name not in readers:
        raise ValueError(f"{file.name} is none of {', '.join(readers)}")
    return list(readers[file.name](file.read_text()))


def headers_for(path: str, rules: list[Rule]) -> dict[str, str]:
    """Say which headers a path is sent with.

    Raises ValueError for a header that two rules set: of those, some hosts send both, and some the last.
    """
    headers: dict[str, str] = {}
    for rule in rules:
        if not rule.pattern.match(path):
            continue
        if rule.name in headers:
            raise ValueError(f"two rules set {rule.name} for {path}")
        headers[rule.name] = rule.value
    return headers


def _headers(text: str) -> Iterator[Rule]:
    pattern = re.compile("")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            name, _, value = line.partition(":")
            yield Rule(pattern, name.strip(), value.strip())
        else:
            pattern = re.compile(re.escape(line).replace(r"\*", ".*") + "$")


def _vercel(text: str) -> Iterator[Rule]:
    for rule in json.loads(text)["headers"]:
        for header in rule["headers"]:
            yield Rule(re.compile(rule["source"] + "$"), header["key"], header["value"])


def _nginx(text: str) -> Iterator[Rule]:
    text = re.sub(r"#.*", "", text)
    maps = {
        name: re.findall(r'^\s*(\S+)\s+"(.*?)";', body, re.MULTILINE)
        for name, body in re.findall(
            r"\bmap\s+\$uri\s+(\$\w+)\s*\{(.*?)\}", text, re.DOTALL
        )
    }
    for name, variable, value in re.findall(
        r'\badd_header\s+(\S+)\s+(?:(\$\w+)|"(.*?)")', text
    ):
        if not variable:
            yield Rule(re.compile(""), name, value)
            continue
        cases = {pattern.removeprefix("~"): value for pattern, value in maps[variable]}
        rest = cases.pop("default")
        for pattern, value in cases.items():
            yield Rule(re.compile(pattern), name, value)
        yield Rule(re.compile(f"(?!{'|'.join(cases)})"), name, rest)
