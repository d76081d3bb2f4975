/** Netlify for Pulumi programs: the typed side of the provider in `providers/netlify`. */
export { BuildHook, type BuildHookArgs } from "./buildHook";
export { Certificate, type CertificateArgs } from "./certificate";
export { DeployKey } from "./deployKey";
export {
  EnvironmentVariable,
  type EnvironmentVariableArgs,
  type EnvironmentVariableScope,
} from "./environmentVariable";
export { Provider, type ProviderArgs } from "./provider";
export { type BuildArgs, type RepositoryArgs, Site, type SiteArgs } from "./site";
