import { registerResources } from "../utilities";
import { Formation } from "./formation";

export { Formation, type FormationArgs, type FormationState } from "./formation";

registerResources(Formation);
