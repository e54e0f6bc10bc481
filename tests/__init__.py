"""The tests read like the specification: what a reader, a sharer, an editor and a re-user rely on."""
