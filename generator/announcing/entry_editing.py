"""New texts of YAML files in which one entry changes, every other character as written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from generator.announcing.editing import entry_lines, scalar
from generator.catalogue.records import Value

Steps = Sequence[str | int]
"""The keys, and numbers in lists from 0, that lead to an entry."""
_FLOW = "standing"
"""The key whose texts by language stand on one line."""


def with_cell(text: str, path: Steps, column: str, value: Value, order: Sequence[str]) -> str:
    """The YAML `text` with another `value` in `column` of the entry at `path`.

    An empty value takes the key out. A new key stands in its place of `order`, the columns of the table.
    """
    return _Edit(text).with_cell(path, column, value, order)


def without_item(text: str, path: Steps, key: str, number: int) -> str:
    """The YAML `text` without one item of the list `key` of the entry at `path`.

    An empty list goes too.
    """
    edit = _Edit(text)
    pairs = _pairs(edit.node(path))
    listed = pairs[key][1]
    if len(listed.value) == 1:
        return edit.without(*pairs[key])
    start = edit.line_start(listed.value[number].start_mark.index)
    return edit.replaced(start, edit.end(listed.value[number]), "")


def with_item(text: str, path: Steps, key: str, values: Mapping[str, object]) -> str:
    """The YAML `text` with one more item in the list `key` of an entry."""
    edit = _Edit(text)
    entry = edit.node(path)
    pairs = _pairs(entry)
    indent = entry.value[0][0].start_mark.column + 2
    at, head = edit.end(entry), f"{' ' * (indent - 2)}{key}:\n"
    if key in pairs:
        listed = pairs[key][1]
        at, head, indent = edit.end(listed), "", listed.value[0].start_mark.column - 2
    lines = "".join(entry_lines(values, " " * (indent + 2)))
    return edit.inserted(at, f"{head}{' ' * indent}- {lines.lstrip()}")


class _Edit:
    """A YAML text with the places of all that stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = yaml.compose(text, Loader=yaml.CSafeLoader)

    def node(self, path: Steps) -> yaml.MappingNode:
        """The entry at `path`."""
        node: Any = self.root
        for step in path:
            node = node.value[step] if isinstance(step, int) else _pairs(node)[step][1]
        return node

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def end(self, node: yaml.Node) -> int:
        """Where the line begins that follows `node`.

        What stands between that and the next key is no part of it.
        """
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last if not isinstance(last, tuple) else _seen(*last)
        index = node.start_mark.index + len(self.source(node).rstrip())
        return self.text.find("\n", index) + 1 or len(self.text)

    def source(self, node: yaml.Node) -> str:
        """What was written for `node`."""
        return self.text[node.start_mark.index : node.end_mark.index]

    def replaced(self, start: int, end: int, new: str) -> str:
        """The text with `new`, which is written with Unix line ends, from `start` to `end`."""
        ending = "\r\n" if "\r\n" in self.text else "\n"
        return self.text[:start] + new.replace("\n", ending) + self.text[end:]

    def inserted(self, at: int, lines: str) -> str:
        """The text with `lines` at the beginning of a line, or at its end."""
        is_open = at == len(self.text) and not self.text.endswith("\n")
        return self.replaced(at, at, f"\n{lines}" if is_open else lines)

    def without(self, key: yaml.Node, value: yaml.Node) -> str:
        """The text without a key and its value."""
        start, end = self.line_start(key.start_mark.index), self.end(_seen(key, value))
        if self.text[start : key.start_mark.index].strip():
            # The first key of an item stands behind its hyphen, where the next one then stands.
            start, end = key.start_mark.index, end + key.start_mark.column
        return self.replaced(start, end, "")

    def with_cell(self, path: Steps, column: str, value: Value, order: Sequence[str]) -> str:
        name, _, below = column.partition(":")
        entry = self.node(path)
        pairs = _pairs(entry)
        columns = list(dict.fromkeys(one.partition(":")[0] for one in order))
        if not below:
            return self._with_value(entry, name, value, columns)
        inner = pairs[name][1] if name in pairs else None
        if not isinstance(inner, yaml.MappingNode):
            return self._with_value(entry, name, {below: value}, columns) if value else self.text
        if inner.flow_style:
            return self._with_flow(pairs[name][0], inner, below, value)
        if not value and _pairs(inner).keys() == {below}:
            return self.without(*pairs[name])
        return self._with_value(
            inner, below, value, [one.partition(":")[2] for one in order if one.startswith(f"{name}:")]
        )

    def _with_value(
        self, mapping: yaml.MappingNode, key: str, value: Value | dict[str, Value], order: list[str]
    ) -> str:
        pairs = _pairs(mapping)
        if key in pairs:
            return self._with_other(*pairs[key], value) if value else self.without(*pairs[key])
        if not value:
            return self.text
        indent = mapping.value[0][0].start_mark.column
        new = "".join(entry_lines({key: value}, " " * indent))
        above = [pair for pair in mapping.value if pair[0].value in order[: order.index(key)]]
        if above:
            return self.inserted(self.end(_seen(*above[-1])), new)
        at = mapping.value[0][0].start_mark.index
        return self.replaced(at, at, new[indent:] + " " * indent)

    def _with_other(self, key: yaml.Node, old: yaml.Node, value: Value | dict[str, Value]) -> str:
        """The text with another `value` than `old` behind `key`."""
        colon = self.text.index(":", key.end_mark.index) + 1
        if isinstance(value, dict):
            below = "".join(entry_lines(value, " " * (key.start_mark.column + 2)))
            return self.replaced(colon, self.end(_seen(key, old)), f"\n{below}")
        if isinstance(old, yaml.SequenceNode) and not old.flow_style and not isinstance(value, str):
            return self._with_block(old, value)
        written = {one.value: self.source(one) for one in old.value} if isinstance(old, yaml.SequenceNode) else {}
        if isinstance(value, str):
            new = _like(value, old)
        elif len(value) == 1 and isinstance(old, yaml.ScalarNode) and old.value:
            new = _like(value[0], old)
        else:
            new = f"[{', '.join(written.get(one) or scalar(one, flow=True) for one in value)}]"
        if not self.source(old):
            return self.replaced(colon, colon, f" {new}")
        if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">"):
            return self.replaced(old.start_mark.index, self.end(old), f"{new}\n")
        return self.replaced(old.start_mark.index, old.end_mark.index, new)

    def _with_block(self, old: yaml.SequenceNode, values: Sequence[str]) -> str:
        """The text with other `values` in a list whose items stand below each other."""
        items = {one.value: one for one in old.value}
        first = self.line_start(old.value[0].start_mark.index)
        margin = self.text[first : old.value[0].start_mark.index]
        lines = [
            self.text[self.line_start(items[one].start_mark.index) : self.end(items[one])].replace("\r\n", "\n")
            if one in items
            else f"{margin}{scalar(one)}\n"
            for one in values
        ]
        return self.replaced(first, self.end(old), "".join(lines))

    def _with_flow(self, key: yaml.Node, mapping: yaml.MappingNode, below: str, value: Value) -> str:
        """The text with another `value` at `below` of the `mapping` that stands on the line of `key`."""
        written = {one.value: self.source(old) for one, old in mapping.value}
        written[below] = scalar(value, flow=True) if isinstance(value, str) else ""
        pairs = [f"{name}: {one}" for name, one in written.items() if one]
        if not pairs:
            return self.without(key, mapping)
        return self.replaced(mapping.start_mark.index, mapping.end_mark.index, f"{{{', '.join(pairs)}}}")


def _pairs(node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    return {key.value: (key, value) for key, value in node.value}


def _seen(key: yaml.Node, value: yaml.Node) -> yaml.Node:
    """The one of the two that stands last; what is empty stands nowhere."""
    return value if value.end_mark.index > value.start_mark.index else key


def _like(value: str, old: yaml.Node) -> str:
    """One text as YAML writes it, in quotes where the `old` one stands in quotes."""
    is_quoted = isinstance(old, yaml.ScalarNode) and old.style == '"'
    return json.dumps(value, ensure_ascii=False) if is_quoted else scalar(value)
