#!/usr/bin/env bash
# Looks whether the release phase of the commit COMMIT runs each of COMMANDS (one a line): on Heroku that is the one moment with the
# new code while the old release still serves. https://devcenter.heroku.com/articles/release-phase
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

phase=$(git show "$COMMIT:Procfile" 2>"$work/missing" | sed -n 's/^release:[[:space:]]*//p') ||
  fail "$COMMIT has no Procfile, and its release phase must run: $COMMANDS"
while read -r command; do
  [[ $phase == *"$command"* ]] ||
    fail "The Procfile of $COMMIT needs 'release: $command': on Heroku that runs with the new code before it serves"
done <<<"$COMMANDS"
