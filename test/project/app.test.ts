import assert from "node:assert/strict";
import { test } from "vitest";
import { merge, type Tree } from "../../stagewright/environment/merge";
import { environment } from "../../stagewright/environment/schema/environment";
import { crossChecks } from "../../stagewright/project/checks";

const LEAST = {
  name: "test",
  data: { protected: false },
  api: { via: "heroku", app: "some-app", repository: "acme/app", processes: { web: {} } },
};

/** What is said of the smallest environment with more in it. */
const said = (more: Tree) =>
  crossChecks(environment.parse(merge(LEAST, more))).map(({ path, says }) => `${path.join(".")}: ${says}`);

test("an app without a host of its own cannot be told its own name before it is there", () => {
  assert.deepEqual(said({ api: { variables: { ALLOWED_HOSTS: "${api.host}" } } }), [
    "api.variables.ALLOWED_HOSTS: refers to '${api.host}', which is not known before the app is there; state api.host, or write the value out",
  ]);
  const dns = { via: "digitalocean", zone: "example.org" };
  assert.deepEqual(
    said({ dns, api: { host: "api.example.org", variables: { ALLOWED_HOSTS: "${api.host}" } } }),
    [],
  );
});

test("what Heroku's build must do is asked of an app on Heroku alone", () => {
  const release = {
    api: { tracks: "branch main", token: "herokuDeployToken", build: { runs: ["npm test"] } },
  };
  assert.deepEqual(said({ release }), []);
  const droplet = { via: "digitalocean", host: "api.example.org" };
  const dns = { via: "digitalocean", zone: "example.org" };
  assert.deepEqual(said({ release, dns, api: droplet }), [
    "release.api.build: says what Heroku's build must do, but the API is on DigitalOcean; accepted with api.via: heroku",
  ]);
});
