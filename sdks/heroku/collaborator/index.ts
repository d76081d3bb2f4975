import { registerResources } from "../utilities";
import { Collaborator } from "./collaborator";

export { Collaborator, type CollaboratorArgs, type CollaboratorState } from "./collaborator";

registerResources(Collaborator);
