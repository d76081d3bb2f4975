#!/usr/bin/env bash
# Starts the workflow DEPLOY_WORKFLOW for the newest commit of the branch INTO: what the token of a run changes in a branch starts
# nothing by itself. https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

jq --null-input --arg ref "$INTO" '{$ref}' >"$work/dispatch.json"
github POST "/actions/workflows/$DEPLOY_WORKFLOW/dispatches" --data "@$work/dispatch.json" >"$work/started"
notice "The deploy of $INTO has been started"
summary "Its deploy: [$DEPLOY_WORKFLOW]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/workflows/$DEPLOY_WORKFLOW)"
