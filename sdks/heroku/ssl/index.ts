import { registerResources } from "../utilities";
import { Ssl } from "./ssl";

export { Ssl, type SslArgs, type SslState } from "./ssl";

registerResources(Ssl);
