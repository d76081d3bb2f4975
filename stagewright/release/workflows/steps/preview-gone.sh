#!/usr/bin/env bash
# Marks what was deployed to the preview of pull request NUMBER as inactive, so that GitHub shows no address of it any more.
# https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

records=$(listed "/deployments?environment=$(encoded "$ENVIRONMENT")&task=preview%3Apr-$NUMBER")
for id in $(jq '.[].id' <<<"$records"); do
  state=$(github GET "/deployments/$id/statuses?per_page=1" | jq --raw-output '.[0].state')
  [ "$state" = success ] || continue
  github POST "/deployments/$id/statuses" --data '{"state": "inactive"}' >"$work/marked"
done
