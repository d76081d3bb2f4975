import assert from "node:assert/strict";
import { test } from "vitest";
import { herokuProvider } from "../../components/providers/heroku";
import { declared } from "./declared";

test("values that others set stay out of the state, and so does the key", async () => {
  const { resources } = await declared((opts) => herokuProvider("heroku", opts));
  const { inputs } = resources.get("pulumi:providers:heroku heroku") ?? {};
  assert.deepEqual(JSON.parse(String(inputs?.customizations)), [
    { setAddonConfigVarsInState: false, setAppAllConfigVarsInState: false },
  ]);
  assert.equal(inputs?.apiKey, undefined);
});
