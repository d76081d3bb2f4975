#!/usr/bin/env bash
# Looks whether the build of the commit COMMIT runs each of COMMANDS (one a line): Heroku's buildpack for Node runs the script
# heroku-postbuild of package.json, else build, and stops the build where it fails.
# https://devcenter.heroku.com/articles/nodejs-support#customizing-the-build-process
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

git show "$COMMIT:package.json" >"$work/package.json" 2>"$work/missing" ||
  fail "$COMMIT has no package.json, and its build must run: $COMMANDS"
script=$(jq -r '.scripts // {} | .["heroku-postbuild"] // .build // ""' "$work/package.json")
while read -r command; do
  [[ $script == *"$command"* ]] ||
    fail "The script heroku-postbuild in the package.json of $COMMIT needs '$command': Heroku's build runs nothing else"
done <<<"$COMMANDS"
