#!/usr/bin/env bash
# Writes into build/ the proof sheet of each announcement whose file of standards is named, and says so as Markdown.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
failed=0
for file in "$@"; do
  batch=${file##*/batch-}
  batch=${batch%.csv}
  # Standards of no known announcement have no sheet.
  [[ $batch == unknown ]] && continue
  "${PYTHON:-.venv/bin/python}" -m generator proof --language zh-Hant -- "$batch" 2>&1 | .github/fenced.sh || failed=1
done
exit $failed
