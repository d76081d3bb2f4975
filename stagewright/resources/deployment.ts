import type { ResourceType } from "./types";

/** A deployment as `pulumi stack export` gives it. */
export interface Deployment {
  version: number;
  deployment: {
    resources?: DeployedResource[];
    pending_operations?: PendingOperation[];
    [key: string]: unknown;
  };
}

/** A resource in a deployment. */
export interface DeployedResource {
  urn: string;
  type: ResourceType;
  id?: string;
  custom: boolean;
  parent?: string;
  provider?: string;
  protect?: boolean;
  retainOnDelete?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  [key: string]: unknown;
}

/** An operation that had begun and whose end was never recorded. */
interface PendingOperation {
  resource: DeployedResource;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}
