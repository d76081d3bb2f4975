#!/usr/bin/env bash
# Puts the reviews of the folder OUT on the pull request NUMBER: one comment a system, kept up to date.
# shellcheck source=stagewright/release/steps/comment.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/comment.sh"

for file in "$OUT"/*.md; do
  keep_comment "$NUMBER" "review of $(basename "$file" .md)" "$file"
done
