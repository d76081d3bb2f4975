#!/usr/bin/env bash
# Puts the data of the database SOURCE_URL (of the environment SOURCE) in place of all data in the app's own database. Heroku copies it
# from the one to the other, as `heroku pg:copy` has it do: it reads the source as `pg_dump` does.
# https://devcenter.heroku.com/articles/heroku-postgres-backups#direct-database-to-database-copies
# shellcheck source=stagewright/release/steps/heroku-api.sh
source "${BASH_SOURCE%/*}/../../steps/heroku-api.sh"

# data METHOD PATH [CURL ARGUMENT...]: Heroku's Data API, which its CLI uses and which is documented by nothing else.
# https://github.com/heroku/cli/blob/main/packages/cli/src/commands/pg/copy.ts
data() { HEROKU_API_URL=${HEROKU_DATA_API_URL:-https://api.data.heroku.com} heroku "$@"; }

# place URL: prints host, port and database of a Postgres URL; nothing where it is none.
place() { sed --quiet --regexp-extended 's#^postgres(ql)?://[^/@]+@([^/?]+)/([^/?]+)(\?.*)?$#\2/\3#p' <<<"$1"; }

[ -n "$SOURCE_URL" ] || fail "Data of '$SOURCE' may not be put here"
from=$(place "$SOURCE_URL")
[ -n "$from" ] || fail "The secret for $SOURCE is no URL of a Postgres database (postgres://user:password@host/name)"

attachment=$(heroku GET "/apps/$HEROKU_APP/addon-attachments/DATABASE")
database=$(field .addon.id "$attachment")
owner=$(field .addon.app.name "$attachment")
# Another app's database may be attached here; it is not ours to overwrite.
[ "$owner" = "$HEROKU_APP" ] || fail "The database of $HEROKU_APP belongs to $owner, so nothing is put there"

variables=$(heroku GET "/apps/$HEROKU_APP/config-vars")
url=$(field .DATABASE_URL "$variables")
echo "::add-mask::$url"
[ "$(place "$url")" != "$from" ] || fail "The secret for $SOURCE is the URL of $HEROKU_APP's own database"

TARGET_URL=$url jq --null-input \
  '{from_name: env.SOURCE, from_url: env.SOURCE_URL, to_name: env.HEROKU_APP, to_url: env.TARGET_URL}' >"$work/transfer.json"
# Once: what is started twice would overwrite twice.
transfer=$(ATTEMPTS=1 data POST "/client/v11/databases/$database/transfers" --data "@$work/transfer.json")
id=$(field .uuid "$transfer")
echo "Heroku copies the data of $SOURCE to $HEROKU_APP"
end=$((SECONDS + ${COPY_SECONDS:-18000}))
while :; do
  transfer=$(data GET "/client/v11/apps/$HEROKU_APP/transfers/$id")
  [ "$(jq --raw-output '.finished_at // empty' <<<"$transfer")" = "" ] || break
  [ "$SECONDS" -lt "$end" ] || fail "The copy of $SOURCE to $HEROKU_APP has not ended after ${COPY_SECONDS:-18000} seconds: 'heroku pg:backups -a $HEROKU_APP' shows how it goes on"
  sleep "${POLL_SECONDS:-15}"
done
[ "$(jq --raw-output .succeeded <<<"$transfer")" = true ] ||
  fail "The copy of $SOURCE to $HEROKU_APP failed: $HEROKU_APP may hold a part of the data"
notice "$HEROKU_APP holds the data of $SOURCE"
