"""The process that builds the site for the desk."""

# A build starts processes, keeps much memory and may be stopped: none of that belongs into the desk's own process.

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message, speak
from generator.publishing.build import STEPS, build
from generator.publishing.published import UnpublishedError, keep_versions, record_addresses


def main() -> None:
    """Build the site, telling each step on a line of JSON, then the outcome.

    The argument is the language of what it says.
    """
    speak(sys.argv[1])
    try:
        published = build(Path(), lambda step, share=None: _tell(step=f"{STEPS[step]} {share or ''}".strip()))
        if published.new_addresses:
            record_addresses(Path(), published.new_addresses)
        keep_versions(Path())
    except UnpublishedError as failure:
        _tell(failure=str(failure), problems=[str(problem) for problem in failure.problems])
    except OSError as error:
        _tell(failure=str(Message("publish.not-kept", reason=reason_of(error))), problems=[])
    else:
        _tell(summary=str(published.summary))


def _tell(**values: object) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
