"""The records are sent on the publisher's word, as one commit, and nothing else is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.publishing.sending import SendingError, repository_of, send


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(("git", *arguments), cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def office(tmp_path, monkeypatch) -> Path:
    """A folder of records, cloned from a repository elsewhere."""
    for name, value in {"NAME": "A. Editor", "EMAIL": "editor@standards.invalid"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "remote.git")
    git(tmp_path, "clone", "--quiet", "remote.git", "office")
    folder = tmp_path / "office"
    git(folder, "checkout", "--quiet", "-b", "main")
    (folder / "content").mkdir()
    (folder / "content/list.csv").write_text("address\n")
    (folder / "notes.txt").write_text("mine\n")
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "-m", "begin")
    git(folder, "push", "--quiet", "-u", "origin", "main")
    return folder


def test_what_changed_is_sent_as_one_commit(office):
    (office / "content/list.csv").write_text("address\ntea-1\n")
    (office / "content/茶 二.csv").write_text("address\n")
    repository = repository_of(office)
    assert repository is not None
    assert (repository.remote, repository.branch, repository.waiting) == ("origin", "main", 0)
    assert repository.changed == ("content/list.csv", "content/茶 二.csv")
    send(office, repository, "公布：新增1项 / announce 1 standard")
    remote = office.parent / "remote.git"
    assert git(remote, "log", "--format=%s", "-1") == "公布：新增1项 / announce 1 standard"
    assert git(remote, "rev-list", "--count", "main") == "2"
    assert git(remote, "-c", "core.quotePath=false", "show", "--name-only", "--format=").splitlines() == [
        "content/list.csv",
        "content/茶 二.csv",
    ]
    after = repository_of(office)
    assert after is not None
    assert not after.is_behind
    assert (office / "notes.txt").read_text() == "mine\n"


def test_what_the_editor_staged_elsewhere_is_not_sent(office):
    git(office, "add", "notes.txt")
    (office / "content/list.csv").write_text("address\ntea-1\n")
    repository = repository_of(office)
    assert repository is not None
    send(office, repository, "one")
    assert git(office.parent / "remote.git", "ls-tree", "-r", "--name-only", "main") == "content/list.csv"
    assert git(office, "status", "--porcelain") == "A  notes.txt"


def test_what_the_remote_refuses_waits_here(office):
    git(office.parent, "clone", "--quiet", "remote.git", "other")
    other = office.parent / "other"
    (other / "content/other.csv").write_text("address\n")
    git(other, "add", "content")
    git(other, "commit", "--quiet", "-m", "first")
    git(other, "push", "--quiet")
    (office / "content/list.csv").write_text("address\ntea-1\n")
    repository = repository_of(office)
    assert repository is not None
    with pytest.raises(SendingError) as refused:
        send(office, repository, "mine")
    assert str(refused.value.message).startswith("It is committed on this machine but was not sent")
    waiting = repository_of(office)
    assert waiting is not None
    assert (waiting.changed, waiting.waiting) == ((), 1)
    git(office, "pull", "--quiet", "--rebase")
    send(office, waiting, "not used again")
    assert git(office.parent / "remote.git", "log", "--format=%s").splitlines() == ["mine", "first", "begin"]


def test_a_folder_that_is_sent_nowhere_is_told_apart(tmp_path, office):
    alone = tmp_path / "alone"
    alone.mkdir()
    assert repository_of(alone) is None
    git(alone, "init", "--quiet")
    assert repository_of(alone) is None
    # Below another project's repository, it is not ours to send.
    (office / "copy").mkdir()
    assert repository_of(office / "copy") is None


def test_nothing_is_committed_without_a_branch(office):
    git(office, "checkout", "--quiet", "--detach")
    (office / "content/list.csv").write_text("address\ntea-1\n")
    repository = repository_of(office)
    assert repository is not None
    with pytest.raises(SendingError, match="branch"):
        send(office, repository, "one")
    assert git(office, "status", "--porcelain", "content") == "M content/list.csv"


def test_no_password_is_shown(office):
    git(office, "remote", "set-url", "origin", "https://someone:secret@standards.invalid/list.git")
    repository = repository_of(office)
    assert repository is not None
    assert repository.url == "https://standards.invalid/list.git"
