/** An environment of a system, as the head of its workflow files names it. */
export interface Origin {
  environment: string;
  /** The Pulumi project. */
  system: string;
}

/**
 * The comment on top of a workflow file.
 * @param section the part of the environment that it comes from
 */
export function header(section: string, { environment, system }: Origin): string {
  return (
    `Written by Stagewright from ${section} of the environment ${environment} of ${system}.\n` +
    "The next `pulumi up` undoes what is changed here: change the spec instead."
  );
}

const FIRST_LINE =
  /^# Written by Stagewright from .+ of the environment (?<environment>\S+) of (?<system>\S+)\.\r?\n/;

/** Whose file this is; `undefined`: none of ours. */
export function originOf(content: string): Origin | undefined {
  const { environment, system } = FIRST_LINE.exec(content)?.groups ?? {};
  return environment === undefined || system === undefined ? undefined : { environment, system };
}
