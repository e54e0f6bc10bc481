"""Templates as they were compiled, kept for the next build."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.files.cache import Cache


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in `cache`."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the compiled template out of the cache."""
        if code := self._cache.get(f"templates/{bucket.key}"):
            # Does nothing where it was compiled from another source, or by another version.
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put the compiled template into the cache."""
        self._cache.put(f"templates/{bucket.key}", bucket.bytecode_to_string())
