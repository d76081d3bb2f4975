#!/usr/bin/env bash
# Writes down what is done with the data, and by whom, in an issue that is kept open: GitHub keeps every version of a comment.
# RESULT is empty before it starts: nothing runs unrecorded.
# shellcheck source=stagewright/release/workflows/steps/issue.sh
source "${BASH_SOURCE%/*}/issue.sh"

issue=$(open_issue "$LABEL")
if [ -z "$issue" ]; then
  issue=$(new_issue "$TITLE" "Each comment is about one operation." "$PERSON" "$LABEL")
fi
comment "$issue" "$GITHUB_TRIGGERING_ACTOR: \`${COMMAND//\`/ }\` ${RESULT:-starts} ($RUN)"
notice "Written down in issue #$issue"
