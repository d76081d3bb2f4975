import type { Reporter, TestModule, Vitest } from "vitest/node";

/** Ends the output with the line `tests: N passed, N failed`, which CI reads. */
export default class Count implements Reporter {
  #byName = false;

  onInit({ config }: Vitest): void {
    this.#byName = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    const failed: string[] = errors.map(() => "an error outside of the tests");
    for (const module of modules) {
      const before = failed.length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (this.#byName && state === "skipped") continue; // it was not asked for
        // A test that does not run proves nothing, so it counts as failed.
        if (state === "passed") passed += 1;
        else
          failed.push(
            `${module.relativeModuleId} > ${test.fullName}${state === "failed" ? "" : ` (${state})`}`,
          );
      }
      if (!module.ok() && failed.length === before) failed.push(module.relativeModuleId);
    }
    for (const name of failed) console.log(`FAILED: ${name}`);
    console.log(`\ntests: ${passed} passed, ${failed.length} failed`);
  }
}
