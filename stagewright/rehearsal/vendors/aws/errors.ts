import { ProviderError } from "../../../../providers/protocol/provider";

/** A refusal by AWS: the HTTP status, the error's code, and its message. */
export function refuse(status: number, code: string, message: string): never {
  throw new ProviderError(`${status} ${code}: ${message}`);
}
