import { randomUUID } from "node:crypto";
import pMap from "p-map";
import { isTree } from "../environment/merge";
import { type EphemeralSpec, ephemeral } from "../environment/schema/ephemeral";
import type { Project, StackFiles } from "../project/project";
import { EngineError } from "../rehearsal/errors";
import type { Program } from "../rehearsal/inline-program";
import { listed } from "../text/words";
import { type Claim, type Description, outputsOf, RECORDS, type Recorded, recordsOf } from "./description";
import { filesOf } from "./files";
import { hoursAfter } from "./lifetime";
import { limitsOf, refuseCost, refuseMany, timeToLive } from "./limits";
import { nameOf, stackOf } from "./names";
import { orphansIn } from "./orphans";
import { describedProgram, recordsProgram, recordUrn } from "./program";
import { couldExceed, more, refuseQuotas, type Things, thingsOfResources, thingsOfSpec } from "./quotas";
import { Refusal } from "./refusal";
import type { Request } from "./request";
import { described, type Resolved, resolve } from "./resolve";
import type { Destruction, Ended, Run, StackState, Stacks } from "./stacks";
import { type View, viewOf } from "./view";

/** What is asked of `create`. */
export interface Creation {
  request: Request;
  like: StackFiles;
  /**
   * `72h`, `14d` or `none`. Default: on an update what it was, else what the other environment's
   * `ephemeral` says.
   */
  ttl?: string;
  /** GitHub login of whose it is. */
  owner?: string;
  /** Whether one that is there already is updated. Default: it is refused. */
  update?: boolean;
}

export interface Settings {
  stacks: Stacks;
  /** The system's own program. */
  program: Program;
  /** Whose an environment is where nobody says so. */
  user: string;
  /** The time. Default: the machine's. */
  now?: () => Date;
}

/**
 * So many stacks are read at once: on a real backend each is a process that waits for the network
 * most of its time.
 */
const READS = 8;

/**
 * The ephemeral environments of one system. All that is known of them is in their stacks' states.
 */
export class Environments {
  constructor(readonly settings: Settings) {}

  /** The time. */
  now(): Date {
    return this.settings.now?.() ?? new Date();
  }

  /** All that there are, by name. */
  async list(): Promise<View[]> {
    const states = await this.read(await this.stacks());
    return [...states].map(([stack, state]) => viewOf(stack, state, this.now()));
  }

  /**
   * The states of stacks, in their order, several read at once; without those that are gone
   * meanwhile.
   */
  async read(stacks: readonly string[]): Promise<Map<string, StackState>> {
    const read = async (stack: string) => [stack, await this.settings.stacks.read(stack)] as const;
    const states = await pMap(stacks, read, { concurrency: READS });
    return new Map(states.filter((entry): entry is [string, StackState] => entry[1] !== undefined));
  }

  /** The stacks of all ephemeral environments, in order. */
  async stacks(): Promise<string[]> {
    const all = await this.settings.stacks.list();
    return all.filter((stack) => nameOf(stack) !== undefined).sort();
  }

  /**
   * Creates one, or with `update` brings one that is there to what its stack's files and the
   * request say today. What a creation that fails has made is taken away again.
   *
   * @throws ConfigError, Refusal, EngineError
   */
  async create(project: Project, creation: Creation): Promise<View> {
    const { like, request, update } = creation;
    const resolved = resolve(project, like, request);
    const limits = limitsOf(like.spec);
    timeToLive(creation.ttl, limits); // before anything is asked of a backend
    const stack = stackOf(request.name);
    const state = await this.settings.stacks.read(stack);
    if (!state) return this.#createNew(creation, resolved, limits);
    if (!update) throw new Refusal(taken(request.name, recordsOf(state.resources), state));
    return this.#update(creation, resolved, limits, state);
  }

  /**
   * One as a stack's files would state it, by its name or its stack's.
   * @returns `undefined` where there is none
   * @throws Refusal, EngineError
   */
  async files(project: Project, name: string): Promise<StackFiles | undefined> {
    const own = nameOf(name) ?? name;
    if (!(await this.settings.stacks.read(stackOf(own)))) return undefined;
    const { description } = await this.#known(own);
    const files = filesOf(project, description);
    if (!files) throw new EngineError(unknownKind(own));
    return files;
  }

  /**
   * Lets one live that long from now on, without touching anything else.
   * @throws ConfigError, Refusal, EngineError
   */
  async extend(name: string, ttl: string): Promise<View> {
    const { state, claim, description } = await this.#known(name);
    const hours = timeToLive(ttl, limitsIn(description));
    const expires = hours === null ? null : hoursAfter(this.now(), hours).toISOString();
    await this.describe(state, claim, { ...description, ttl: hours, expires });
    return this.#view(stackOf(name));
  }

  /** Writes a description anew, without touching anything else. @throws Refusal, EngineError */
  async describe(state: StackState, claim: Claim, description: Description): Promise<void> {
    const { stacks } = this.settings;
    const stack = stackOf(description.name);
    const run = this.runOf(claim, description);
    if (!run) throw new EngineError(unknownKind(description.name));
    const program = recordsProgram(claim, description, outputsOf(state.resources));
    const targets = [recordUrn(stacks.project, stack, RECORDS.description)];
    must(description.name, await stacks.up({ ...run, program, targets }));
  }

  /**
   * Destroys one and forgets it, with nothing at hand but its state.
   *
   * @param only whether it shall still go, asked once more of its state when nobody else can change
   *   that. Default: it shall
   * @returns whether there was one that should go
   * @throws Refusal where an engine is at work on it; EngineError where something could not be
   *   destroyed
   */
  async destroy(name: string, only: Destruction["only"] = () => true): Promise<boolean> {
    const { stacks } = this.settings;
    const stack = stackOf(name);
    const state = await stacks.read(stack);
    if (!state || !only(state)) return false;
    const { claim, description } = recordsOf(state.resources);
    const run = claim && description ? this.runOf(claim, description) : undefined;
    if (state.resources.length > 0) {
      const ended = await stacks.destroy(stack, { run, only });
      if (!ended) return false;
      must(name, ended);
    }
    await stacks.remove(stack);
    return true;
  }

  /**
   * What an engine needs to work on a described environment; `undefined` where this version does
   * not understand it any more.
   */
  runOf(claim: Claim, description: Description): Run | undefined {
    const { stacks, program } = this.settings;
    const { environment, differs, name, like, secrets } = description;
    const spec = described(stacks.project, description);
    return (
      spec && {
        stack: stackOf(name),
        config: { environment, differs },
        spec,
        secrets: { from: like, names: secrets },
        program: describedProgram(claim, description, program),
      }
    );
  }

  async #createNew(creation: Creation, resolved: Resolved, limits: EphemeralSpec): Promise<View> {
    const { stacks } = this.settings;
    const { name } = creation.request;
    const stack = stackOf(name);
    refuseMany((await this.stacks()).length, limits);
    await this.#refuseQuotas(stack, resolved, limits);
    await this.#refuseCost(creation, resolved, limits);
    await this.#refuseLeft(creation);
    if (!(await stacks.init(stack, secretsProviderOf(creation.like)))) {
      const state = await stacks.read(stack);
      throw new Refusal(taken(name, recordsOf(state?.resources ?? []), state));
    }
    await this.#giveWay(stack, limits);
    const claim = this.#claim(creation);
    const ended = await this.#up(claim, this.#description(creation, resolved, limits), false);
    if (!ended.ok && !ended.busy && !ended.killed) await this.#takeAway(name, claim, ended);
    must(name, ended);
    return this.#view(stack);
  }

  async #update(
    creation: Creation,
    resolved: Resolved,
    limits: EphemeralSpec,
    state: StackState,
  ): Promise<View> {
    const { request, like, owner } = creation;
    const { name } = request;
    const stack = stackOf(name);
    const recorded = recordsOf(state.resources);
    const { claim = this.#claim(creation), description } = recorded;
    if (state.busy !== undefined) throw new Refusal(taken(name, recorded, state));
    if (description && description.like !== like.stack)
      throw new Refusal(`${name} is like ${description.like}, not like ${like.stack}; destroy it first`);
    if (owner !== undefined && claim.owner !== owner)
      throw new Refusal(`${name} is ${claim.owner}'s, not ${owner}'s; accepted is another name`);
    await this.#refuseQuotas(stack, resolved, limits);
    await this.#refuseCost(creation, resolved, limits);
    const unsure = description === undefined || recorded.ready !== description.updated;
    must(name, await this.#up(claim, this.#description(creation, resolved, limits, description), unsure));
    return this.#view(stack);
  }

  // What carries its mark already is of one whose state is lost, as far as the vendors can be
  // asked: it would be made a second time.
  async #refuseLeft({ request: { name }, like }: Creation): Promise<void> {
    const { found } = await this.settings.stacks.marked([like.spec]);
    const left = orphansIn(found, [like.spec], await this.stacks()).filter(
      ({ environment }) => environment === stackOf(name),
    );
    if (left.length === 0) return;
    const things = left.map((one) => `${one.type} ${one.name}${one.place ? ` in ${one.place}` : ""}`);
    throw new Refusal(
      `${name} is there already in part, and no state knows it: ${listed(things)}; delete that at the vendors, or choose another name`,
    );
  }

  async #refuseCost(
    { request: { name } }: Creation,
    { spec }: Resolved,
    limits: EphemeralSpec,
  ): Promise<void> {
    if (limits.monthly === undefined) return; // then nobody need look at what the others cost
    const others = (await this.list()).filter((other) => other.name !== name);
    refuseCost(spec, others, limits.monthly);
  }

  async #refuseQuotas(stack: string, { spec }: Resolved, { quotas }: EphemeralSpec): Promise<void> {
    const needed = thingsOfSpec(spec);
    const stacks = (await this.settings.stacks.list()).sort();
    if (!couldExceed(needed, stacks.filter((other) => other !== stack).length, quotas)) return;
    const states = await this.read(stacks);
    const all = new Map([...states].map(([each, state]) => [each, this.#thingsIn(state)]));
    refuseQuotas(stack, needed, all, quotas);
  }

  // What an ephemeral environment has, or says that it is about to make.
  #thingsIn({ resources }: StackState): Things {
    const things = thingsOfResources(resources);
    const { description } = recordsOf(resources);
    const spec = description && described(this.settings.stacks.project, description);
    return spec ? more(things, thingsOfSpec(spec)) : things;
  }

  #up(claim: Claim, description: Description, unsure: boolean): Promise<Ended> {
    const run = this.runOf(claim, description);
    if (!run) throw new Error(`${description.name} was resolved and is not understood`);
    return this.settings.stacks.up({ ...run, unsure });
  }

  #claim({ owner }: Creation): Claim {
    return {
      id: randomUUID(),
      owner: owner ?? this.settings.user,
      created: this.now().toISOString(),
    };
  }

  #description(
    { request: { name, branch }, like, ttl }: Creation,
    { environment, differs, secrets, shared, places }: Resolved,
    limits: EphemeralSpec,
    before?: Description,
  ): Description {
    const hours = ttl === undefined && before ? before.ttl : timeToLive(ttl, limits);
    const now = this.now();
    const expires = hours === null ? null : hoursAfter(now, hours).toISOString();
    return {
      name,
      like: like.stack,
      ...(branch !== undefined && { branch }),
      updated: now.toISOString(),
      ttl: hours,
      // An update never takes time away that an extension gave.
      expires: expires !== null && before?.expires ? later(expires, before.expires) : expires,
      environment,
      differs,
      secrets,
      shared,
      places,
    };
  }

  // Several may have come this far at once: whoever sees too many stacks, this one among them,
  // gives way.
  async #giveWay(stack: string, limits: EphemeralSpec): Promise<void> {
    try {
      refuseMany((await this.stacks()).length - 1, limits);
    } catch (error) {
      await this.settings.stacks.remove(stack);
      throw error;
    }
  }

  // Nothing of a creation that failed stays, or is billed. What a killed engine left is for the
  // next run, which finds it.
  async #takeAway(name: string, claim: Claim, { errors }: Ended): Promise<void> {
    try {
      await this.destroy(name, ({ resources }) => {
        const holder = recordsOf(resources).claim;
        return holder === undefined || holder.id === claim.id; // else it is somebody else's by now
      });
    } catch (left) {
      throw new EngineError(
        `${name}: ${errors.join("\n")}\nand what it had made could not be taken away; \`stagewright env destroy ${name}\` tries again: ${left instanceof Error ? left.message : String(left)}`,
      );
    }
  }

  async #known(name: string): Promise<{ state: StackState; claim: Claim; description: Description }> {
    const state = await this.settings.stacks.read(stackOf(name));
    if (!state) throw new Refusal(`there is no ephemeral environment ${name}`);
    const { claim, description } = recordsOf(state.resources);
    if (!claim || !description)
      throw new Refusal(`${name} was never completed; create it again with --update, or destroy it`);
    return { state, claim, description };
  }

  async #view(stack: string): Promise<View> {
    const state = await this.settings.stacks.read(stack);
    if (!state) throw new Refusal(`${nameOf(stack) ?? stack} was destroyed by somebody else meanwhile`);
    return viewOf(stack, state, this.now());
  }
}

// https://www.pulumi.com/docs/iac/concepts/secrets/#configuring-secrets-encryption: as the stack
// that it is like states it.
function secretsProviderOf({ settings }: StackFiles): string | undefined {
  const { secretsprovider } = settings;
  return typeof secretsprovider === "string" ? secretsprovider : undefined;
}

function unknownKind(name: string): string {
  return `${name} is of a kind that this version does not know any more`;
}

function must(name: string, ended: Ended): void {
  if (ended.ok) return;
  if (ended.busy)
    throw new Refusal(
      `${name} is being worked on by somebody else; nothing was done: ${ended.errors.join(" ")}`,
    );
  throw new EngineError(`${name}: ${ended.errors.join("\n")}`);
}

/** The limits that an environment was made under. */
export function limitsIn({ environment }: Description): EphemeralSpec {
  const stated = isTree(environment.ephemeral) ? environment.ephemeral : {};
  return ephemeral.safeParse(stated).data ?? ephemeral.parse({});
}

function taken(name: string, { claim, description }: Recorded, state: StackState | undefined): string {
  if (state?.busy !== undefined)
    return `${name} is being worked on by somebody else (${state.busy}); wait until that has ended`;
  if (!claim)
    return `${name} is just being created by somebody else, or was left half-created; \`--update\` completes it`;
  const like = description ? `, like ${description.like},` : "";
  return `${name} exists already: ${claim.owner} created it${like} at ${claim.created}; accepted: another name, or --update`;
}

function later(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other;
}
