"""Reads which headers hosts are told to send: `_headers`, `vercel.json` and `nginx.conf`, as far as these here go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """The header that answers have whose path begins as the pattern says."""

    pattern: re.Pattern[str]
    name: str
    value: str


@dataclass(frozen=True)
class Host:
    """What a host sends: by its rules, and by itself where they say nothing of a header."""

    rules: Sequence[Rule]
    by_itself: Mapping[str, str]

    def headers(self, path: str) -> dict[str, str]:
        """Say which headers a path is sent with.

        Raises ValueError for a header that two rules set: of those, some hosts send both, and some the last.
        """
        headers: dict[str, str] = {}
        for rule in self.rules:
            if not rule.pattern.match(path):
                continue
            if rule.name in headers:
                raise ValueError(f"two rules set {rule.name} for {path}")
            headers[rule.name] = rule.value
        return {**self.by_itself, **headers}


ASKED_FOR_AGAIN = {"Cache-Control": "public, max-age=0, must-revalidate"}
"""What Netlify, Cloudflare Pages and Vercel send where nothing is said."""

GITHUB_PAGES = Host([], {"Cache-Control": "max-age=600"})
"""A host that cannot be told anything."""


def read(file: Path) -> Host:
    """Read what a file tells its host. Raises ValueError for a file of another name."""
    text = file.read_text()
    match file.name:
        case "_headers":
            return Host(list(_headers(text)), ASKED_FOR_AGAIN)
        case "vercel.json":
            return Host(list(_vercel(text)), ASKED_FOR_AGAIN)
        case "nginx.conf":
            return Host(list(_nginx(text)), {})
    raise ValueError(f"{file.name} is none of _headers, vercel.json, nginx.conf")


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
