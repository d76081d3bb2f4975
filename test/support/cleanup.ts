import { afterAll, onTestFinished, TestRunner } from "vitest";

/**
 * Runs a function after the test that asks for it, or after the test file where no test is running.
 */
export function cleanUp(end: () => unknown): void {
  const after = TestRunner.getCurrentTest() ? onTestFinished : afterAll;
  after(async () => {
    await end();
  });
}
