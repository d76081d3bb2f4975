import { registerResources } from "../utilities";
import { Slug } from "./slug";

export { Slug, type SlugArgs, type SlugState } from "./slug";

registerResources(Slug);
