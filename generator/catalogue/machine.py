"""Why the machine refuses something, in words."""

from __future__ import annotations

import errno

from generator.catalogue.messages import Message
from generator.files.disk import NoFileError, TooLargeError
from generator.files.transaction import PlaceTakenError

_REASONS = {
    errno.EACCES: Message("machine.no-permission"),
    errno.EADDRINUSE: Message("machine.port-taken"),
    errno.EADDRNOTAVAIL: Message("machine.no-address"),
    errno.EAGAIN: Message("machine.busy"),
    errno.EBUSY: Message("machine.in-use"),
    errno.ECONNREFUSED: Message("machine.connection-refused"),
    errno.ECONNRESET: Message("machine.connection-cut"),
    errno.EDQUOT: Message("machine.quota"),
    errno.EEXIST: Message("machine.exists"),
    errno.EFBIG: Message("machine.file-too-large"),
    errno.EHOSTUNREACH: Message("machine.no-route"),
    errno.EINVAL: Message("machine.not-possible"),
    errno.EIO: Message("machine.damaged-disk"),
    errno.EISDIR: Message("machine.a-folder"),
    errno.ELOOP: Message("machine.links-in-a-circle"),
    errno.EMFILE: Message("machine.too-many-files"),
    errno.ENAMETOOLONG: Message("machine.name-too-long"),
    errno.ENETUNREACH: Message("machine.no-network"),
    errno.ENOENT: Message("machine.not-there"),
    errno.ENOMEM: Message("machine.no-memory"),
    errno.ENOSPC: Message("machine.disk-full"),
    errno.ENOTDIR: Message("machine.no-folder"),
    errno.ENOTEMPTY: Message("machine.folder-not-empty"),
    errno.ENXIO: Message("machine.no-device"),
    errno.EPERM: Message("machine.not-permitted"),
    errno.EPIPE: Message("machine.nobody-reads"),
    errno.EROFS: Message("machine.read-only"),
    errno.ETIMEDOUT: Message("machine.timed-out"),
    errno.ETXTBSY: Message("machine.running"),
    errno.EXDEV: Message("machine.other-disk"),
}
"""Error number → what it means."""

_OF_READERS = {
    "mapping values are not allowed in this context": Message("machine.yaml-colon"),
    "did not find expected key": Message("machine.yaml-key"),
    "could not find expected ':'": Message("machine.yaml-no-colon"),
    "did not find expected '-' indicator": Message("machine.yaml-hyphen"),
    "did not find expected ',' or ']'": Message("machine.yaml-bracket"),
    "did not find expected ',' or '}'": Message("machine.yaml-brace", brace="}"),
    "found character that cannot start any token": Message("machine.yaml-start"),
    "found unexpected end of stream": Message("machine.yaml-end"),
    "found unknown escape character": Message("machine.yaml-backslash"),
    "did not find expected <document start>": Message("machine.yaml-indent"),
    "unexpected end of data": Message("machine.csv-end"),
    "',' expected after '\"'": Message("machine.csv-comma"),
}
"""What readers of YAML and CSV say of the mistakes that people make → what it means."""


def reason_of(error: Exception) -> Message:
    """Why something was refused or could not be read.

    What has no words of ours keeps its own.
    """
    match error:
        case Exception(args=(Message() as sentence, *_)):
            return sentence
        case NoFileError():
            return Message("machine.no-file")
        case TooLargeError():
            return Message("machine.too-large", megabytes=error.megabytes)
        case PlaceTakenError():
            return Message("machine.place-taken")
    number, words = (error.errno, error.strerror) if isinstance(error, OSError) else (None, None)
    return _REASONS.get(number or 0) or in_words(words or str(error) or type(error).__name__)


def in_words(reason: str) -> Message:
    """What a reader of YAML or CSV means by `reason`.

    What has no words of ours keeps its own.
    """
    return _OF_READERS.get(reason) or Message("machine.other", words=reason)
