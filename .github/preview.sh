#!/usr/bin/env bash
# What each attachment named would change in the records, as Markdown; fails when one has a problem or a question.
# An attachment is named after its announcement: 2026-05.xlsx, 2026-05-18.docx, “2023-04 corrected.pdf”.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0
for file in "$@"; do
  name=$(basename "$file")
  printf '### %s\n\n```\n' "$name"
  "${PYTHON:-.venv/bin/python}" -m generator import "$file" --batch "${name%%[ .]*}" || failed=1
  printf '```\n\n'
done
exit $failed
