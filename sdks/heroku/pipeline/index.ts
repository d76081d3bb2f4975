import { registerResources } from "../utilities";
import { Coupling } from "./coupling";
import { Pipeline } from "./pipeline";

export { Coupling, type CouplingArgs, type CouplingState } from "./coupling";
export { Pipeline, type PipelineArgs, type PipelineState } from "./pipeline";

registerResources(Coupling, Pipeline);
