#!/usr/bin/env node
// The command runs from its TypeScript sources: there is no build step.
require("tsx/cjs");
require("./main.ts");
