// What the engine's Node host loads: see providers/netlify/start.js.
require("tsx/cjs");
require("./pack.ts");
