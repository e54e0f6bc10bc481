#!/usr/bin/env bash
# Commits what changed in the paths named after the message, and pushes it; nothing when nothing changed.
set -euo pipefail
message=$1
shift
git add -- "$@"
if git diff --cached --quiet; then
  echo "Nothing changed."
  exit
fi
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git commit --quiet --message "$message"
git pull --quiet --rebase
git push --quiet
