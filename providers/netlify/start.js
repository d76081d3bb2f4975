// The module that the engine's Node host loads. The host has registered ts-node for `.ts` files,
// which would check every type at every start; tsx replaces it, as in the rest of this project.
require("../../stagewright/typescript.js");
require("./main.ts");
