import { registerResources } from "../utilities";
import { Domain } from "./domain";

export { Domain, type DomainArgs, type DomainState } from "./domain";

registerResources(Domain);
