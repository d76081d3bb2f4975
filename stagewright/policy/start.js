// What the engine's Node host loads: see providers/netlify/start.js.
require("../typescript.js");
require("./pack.ts");
