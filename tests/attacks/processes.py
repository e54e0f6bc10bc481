"""Kills, signals and machines that refuse, while a site or the records are written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.attacks.builds import Ground, expect_honest, ground, must_build, replace, site_of
from tests.attacks.trial import PATIENCE, Run, Trial, copy_of, generator_command, run, same_files
from tests.conftest import REPOSITORY, WORLD, make_project

CALLS = ("replace", "rename", "open", "mkdir", "unlink", "rmdir", "scandir")
"""Functions of `os` at which a process is killed."""
_TRAP = """
import atexit, os, signal

_call, _at, _log = os.environ["TRAP_CALL"], int(os.environ["TRAP_AT"]), os.environ["TRAP_LOG"]
# Only in the process of the command, or in those it forked, which share its counter until then.
if os.environ.setdefault("TRAP_MAIN", str(os.getpid())) == str(os.getpid()):
    _main, _count, _function = os.getpid(), 0, getattr(os, _call)

    def _trapped(*values, **named):
        global _count
        if os.getpid() == _main:
            _count += 1
            if _count == _at:
                os.kill(_main, signal.SIGKILL)
        return _function(*values, **named)

    def _say():
        if os.getpid() == _main:
            with open(_log, "w") as file:
                file.write(str(_count))

    setattr(os, _call, _trapped)
    atexit.register(_say)
"""
"""A `sitecustomize` that kills the process at a call of a function; without one it counts the calls."""
_ATTACHMENT = "识别号,标准名称\nTEA 40,苦茶\nTEA 41,茶壶的倒法\n"
"""Moves a standard of the imaginary world into a batch, and adds another one."""
_IMPORT = ("import", "attachment.csv", "--batch", "2021-09", "--write")
_SOON = 1.5
"""Seconds after which nothing may be left of a command that was killed."""


def trials(seed: int) -> Iterator[Trial]:
    """The rows 2a, 2b, 2c, 2d and 2g."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="attack-") as name, ground(Path(name)) as one:
        folder = Path(name) / "trials"
        folder.mkdir()
        yield _killed_builds(one, folder, chance)
        yield _held_up_workers(one, folder, chance)
        yield _killed_imports(folder, chance)
        yield _signals(one, folder, chance)
        yield _refusals(one, folder, chance)


@dataclass(slots=True)
class _Command:
    """A command that runs, in a session of its own."""

    process: subprocess.Popen[bytes]
    output: Path

    def result(self) -> Run:
        """What came of it, once it has ended."""
        started = time.monotonic()
        is_hanging = False
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            is_hanging = True
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        text = self.output.read_text("utf-8", "replace")
        return Run(self.process.returncode, text, time.monotonic() - started, 0, is_hanging)

    def others(self) -> set[int]:
        """The living processes of its session but for itself."""
        return {process for process in _session(self.process.pid) if process != self.process.pid}

    def leaves_some(self) -> bool:
        """Whether any process is left a while after it ended; those are ended then."""
        deadline = time.monotonic() + _SOON
        while self.others() and time.monotonic() < deadline:
            time.sleep(0.02)
        left = self.others()
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return bool(left)


def _session(number: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            if int(session) == number and state != "Z":
                yield int(path.parent.name)


def _start(folder: Path, *arguments: str, **environment: str) -> _Command:
    output = folder.parent / "output.txt"
    variables = os.environ | {"PYTHONPATH": str(REPOSITORY)} | environment
    with output.open("wb") as file:
        process = subprocess.Popen(
            generator_command(*arguments),
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return _Command(process, output)


@contextmanager
def _copy(project: Path, folder: Path) -> Iterator[Path]:
    copy = copy_of(project, folder / "project")
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


class _Traps:
    """Kills commands at calls of functions of `os`."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "count"
        (folder / "trap").mkdir(exist_ok=True)
        (folder / "trap/sitecustomize.py").write_text(_TRAP)
        self._path = f"{folder / 'trap'}{os.pathsep}{REPOSITORY}"

    def start(self, project: Path, arguments: Sequence[str], call: str, at: int) -> _Command:
        """Start a command that is killed at the call of `call` number `at`, from 1; 0 for never."""
        named = {"TRAP_CALL": call, "TRAP_AT": str(at), "TRAP_LOG": str(self._log), "PYTHONPATH": self._path}
        return _start(project, *arguments, **named)

    def count(self, project: Path, arguments: Sequence[str], call: str) -> int:
        """How often a command calls `call`."""
        result = self.start(project, arguments, call, 0).result()
        assert result.code == 0, result.output
        return int(self._log.read_text())


def _moments(
    project: Path, folder: Path, arguments: Sequence[str], chance: random.Random, each: int
) -> Iterator[tuple[str, int]]:
    """(call, number) of `each` moments of every call, the first and the last ones among them."""
    traps = _Traps(folder)
    for call in CALLS:
        with _copy(project, folder) as copy:
            count = traps.count(copy, arguments, call)
        # What is written last is what the site hangs on.
        numbers = {1, count, count - 1, count - 2, *(chance.randint(1, count) for _ in range(each))} if count else ()
        yield from ((call, number) for number in sorted(numbers)[-each:] if number > 0)


def _killed_builds(one: Ground, folder: Path, chance: random.Random) -> Trial:
    trial = Trial("2a", "kill -9 of a build at a chosen call or at random, then rollback and build: as from nothing")
    traps = _Traps(folder)
    moments = list(_moments(one.edited, folder, ["build"], chance, 9))
    moments += [("at random", 0)] * 20
    for number, (call, at) in enumerate(moments):
        what = f"{call} {at}" if at else f"at random {number}"
        with _copy(one.edited, folder) as project:
            if at:
                command = traps.start(project, ["build"], call, at)
            else:
                command = _start(project, "build")
                time.sleep(chance.uniform(0.05, 1.2))
                command.process.kill()
            result = command.result()
            if command.leaves_some():
                trial.expect(False, f"{what}: a process lives on")
            elif number % 4 == 0:
                _expect_way_back(trial, what, project, one)
            else:
                expect_honest(trial, what, result, project, one)
    return trial


def _expect_way_back(trial: Trial, what: str, project: Path, one: Ground) -> None:
    """Expect that a rollback gives one of the two sites whole, or says that there is none."""
    back = run(generator_command("rollback"), project)
    stands = site_of(project)
    is_right = not back.is_traceback and stands in (one.before, one.after)
    # The first site of all has none before it.
    is_right &= back.code == 0 or "There is no earlier site" in back.output
    must_build(project)
    trial.expect(is_right and site_of(project) == one.after, f"{what}, rollback: {back.code}, {back.last_line()}")


def _held_up_workers(one: Ground, folder: Path, chance: random.Random) -> Trial:
    trial = Trial(
        "2b", "kill -9 of the building process alone, its workers held up 0.7 s: the next build is as from nothing"
    )
    for number in range(200):
        with _copy(one.project, folder) as project:
            # Everything is made again, and MkDocs does not have to.
            replace(project / "content/records/fields.yml", "en: Leaves", "en: XXXX")
            command = _start(project, "build")
            while command.process.poll() is None and not command.others():
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.3))
            workers = command.others()
            _signal_all(workers, signal.SIGSTOP)
            time.sleep(chance.uniform(0, 0.05))
            command.process.kill()
            result = command.result()
            for file in ("content/records/standards/batch-2020-03.csv", "content/records/fields.yml"):
                shutil.copy(one.edited / file, project / file)
            following = _start(project, "build")
            time.sleep(0.7)
            _signal_all(workers, signal.SIGCONT)
            outcome = following.result()
            is_right = outcome.code == 0 and site_of(project) == one.after and not command.leaves_some()
            trial.expect(is_right, f"{number}: {result.code}, then {outcome.code}, {outcome.last_line()}")
    return trial


def _signal_all(processes: set[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


def _killed_imports(folder: Path, chance: random.Random) -> Trial:
    trial = Trial("2c", "kill -9 of `import --write` at a chosen call or at random: the records as before, or as after")
    project = make_project(folder / "importing", WORLD)
    (project / "attachment.csv").write_text(_ATTACHMENT, "utf-8")
    records = Path("content/records")
    with _copy(project, folder) as copy:
        result = _start(copy, *_IMPORT).result()
        assert result.code == 0, result.output
        shutil.copytree(copy / records, folder / "after")
    assert not same_files(project / records, folder / "after")
    traps = _Traps(folder)
    moments = list(_moments(project, folder, _IMPORT, chance, 9)) + [("at random", 0)] * 15
    for number, (call, at) in enumerate(moments):
        what = f"{call} {at}" if at else f"at random {number}"
        with _copy(project, folder) as copy:
            if at:
                command = traps.start(copy, _IMPORT, call, at)
            else:
                command = _start(copy, *_IMPORT)
                time.sleep(chance.uniform(0.2, 1.5))
                command.process.kill()
            command.result()
            is_left = command.leaves_some()
            # The next command of those that write carries out what was begun.
            following = run(generator_command(*_IMPORT[:-1]), copy)
            is_whole = any(same_files(copy / records, state) for state in (project / records, folder / "after"))
            check = run(generator_command("check"), copy)
            is_right = is_whole and not is_left and not following.is_traceback and "cut off" not in check.output
            trial.expect(is_right, f"{what}: {following.last_line()}; {check.last_line()}; left: {is_left}")
    return trial


def _signals(one: Ground, folder: Path, chance: random.Random) -> Trial:
    trial = Trial(
        "2d", "SIGTERM, SIGINT, SIGHUP to the process or its group: no traceback, no process left, next build right"
    )
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        for send in (os.kill, os.killpg):
            for turn in range(8):
                what = f"{number.name} by {send.__name__}, {turn}"
                with _copy(one.edited, folder) as project:
                    command = _start(project, "build")
                    # What loads before the command begins ends by Python's own way.
                    time.sleep(chance.uniform(0.35, 1.0))
                    with suppress(ProcessLookupError):
                        send(command.process.pid, number)
                    result = command.result()
                    is_left = command.leaves_some()
                    expect_honest(trial, what, result, project, one)
                    if is_left:
                        trial.expect(False, f"{what}: a process lives on")
                    elif number is signal.SIGINT and result.code and "Stopped." not in result.output:
                        trial.expect(False, f"{what}: does not say what stands: {result.last_line()}")
    return trial


def _refusals(one: Ground, folder: Path, chance: random.Random) -> Trial:
    trial = Trial(
        "2g", "full disks, limits, missing rights, locks, clocks, bare environments: a sentence, next build right"
    )
    for fill in (_full_disks, _limited, _without_rights, _locks, _together, _bare):
        fill(trial, one, folder, chance)
    return trial


def _full_disks(trial: Trial, one: Ground, folder: Path, chance: random.Random) -> None:
    """A file system of its own for the project, with less and less room."""
    if os.geteuid():
        return
    disk = folder / "disk"
    disk.mkdir()
    for number in range(26):
        subprocess.run(("mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", disk), check=True)
        try:
            project = copy_of(one.edited, disk / "project")
            # As for a build that makes much.
            replace(project / "content/labels.yml", "en: Bay Area Standards", "en: Bay  Area Standards")
            if number % 2:
                shutil.rmtree(project / ".cache")
            free = os.statvfs(disk)
            room = int(free.f_bavail * free.f_frsize)
            spare = chance.choice(
                [0, 4096, 20_000, 200_000, chance.randint(0, 1_000_000), chance.randint(0, 8_000_000)]
            )
            with (disk / "filler").open("wb") as filler:
                filler.write(b"\0" * max(room - spare, 0))
            result = _start_on(project)
            (disk / "filler").unlink()
            replace(project / "content/labels.yml", "en: Bay  Area Standards", "en: Bay Area Standards")
            if result.code == 0:
                must_build(project)
                result = Run(1, result.output, 0, 0)
            expect_honest(trial, f"{spare} bytes left, cache: {number % 2 == 0}", result, project, one)
        finally:
            subprocess.run(("umount", disk), check=True)


def _start_on(project: Path) -> Run:
    """A build whose output lies on another disk than the project."""
    return run(generator_command("build"), project)


def _limited(trial: Trial, one: Ground, folder: Path, chance: random.Random) -> None:
    limits = [f"-f {blocks}" for blocks in (1, 4, 16, 60, 90, 200, 400)]
    limits += [f"-n {number}" for number in (9, 12, 16, 20, 24, 32, 64, 128)]
    limits += [f"-v {megabytes * 1024}" for megabytes in (150, 200, 230, 260, 300, 350, 400, 500, 600, 800)]
    for limit in limits:
        for is_fresh in (False, True):
            with _copy(one.edited, folder) as project:
                if is_fresh:
                    shutil.rmtree(project / ".cache")
                command = " ".join(("ulimit", limit, ";", "exec", sys.executable, "-m", "generator", "build"))
                # Python would keep a torn module of the program itself.
                result = run(("bash", "-c", command), project, {"PYTHONDONTWRITEBYTECODE": "1"})
                what = f"ulimit {limit}, cache: {not is_fresh}"
                expect_honest(trial, what, result, project, one)


def _without_rights(trial: Trial, one: Ground, folder: Path, chance: random.Random) -> None:
    """Root's own way around the rights of files is taken away from the command."""
    places = (
        "build",
        "build/site",
        "build/site/en",
        "build/pages",
        "build/nginx.conf",
        "build/manifest",
        "build/.lock",
    )
    places += (".cache", ".cache/frames", ".cache/pictures", "build/site/index.html", "build/site/en/standards/tea-1")
    for place in places:
        for mode in (0o444, 0o555, 0o000):
            with _copy(one.edited, folder) as project:
                path = project / place
                usual = path.stat().st_mode
                path.chmod(mode)
                command = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", *generator_command("build"))
                result = run(command, project)
                if path.exists():
                    path.chmod(usual)
                expect_honest(trial, f"{place} with {mode:o}", result, project, one)


def _locks(trial: Trial, one: Ground, folder: Path, chance: random.Random) -> None:
    def stale(path: Path) -> None:
        path.write_text("12345\n", encoding="utf-8")

    for what, place in {"stale": stale, "a folder": Path.mkdir, "a pipe": os.mkfifo, "a link": _link}.items():
        with _copy(one.edited, folder) as project:
            lock = project / "build/.lock"
            lock.unlink(missing_ok=True)
            place(lock)
            result = run(generator_command("build"), project)
            if lock.is_dir():
                lock.rmdir()
            elif result.code:
                lock.unlink()
            expect_honest(trial, f"the lock is {what}", result, project, one)


def _link(path: Path) -> None:
    path.symlink_to("nowhere")


def _together(trial: Trial, one: Ground, folder: Path, chance: random.Random) -> None:
    with _copy(one.edited, folder) as project:
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
        builds = [
            subprocess.Popen(generator_command("build"), cwd=project, env=environment, stdout=-3, stderr=-3)
            for _ in range(4)
        ]
        codes = [build.wait() for build in builds]
        trial.expect(codes == [0] * 4 and site_of(project) == one.after, f"four builds at once: {codes}")


def _bare(trial: Trial, one: Ground, folder: Path, chance: random.Random) -> None:
    """Environments that lack what most have. Clocks need the program `faketime`."""
    without: list[tuple[str, Sequence[str]]] = [
        ("LANG=C", ("env", "LANG=C", "LC_ALL=C")),
        ("a code page", ("env", "PYTHONUTF8=0", "PYTHONIOENCODING=cp1252")),
        ("ASCII", ("env", "PYTHONUTF8=0", "PYTHONIOENCODING=ascii")),
        ("no HOME", ("env", "-u", "HOME")),
        ("no PATH", ("env", "-u", "PATH")),
        ("nothing", ("env", "-i", f"PYTHONPATH={REPOSITORY}")),
        ("hash seed", ("env", f"PYTHONHASHSEED={chance.randint(1, 9999)}")),
    ]
    if faketime := shutil.which("faketime"):
        without += [(f"in {year}", (faketime, f"{year}-02-28 12:00:00")) for year in (1990, 2037, 2039, 2107)]
    for what, prefix in without:
        with _copy(one.edited, folder) as project:
            shutil.rmtree(project / "build")
            result = run((*prefix, *generator_command("build")), project)
            expect_honest(trial, what, result, project, one)
            trial.expect(result.code == 0, f"{what}: fails: {result.last_line()}")
