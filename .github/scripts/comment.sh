#!/usr/bin/env bash
# Puts the reviews of the folder OUT on the pull request NUMBER: one comment a system, kept up to date.
# shellcheck source=release/steps/comment.sh
source "${BASH_SOURCE%/*}/../../release/steps/comment.sh"

for file in "$OUT"/*.md; do
  keep_comment "$NUMBER" "review of $(basename "$file" .md)" "$file"
done
