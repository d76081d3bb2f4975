import { registerResources } from "../utilities";
import { Drain } from "./drain";

export { Drain, type DrainArgs, type DrainState } from "./drain";

registerResources(Drain);
