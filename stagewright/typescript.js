// Lets Node run this project's TypeScript as it is: `node --require ./stagewright/typescript.js
// FILE.ts`. There is no build step.
const Module = require("node:module");

// Packages are JavaScript already, and Node loads them itself. tsx would parse each of their files
// for what only ES modules have, which doubles the time that Pulumi's SDK takes. Source maps are
// for our own files: the SDK asks for a stack with every promise.
const javascript = require.extensions[".js"];
require("tsx/cjs");
require.extensions[".js"] = (module, file) => {
  process.setSourceMapsEnabled(false);
  try {
    javascript(module, file);
  } finally {
    process.setSourceMapsEnabled(true);
  }
};

// Pulumi's SDK loads the TypeScript compiler and npm's resolver, for functions that become text. No
// program here has any, so both are loaded where something of theirs is first asked for.
for (const name of ["typescript", "@npmcli/arborist"]) {
  loadLate(require.resolve(name, { paths: [require.resolve("@pulumi/pulumi")] }));
}

function loadLate(file) {
  if (require.cache[file]) return;
  const late = new Module(file);
  late.loaded = true;
  late.exports = new Proxy(
    {},
    {
      get(_, key) {
        if (key === "__esModule") return true; // or an importer would copy all that it exports
        if (require.cache[file] === late) delete require.cache[file];
        return require(file)[key];
      },
    },
  );
  require.cache[file] = late;
}
