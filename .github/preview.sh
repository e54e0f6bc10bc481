#!/usr/bin/env bash
# What each attachment named would change in the records, in Chinese and English, as Markdown; fails when one has a
# problem or a question.
# An attachment is named after its announcement: 2026-05.xlsx, 2026-05-18.docx, “2023-04 corrected.pdf”.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
failed=0
for file in "$@"; do
  name=${file##*/}
  for language in zh-Hans en; do
    {
      printf '%q\n\n' "$name"
      "${PYTHON:-.venv/bin/python}" -m generator import "$file" --batch "${name%%[ .]*}" --language "$language"
    } 2>&1 | .github/fenced.sh || failed=1
  done
done
exit $failed
