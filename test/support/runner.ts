import { createRequire, Module } from "node:module";
import * as vitest from "vitest";
import { TestRunner } from "vitest";

const require = createRequire(__filename);

/**
 * Has Node load test files and what they import, by the loader that the command uses. So tests run
 * the code as a user's machine does, and a program that `require` loads shares its modules with the
 * test.
 */
export default class NativeRunner extends TestRunner {
  override importFile(file: string): unknown {
    delete require.cache[file];
    provideVitest();
    Reflect.deleteProperty(Error, "prepareStackTrace"); // Node maps stacks to sources; vite knows only its own files
    return require(file);
  }
}

/** Vitest refuses to be required. Test files get the module that is here already. */
function provideVitest(): void {
  const id = require.resolve("vitest");
  const module = new Module(id);
  module.exports = vitest;
  module.loaded = true;
  require.cache[id] = module;
}
