"""A published site compared with the version that it names, built again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from itertools import takewhile
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from generator.catalogue.content import CONTENT
from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message, spoken_language
from generator.catalogue.records import RECORDS, read_records
from generator.catalogue.version import digest_of
from generator.catalogue.versions import ENDING, VERSION, VERSIONS, read_versions
from generator.files.cache import CACHE
from generator.files.disk import files_below, read_file, remove, write
from generator.publishing.exports.formats import API, JSON
from generator.publishing.published import SITE_FOLDER
from generator.publishing.settings import MKDOCS_YML

_INDEX = f"{API}index.json"
_FOR_HOSTS = ("_headers", "_redirects")
"""Files that some hosts read and do not send."""
_THREADS = 8
_SECONDS = 30
"""How long a site may keep silent."""
_LARGEST = 2**20
"""Bytes of the longest index of a site."""
_TREE = (CONTENT, "generator", "overrides", MKDOCS_YML)
"""What a site is built from."""

_LOCALES = {"zh-Hans": "zh_CN.UTF-8", "zh-Hant": "zh_HK.UTF-8", "en": "C.UTF-8"}
"""Language → what a machine that speaks it is set to."""

_Read = Callable[[str, int], bytes]
"""Reads the file at a path below a site, as far as so many bytes; raises OSError or HTTPException."""


class UnverifiedError(Exception):
    """A site could not be compared."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason
        """Why."""


def verify(project: Path, site: str) -> tuple[str, int, list[Message]]:
    """The version that `site` names, its number of files, a sentence for each difference.

    `site` is an address on the web, or a folder. The version is built again from the records of `project`, or from the
    commit of its repository that has them. Raises UnverifiedError where that cannot be.
    """
    is_online = urlsplit(site).scheme in ("http", "https")
    read = _online(site) if is_online else _in_folder(Path(site))
    version, digest, site_url = _named_by(site, read)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        if digest_of(read_records(project / CONTENT)) == digest:
            _copy(project, tree)
        else:
            _check_out(project, tree, version)
            _take_versions(project, tree, version)
        _build(project, tree, site_url)
        built = tree / SITE_FOLDER
        files = {name for name in files_below(built) if not (is_online and name in _FOR_HOSTS)}

        def difference(name: str) -> Message | None:
            expected = read_file(built / name)
            try:
                return None if read(name, len(expected) + 1) == expected else Message("commands.differs", file=name)
            except (OSError, HTTPException) as error:
                return Message("commands.cannot-be-read", file=name, reason=_reason(error))

        with ThreadPoolExecutor(_THREADS) as threads:
            differences = list(filter(None, threads.map(difference, sorted(files))))
    if not is_online:
        strangers = sorted({*files_below(Path(site))} - files)
        differences += [Message("commands.not-of-version", file=name) for name in strangers]
    return version, len(files), differences


def _online(site: str) -> _Read:
    root = site.rstrip("/") + "/"

    def read(name: str, largest: int) -> bytes:
        request = Request(root + quote(name), headers={"User-Agent": "bay-area-standards-verify"})
        with urlopen(request, timeout=_SECONDS) as answer:
            return answer.read(largest)

    return read


def _in_folder(site: Path) -> _Read:
    return lambda name, _: read_file(site / name)


def _named_by(site: str, read: _Read) -> tuple[str, str, str]:
    """The version that a site names, the digest of its records, the address that its files tell."""
    try:
        index = json.loads(read(_INDEX, _LARGEST))
        version, digest, url = str(index["version"]), str(index["digest"]), str(index["standards_url"])
    except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = Message("commands.names-no-version-because", site=site, file=_INDEX, reason=_reason(error))
        raise UnverifiedError(reason) from None
    if not VERSION.fullmatch(version) or not url.endswith(JSON.path):
        raise UnverifiedError(Message("commands.names-no-version", site=site, file=_INDEX))
    return version, digest, url.removesuffix(JSON.path)


def _reason(error: Exception) -> Message:
    if isinstance(error, HTTPError):
        return Message("commands.site-answers", code=str(error.code))
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return reason_of(error.reason)
    return reason_of(error)


def _copy(project: Path, tree: Path) -> None:
    """Copy what a site is built from into the folder `tree`."""
    for name in _TREE:
        place = project / name
        if place.is_symlink() or place.is_file():
            tree.mkdir(exist_ok=True)
            shutil.copy(place, tree / name, follow_symlinks=False)
        else:
            shutil.copytree(place, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))


def _check_out(project: Path, tree: Path, version: str) -> None:
    """Check out into `tree` the newest commit whose records give `version`, by its own program."""
    try:
        commits = _git(project, "log", "--all", "--format=%H", "--", f"{CONTENT}/{RECORDS}").split()
        _git(project, "clone", "--quiet", "--shared", "--no-checkout", ".", str(tree))
        for commit in commits:
            _git(tree, "checkout", "--quiet", "--force", commit)
            if f"Version {version}." in _generator(tree, "check", "en").stdout:
                return
    except FileNotFoundError:
        raise UnverifiedError(Message("commands.no-git")) from None
    except subprocess.CalledProcessError as error:
        raise UnverifiedError(Message("commands.git-refuses", words=error.stderr.strip())) from None
    raise UnverifiedError(Message("commands.nowhere", version=version))


def _take_versions(project: Path, tree: Path, version: str) -> None:
    """Give `tree` the versions that were published before `version`; a commit may lack the last of them."""
    folder = tree / CONTENT / VERSIONS
    remove(folder)
    for one in takewhile(lambda one: one.name != version, read_versions(project / CONTENT, [])):
        write(folder / f"{one.name}{ENDING}", one.data)


def _build(project: Path, tree: Path, site_url: str) -> None:
    """Build `tree` for `site_url`, with the cache of `project`."""
    with suppress(OSError):
        (tree / CACHE).symlink_to((project / CACHE).absolute(), target_is_directory=True)
    process = _generator(tree, "build", spoken_language(), SITE_URL=site_url)
    if process.returncode:
        words = process.stdout.strip() or process.stderr.strip()
        raise UnverifiedError(Message("commands.cannot-be-built", words=words))


def _generator(tree: Path, command: str, language: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the `command` of the program in `tree` prints, in `language` if it speaks that.

    A program of an older commit does not know the option for it, but goes by the machine as far as it can.
    """
    speaks = {"LC_ALL": _LOCALES[language], "PYTHONUTF8": "1"}
    return subprocess.run(
        (sys.executable, "-m", "generator", command),
        cwd=tree,
        env=os.environ | speaks | environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(("git", *arguments), cwd=folder, capture_output=True, text=True, check=True).stdout
