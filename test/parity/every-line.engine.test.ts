import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { parityText } from "../../stagewright/cli/output/parity";
import { leaves, merge } from "../../stagewright/environment/merge";
import { differences, overlap } from "../../stagewright/parity/differences";
import { without } from "../../stagewright/parity/differs";
import { type Effects, effectsOf } from "../../stagewright/parity/effects";
import { parity } from "../../stagewright/parity/parity";
import { Renderer } from "../../stagewright/parity/render/renderer";
import { renderOf, statement } from "../../stagewright/parity/run";
import { readProject, readStack } from "../../stagewright/project/project";
import { ROOT } from "../support/projects";

// Without an engine: what the renderer records stands for what the engine makes. That both are one
// is what the engine test shows, which compares the whole listing with the committed one.
const project = readProject(ROOT);
const [staging, production] = [readStack(project, "staging"), readStack(project, "production")];
const committed = readFileSync(path.join(__dirname, "expected/parity.staging-production.txt"), "utf8");

const renderer = new Renderer(project);
const render = renderOf(project, renderer, [staging, production]);
let effects: Effects;
beforeAll(async () => {
  effects = await effectsOf(statement(staging), statement(production), render);
});
afterAll(() => renderer.close());

for (const line of leaves(staging.differs)) {
  const name = line.join(".");
  test(`without the line ${name}, staging is refused or differs in less than is committed`, async () => {
    const stated = committed.split("\n\n").find((part) => part.split("\n")[0]?.includes(` ${name}: `));
    assert.ok(stated, "the committed listing has the line");
    const refused = () => undefined;
    const less = await render("staging", without(staging.differs, line)).catch(refused);
    if (!less) return;
    const { places } = effects.leaves.find(({ leaf }) => leaf.path.join(".") === name) ?? { places: [] };
    const caused = (graph: typeof effects.a) =>
      differences(graph, effects.b).filter((difference) =>
        places.some((place) => overlap(place, difference)),
      );
    assert.ok(caused(effects.a).length > 0);
    assert.ok(caused(less).length < caused(effects.a).length);
  });
}

test("a line that repeats the base is dead, and is said to be", async () => {
  const mine = { ...staging, differs: merge(staging.differs, { api: { team: "dandi" } }) };
  const found = await effectsOf(statement(mine), statement(production), render);
  const { a, b, exchanged } = found;
  const side = ({ stack, differs }: typeof mine, graph: typeof a) => ({ stack, environment: differs, graph });
  const text = parityText(
    await parity({ a: side(mine, a), b: side(production, b), exchanged, effects: found }),
  );
  assert.match(
    text,
    /^staging and production are not what their differs say: 1 stated difference makes none/,
  );
  assert.match(text, /^Pulumi\.\S+ api\.team makes no difference in staging; take the line out$/m);
});
