// What the engine's Node host loads. It has put ts-node before `.ts` files, which would check every
// type at every start; tsx takes its place, as everywhere else in this project.
require("../../stagewright/typescript.js");
require("./main.ts");
