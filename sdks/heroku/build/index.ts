import { registerResources } from "../utilities";
import { Build } from "./build";

export { Build, type BuildArgs, type BuildState } from "./build";

registerResources(Build);
