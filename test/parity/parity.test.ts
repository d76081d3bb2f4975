import assert from "node:assert/strict";
import { test } from "vitest";
import { merge, type Tree } from "../../stagewright/environment/merge";
import { linesOf } from "../../stagewright/parity/differs";
import { effectsOf } from "../../stagewright/parity/effects";
import { isParallel, type ParityReport, parity } from "../../stagewright/parity/parity";
import { mark } from "../../stagewright/parity/render/marks";
import { type Graph, graphOf } from "../../stagewright/resources/graph";
import { resourceType } from "../../stagewright/resources/types";

const BASE = { app: "shop", size: 1, hosts: { api: "api.shop", gui: "gui.shop" } };

interface Environment {
  app: string;
  size: number;
  hosts?: { api: string; gui: string };
  extra?: string;
}

type Program = (environment: Environment, stack: string, drawn: (what: string) => string) => Tree;

// An app that a vendor gives an id, a database that is told that id, a password that is drawn anew
// for every stack.
const program: Program = ({ app, size, hosts, extra }, _stack, drawn) => ({
  app: { name: app, size, hosts: hosts ? [hosts.api, hosts.gui] : [] },
  database: { app: drawn("app id"), name: `${drawn("app name")}-database` },
  login: { password: drawn("password result") },
  ...(extra === undefined ? {} : { extra: { extra } }),
});

/**
 * Compares two stacks of a program as the command does, with a stand-in for the engine that fills
 * in what vendors draw.
 */
async function compare(run: Program, differsA: Tree, differsB: Tree): Promise<ParityReport> {
  const graph = (inputs: Tree): Graph =>
    graphOf(
      Object.entries(inputs).map(([name, values]) => ({
        urn: `urn:pulumi:any::shop::test:index:Thing::${name}`,
        type: resourceType("test:index:Thing"),
        custom: true,
        inputs: values as Tree,
      })),
    );
  const environment = (differs: Tree) => {
    const merged: unknown = merge(BASE, differs);
    return merged as Environment;
  };
  const marks = (what: string) => {
    const [name, output = ""] = what.split(" ");
    return mark(`test:index:Thing::${name}`, output);
  };
  const engine = (differs: Tree, stack: string) => {
    const { app } = environment(differs);
    const values: Tree = {
      "app id": `id-of-${app}`,
      "app name": app,
      "password result": `drawn-for-${stack}`,
    };
    return graph(run(environment(differs), stack, (what) => String(values[what])));
  };
  const state = (stack: string, differs: Tree) => ({
    stack,
    differs,
    lines: linesOf({ stack, differs, place: () => ({ file: `Pulumi.${stack}.yaml`, key: "" }) }),
  });
  const effects = await effectsOf(state("a", differsA), state("b", differsB), async (stack, differs) =>
    graph(run(environment(differs), stack, marks)),
  );
  const side = (stack: string, differs: Tree) => ({
    stack,
    environment: merge(BASE, differs),
    graph: engine(differs, stack),
  });
  return parity({
    a: side("a", differsA),
    b: side("b", differsB),
    exchanged: engine(differsB, "a"),
    effects,
  });
}

const told = ({ stated }: ParityReport) =>
  stated.map(({ leaves, differences }) => [
    leaves.map(({ path }) => path).join("+"),
    differences.map(({ resource, path }) => [resource.split("::")[1], ...path].join(".")).join(" "),
  ]);

test("two stacks that state nothing are equal, though each has secrets of its own", async () => {
  const report = await compare(program, {}, {});
  assert.ok(isParallel(report));
  assert.deepEqual([report.stated, report.following, report.alike, report.different], [[], [], 3, 0]);
});

test("a difference is traced to its line, and what passes it on follows", async () => {
  const report = await compare(program, { app: "shop-a" }, {});
  assert.ok(isParallel(report));
  assert.deepEqual(told(report), [["app", "app.inputs.name"]]);
  assert.deepEqual(report.stated[0]?.leaves, [
    { path: "app", places: ["Pulumi.a.yaml"], a: "shop-a", b: "shop" },
  ]);
  assert.deepEqual(
    report.following.map(({ resource, path, places }) => [resource.split("::")[1], path.at(-1), places]),
    [
      ["database", "app", ["Pulumi.a.yaml"]],
      ["database", "name", ["Pulumi.a.yaml"]],
    ],
  );
});

test("lines of both stacks are listed, each with what it changes", async () => {
  const report = await compare(
    program,
    { app: "shop-a", hosts: { api: "api-a.shop" } },
    { size: 2, extra: "b" },
  );
  assert.ok(isParallel(report));
  assert.deepEqual(told(report), [
    ["app", "app.inputs.name"],
    ["hosts.api", "app.inputs.hosts.0"],
    ["size", "app.inputs.size"],
    ["extra", "extra"],
  ]);
});

test("what the stack's name changes in code is stated nowhere", async () => {
  const byName: Program = (environment, stack, drawn) => {
    const things = program(environment, stack, drawn);
    return stack === "a" ? { ...things, login: { ...(things.login as Tree), tag: "only here" } } : things;
  };
  const report = await compare(byName, { app: "shop-a" }, {});
  assert.ok(!isParallel(report));
  assert.deepEqual(
    report.untraced.map(({ resource, path, a, b }) => [resource.split("::")[1], ...path, a, b]),
    [["login", "inputs", "tag", "only here", undefined]],
  );
  assert.deepEqual(told(report), [["app", "app.inputs.name"]]);
});

test("what code does to one stack, only where that has its own differences, is stated nowhere either", async () => {
  const hidden: Program = (environment, stack, drawn) => ({
    ...program(environment, stack, drawn),
    ...(stack === "a" && environment.app === "shop-a" ? { hidden: {} } : {}),
  });
  const report = await compare(hidden, { app: "shop-a" }, {});
  assert.deepEqual(
    report.untraced.map(({ resource, path }) => [resource.split("::")[1], ...path]),
    [["hidden"]],
  );
});

test("what the stack's name does to a drawn value is no excuse", async () => {
  const byName: Program = (environment, stack, drawn) => ({
    ...program(environment, stack, drawn),
    login: { password: `${drawn("password result")}${stack === "a" ? "!" : ""}` },
  });
  const report = await compare(byName, {}, {});
  assert.deepEqual(
    report.untraced.map(({ path }) => path.join(".")),
    ["inputs.password"],
  );
});

test("a line that changes nothing is dead, whether it repeats the base or says what nobody reads", async () => {
  const report = await compare(program, { app: "shop-a", size: 1, unread: true }, {});
  assert.ok(!isParallel(report));
  assert.deepEqual(
    report.dead.map(({ stack, path }) => [stack, ...path]),
    [
      ["a", "size"],
      ["a", "unread"],
    ],
  );
});

test("what only several lines make together is traced to the smallest group that does", async () => {
  const pair: Program = (environment, stack, drawn) => {
    const changed = [environment.hosts?.api !== BASE.hosts.api, environment.hosts?.gui !== BASE.hosts.gui];
    // The way from the one stack to the other is refused half-way, so that nothing can be said of
    // either line.
    if (changed[0] !== changed[1]) throw new Error("half changed");
    return program(environment, stack, drawn);
  };
  const hosts = { api: "api-a.shop", gui: "gui-a.shop" };
  const report = await compare(pair, { app: "shop-a", hosts, size: 2 }, {});
  assert.ok(isParallel(report));
  assert.deepEqual(told(report), [
    ["app", "app.inputs.name"],
    ["size", "app.inputs.size"],
    ["hosts.api+hosts.gui", "app.inputs.hosts.0 app.inputs.hosts.1"],
  ]);
});

test("what only the engine's run shows is not excused by a rendering without it", async () => {
  const secretive: Program = (environment, stack, drawn) => {
    const rendered = drawn("app name").startsWith("⟨");
    return { ...program(environment, stack, drawn), extra: { where: rendered ? "anywhere" : stack } };
  };
  const report = await compare(secretive, {}, {});
  assert.deepEqual(
    report.untraced.map(({ resource, path, a, b }) => [resource.split("::")[1], ...path, a, b]),
    [["extra", "inputs", "where", "a", "b"]],
  );
});

test("a section that one stack does not have at all is one line", async () => {
  const report = await compare(program, { hosts: null }, {});
  assert.ok(isParallel(report));
  assert.deepEqual(report.stated[0]?.leaves, [
    { path: "hosts", places: ["Pulumi.a.yaml"], a: undefined, b: BASE.hosts },
  ]);
});

test("a mixture that the program refuses does not hide the other lines", async () => {
  const strict: Program = (environment, stack, drawn) => {
    if (environment.app === "shop-a" && environment.size === 3) throw new Error("too large for this app");
    return program(environment, stack, drawn);
  };
  const report = await compare(strict, { size: 2, app: "shop-a" }, { size: 3 });
  assert.ok(isParallel(report));
  assert.deepEqual(told(report), [
    ["size", "app.inputs.size"],
    ["app", "app.inputs.name"],
  ]);
});
