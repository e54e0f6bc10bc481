#!/usr/bin/env bash
# Prints standard input as a code block of Markdown, which nothing in it can end.
set -euo pipefail
text=$(cat)
fence='```'
while [[ $text == *"$fence"* ]]; do fence+='`'; done
printf '%s\n%s\n%s\n\n' "$fence" "$text" "$fence"
