#!/usr/bin/env node
try {
  require.resolve("tsx/cjs");
} catch {
  console.error("node_modules: is missing or not complete; `npm ci` makes it");
  process.exit(2);
}
require("../typescript.js");
require("./main.ts");
