"""The tables of one page of a PDF, by their lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.announcing.attachments.attachment import AttachmentError
from generator.announcing.attachments.pdf_pages import THIN, Box, Ground, Letter, Line, PrintedPage
from generator.catalogue.messages import Message

_NEAR = 3.0
"""Points between what is meant to be at one place."""
_SHORTEST = 6.0
"""Points of a line that may belong to a table."""
_LONGEST_DASH = 12.0
_MOST_CROSSINGS = 4_000_000


@dataclass(slots=True)
class Area:
    """One cell of a table, as its lines show it."""

    top: int
    """Its first row, from 0."""
    bottom: int
    """The row below its last."""
    left: int
    right: int
    letters: list[Letter] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """One table of a page."""

    xs: list[float]
    """Where its columns begin, and the last ends."""
    ys: list[float]
    """Where its rows begin, and the last ends."""
    areas: list[Area]
    is_open_above: list[bool]
    """Whether each column has no line at the top of the table."""
    is_open_below: list[bool]
    """Whether each column has no line at the bottom of the table."""

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def grids(page: PrintedPage) -> list[Grid]:
    """The tables of `page`, from top to bottom, with the letters in their cells.

    Raises AttachmentError where rows or columns stand apart with no lines between them.
    """
    across, joints = _merged(page.across)
    down, _ = _merged(page.down)
    soft_across, soft_down = _edges(page.grounds, down)
    tables = []
    for part in _parts(across + soft_across, down + soft_down):
        part.joints = [x for y, x in joints if any(abs(y - line[0]) < _NEAR for line in part.across)]
        part.hard_across = [line for line in part.across if line not in soft_across]
        part.hard_down = [line for line in part.down if line not in soft_down]
        tables.append(part)
    tables = _stacked(tables)
    page_grids = [grid for part in tables if (grid := _grid(page, part))]
    return sorted(page_grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


@dataclass(slots=True)
class _Part:
    """Lines that hang together."""

    across: list[Line]
    down: list[Line]
    hard_across: list[Line] = field(default_factory=list)
    """Those from left to right that are no edges of coloured grounds, which the end of a page cuts as well."""
    hard_down: list[Line] = field(default_factory=list)
    """Those from top to bottom that are no edges of coloured grounds."""
    joints: list[float] = field(default_factory=list)
    """Where pieces of the lines across meet."""

    @property
    def box(self) -> Box:
        """Where they stand."""
        xs = [line[0] for line in self.down] + [x for line in self.across for x in line[1:]]
        ys = [line[0] for line in self.across] + [y for line in self.down for y in line[1:]]
        return min(xs), min(ys), max(xs), max(ys)


# --- lines ----------------------------------------------------------------------------------------------------------


def _merged(lines: Iterable[Line]) -> tuple[list[Line], list[tuple[float, float]]]:
    """The whole lines that pieces of `lines` make, with the places where long pieces meet."""
    whole: list[Line] = []
    joints: list[tuple[float, float]] = []
    for place, pieces in _clusters(lines):
        start, end = pieces[0]
        before = end - start
        for first, last in pieces[1:]:
            # Dashes stand as far from each other as they are long.
            dash = min(last - first, before) if last - first < _LONGEST_DASH else 0
            before = last - first
            if first > end + max(_NEAR, dash):
                whole.append((place, start, end))
                start, end = first, last
                continue
            if abs(first - end) < 1 and last - first > _SHORTEST:
                joints.append((place, first))
            end = max(end, last)
        whole.append((place, start, end))
    return [line for line in whole if line[2] - line[1] >= _SHORTEST], joints


def _clusters(lines: Iterable[Line]) -> list[tuple[float, list[tuple[float, float]]]]:
    """`lines` by the place at which they stand; each place with its pieces in order."""
    clusters: list[tuple[float, list[tuple[float, float]]]] = []
    for place, start, end in sorted(lines):
        if not clusters or place - clusters[-1][0] > _NEAR:
            clusters.append((place, []))
        clusters[-1][1].append((start, end))
    return [(place, sorted(pieces)) for place, pieces in clusters]


def _edges(grounds: list[Ground], down: list[Line]) -> tuple[list[Line], list[Line]]:
    """The edges of coloured grounds that are borders of cells, and not just colour behind words.

    A ground is one of a cell where its sides stand on the lines beside it; where there are none, on sides of others.
    """
    shared = Counter(round(x) for ground in grounds for x in (ground.box[0], ground.box[2]))
    soft_across, soft_down = [], []
    for ground in grounds:
        x0, y0, x1, y1 = ground.box
        beside = [x for x, top, bottom in down if top - _NEAR <= y1 and bottom + _NEAR >= y0]
        if len(beside) > 2:
            is_cell = all(any(abs(side - x) < _NEAR / 2 for x in beside) for side in (x0, x1))
        else:
            is_cell = shared[round(x0)] > 1 and shared[round(x1)] > 1
        if is_cell:
            soft_across += [(y0, x0, x1), (y1, x0, x1)]
            soft_down += [(x0, y0, y1), (x1, y0, y1)]
    return _merged(soft_across)[0], _merged(soft_down)[0]


def _parts(across: list[Line], down: list[Line]) -> list[_Part]:
    """Lines that touch each other, together."""
    if len(across) * len(down) > _MOST_CROSSINGS:
        raise AttachmentError(Message("reading.drawing", count=len(across) + len(down)))
    parents = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    for n, (y, x0, x1) in enumerate(across):
        for m, (x, y0, y1) in enumerate(down, len(across)):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                parents[root(n)] = root(m)
    parts: dict[int, _Part] = defaultdict(lambda: _Part([], []))
    for n, line in enumerate(across):
        parts[root(n)].across.append(line)
    for m, line in enumerate(down, len(across)):
        parts[root(m)].down.append(line)
    return [part for part in parts.values() if part.across]


def _stacked(parts: list[_Part]) -> list[_Part]:
    """`parts` with those as one that stand below each other in the same columns, and have open sides."""
    stacks: list[_Part] = []
    for part in sorted(parts, key=lambda part: part.box[1]):
        left, _, right, _ = part.box
        for upper in stacks:
            # Beside a merged cell, a line begins or ends where two columns meet.
            ends = [upper.box[0], upper.box[2], *upper.joints]
            is_below = all(any(abs(end - side) < _NEAR for end in ends) for side in (left, right))
            if is_below and not (upper.hard_down and part.hard_down):
                upper.across += part.across
                upper.down += part.down
                upper.hard_across += part.hard_across
                upper.hard_down += part.hard_down
                upper.joints += part.joints
                break
        else:
            stacks.append(part)
    return stacks


# --- cells ----------------------------------------------------------------------------------------------------------


def _grid(page: PrintedPage, part: _Part) -> Grid | None:
    """The table that `part` draws, with its letters; None where it draws none."""
    left, top, right, bottom = part.box
    xs = _places([line[0] for line in part.down] + [left, right])
    ys = _places([line[0] for line in part.across] + [top, bottom])
    if len(xs) < 3:
        xs = _places([left, right, *_repeated(part.joints)])
    letters = [one for one in page.letters if left - _NEAR < one.x < right + _NEAR and top - 150 < one.y < bottom + 150]
    inside = [one for one in letters if top < one.y < bottom]
    if len(xs) < 3:
        _refuse_without_columns(page, inside, ys)
        return None
    if not part.hard_down:
        ys = _with_outer_rows(part, xs, ys, letters)
        inside = [one for one in letters if ys[0] < one.y < ys[-1]]
    if len(ys) < 2 or not inside:
        return None
    grid = _divided(part, xs, ys, inside)
    if not part.hard_down:
        _refuse_without_rows(page, grid)
    return _without_slivers(grid)


def _places(values: Iterable[float]) -> list[float]:
    """`values` that are not near each other, in order."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _repeated(values: Sequence[float]) -> list[float]:
    """Those of `values` that come more than once."""
    return [value for value in values if sum(abs(value - other) < 1 for other in values) > 1]


def _divided(part: _Part, xs: list[float], ys: list[float], letters: list[Letter]) -> Grid:
    """The cells between `xs` and `ys`, which are one where no line divides them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    sides = _drawn(part.down, xs, ys)
    tops = _drawn(part.across, ys, xs)
    by_place: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for one in letters:
        by_place[_at(ys, one.y), _at(xs, one.x)].append(one)
    hard = _drawn(part.hard_down, xs, ys)
    for row in range(rows):
        inner = any(sides[x][row] for x in range(1, columns))
        if not inner and not any(hard[x][row] for x in (0, columns)):
            # Only lines across, or a row without a ground between two that have one: its columns are theirs.
            words = [one for column in range(columns) for one in by_place[row, column]]
            for x in range(1, columns):
                sides[x][row] = not any(one.box[0] + 1 < xs[x] < one.box[2] - 1 for one in words)
    areas = _areas(rows, columns, sides, tops)
    for area in areas:
        for row in range(area.top, area.bottom):
            for column in range(area.left, area.right):
                area.letters += by_place[row, column]
    # Rows without lines between columns may well have none at the end of a page either.
    has_sides, ends = bool(part.hard_down), _drawn(part.hard_across, ys, xs)
    is_open_above, is_open_below = ([has_sides and not one for one in end] for end in (ends[0], ends[-1]))
    return Grid(xs, ys, areas, is_open_above, is_open_below)


def _drawn(lines: list[Line], places: list[float], ends: list[float]) -> list[list[bool]]:
    """Whether a line is drawn at each of `places`, along each stretch between two of `ends`."""
    drawn = [[False] * (len(ends) - 1) for _ in places]
    for place, start, end in lines:
        stretches = drawn[min(range(len(places)), key=lambda n: abs(places[n] - place))]
        for n, (first, last) in enumerate(pairwise(ends)):
            middle = (first + last) / 2
            if start - _NEAR <= middle <= end + _NEAR:
                stretches[n] = True
    return drawn


def _at(places: list[float], value: float) -> int:
    return min(max(bisect_right(places, value) - 1, 0), len(places) - 2)


def _areas(rows: int, columns: int, sides: list[list[bool]], tops: list[list[bool]]) -> list[Area]:
    """The cells; each takes the places that no line parts from it, as far as they make a rectangle."""
    areas: list[Area] = []
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and not sides[right][row] and (row, right) not in taken:
                right += 1
            bottom = row + 1
            while (
                bottom < rows
                and not any(tops[bottom][x] for x in range(column, right))
                and not any(sides[x][bottom] for x in range(column + 1, right))
            ):
                bottom += 1
            taken |= {(y, x) for y in range(row, bottom) for x in range(column, right)}
            areas.append(Area(row, bottom, column, right))
    return areas


def _without_slivers(grid: Grid) -> Grid:
    """`grid` without the narrow rows and columns that stand between cells, each with borders of its own."""
    columns = _kept([(area.left, area.right, bool(area.letters)) for area in grid.areas], grid.xs)
    rows = _kept([(area.top, area.bottom, bool(area.letters)) for area in grid.areas], grid.ys)
    # Nor is a row one that has no letters but those of cells that it shares with the row above.
    lettered = [
        {id(area) for area in grid.areas if area.letters and area.top <= n < area.bottom} for n in range(len(rows))
    ]
    for n, (above, below) in enumerate(pairwise(lettered), 1):
        rows[n] = rows[n] and not (below and below <= above)
    if all(columns) and all(rows):
        return grid
    x_at, y_at = [sum(columns[:n]) for n in range(len(grid.xs))], [sum(rows[:n]) for n in range(len(grid.ys))]
    areas = [
        Area(y_at[area.top], y_at[area.bottom], x_at[area.left], x_at[area.right], area.letters)
        for area in grid.areas
        if y_at[area.top] < y_at[area.bottom] and x_at[area.left] < x_at[area.right]
    ]
    return Grid(
        [x for n, x in enumerate(grid.xs[:-1]) if columns[n]] + [grid.xs[-1]],
        [y for n, y in enumerate(grid.ys[:-1]) if rows[n]] + [grid.ys[-1]],
        areas,
        [one for n, one in enumerate(grid.is_open_above) if columns[n]],
        [one for n, one in enumerate(grid.is_open_below) if columns[n]],
    )


def _kept(spans: Iterable[tuple[int, int, bool]], places: list[float]) -> list[bool]:
    """Whether each stretch between two of `places` is wide, or has letters of its own."""
    own = {first for first, last, has_letters in spans if has_letters and last == first + 1}
    return [n in own or last - first > 3 * THIN for n, (first, last) in enumerate(pairwise(places))]


# --- tables with few lines ------------------------------------------------------------------------------------------


def _with_outer_rows(part: _Part, xs: list[float], ys: list[float], letters: list[Letter]) -> list[float]:
    """`ys` with the rows above the first and below the last edge, which have no ground and no line of their own."""
    height = sorted(b - a for a, b in pairwise(ys))[(len(ys) - 1) // 2]
    for is_above in (True, False):
        edge = ys[0] if is_above else ys[-1]
        beyond = sorted(
            (one for one in letters if (one.y < edge if is_above else one.y > edge)),
            key=lambda one: abs(one.y - edge),
        )
        end = edge
        for base in dict.fromkeys(round(one.base) for one in beyond):
            line = [one for one in beyond if abs(one.base - base) < 1]
            middle = sum(one.y for one in line) / len(line)
            size = max(one.size for one in line)
            is_near = abs(middle - end) < max(height, 2 * size)
            columns = {_at(xs, one.x) for one in line if one.text != " "}
            if not is_near or len(columns) < 2 or any(_crosses(one, xs) for one in line):
                break
            end = middle - max(height / 2, size) if is_above else middle + max(height / 2, size)
            ys = [end, *ys] if is_above else [*ys, end]
            part.across.append((end, xs[0], xs[-1]))
    return ys


def _crosses(letter: Letter, xs: list[float]) -> bool:
    return any(letter.box[0] + 1 < x < letter.box[2] - 1 for x in xs)


def pieces(line: list[Letter]) -> list[list[Letter]]:
    """The parts of a line that stand further apart than words."""
    parts: list[list[Letter]] = []
    for letter in sorted((one for one in line if one.text != " "), key=lambda one: one.start):
        if not parts or letter.start - parts[-1][-1].end > 1.2 * letter.size:
            parts.append([])
        parts[-1].append(letter)
    return parts


def lines_of(letters: Iterable[Letter]) -> list[list[Letter]]:
    """`letters` line by line, each in the order of reading."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: one.base):
        if lines and letter.base - lines[-1][-1].base < 0.4 * min(letter.size, lines[-1][-1].size):
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [sorted(line, key=lambda one: one.start) for line in lines]


def columns_of(letters: Sequence[Letter]) -> list[list[Letter]]:
    """The columns of letters that are set from top to bottom, else none.

    A text is painted in the order of reading.
    """
    steps = [(a, b) for a, b in pairwise(letters) if a.text != " " != b.text]
    down = sum(abs(a.x - b.x) < 0.3 * b.size and 0 < b.y - a.y < 2 * b.size for a, b in steps)
    if 2 * down < len(steps) or not down or len({one.base for one in letters}) == len(letters):
        return []
    columns: list[list[Letter]] = []
    for letter in letters:
        if columns and abs(columns[-1][-1].x - letter.x) < 0.6 * letter.size:
            columns[-1].append(letter)
        else:
            columns.append([letter])
    return columns


def _refuse_without_columns(page: PrintedPage, letters: list[Letter], ys: list[float]) -> None:
    """Raise AttachmentError where `letters` between lines across stand in columns."""
    if len(ys) > 2 and sum(len(pieces(line)) > 2 for line in lines_of(letters)) > 2:
        raise AttachmentError(Message("reading.undivided-columns", page=page.number))


def _refuse_without_rows(page: PrintedPage, grid: Grid) -> None:
    """Raise AttachmentError where rows of `grid` stand one below the other with no line between them."""
    for area in grid.areas:
        ordinals = [
            line
            for line in lines_of(area.letters)
            if re.fullmatch(r"\d+\.?", "".join(one.text for one in line).strip())
        ]
        if area.left == 0 and len(ordinals) > 1:
            raise AttachmentError(Message("reading.undivided-rows", page=page.number))
