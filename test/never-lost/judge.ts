import { Recorded } from "../../stagewright/rehearsal/existing/recorded";
import type { RehearsalState } from "../../stagewright/rehearsal/state";
import { CloudStore, type Thing } from "../../stagewright/rehearsal/store";

// No vendor has what `random` and `tls` draw, and Heroku keeps every slug and release.
const UNCOUNTED = /^(random|tls):|:Slug$|:Release$/;

/** Judges by the cloud's own records, whatever the engine says of itself. */
export class Judge {
  readonly #protected = new Map<string, string>();

  constructor(
    readonly cloud: string,
    readonly state: RehearsalState,
    readonly project: string,
    readonly stack: string,
  ) {}

  /** Remembers what is protected now, and says what of it has gone. */
  look(): string[] {
    for (const { urn, type, id, custom, protect } of this.state.resources(this.project, this.stack)) {
      if (custom && protect && id && !UNCOUNTED.test(type)) this.#protected.set(`${type} ${id}`, urn);
    }
    return this.#asked((store) =>
      store
        .history()
        .filter(({ event, type, id }) => event === "gone" && this.#protected.has(`${type} ${id}`))
        .map(({ type, id }) => `${type} ${id} was protected and is gone`),
    );
  }

  /** What this stack has made and no state knows, but for what a person was told of. */
  doubles(told: ReadonlySet<string>): string[] {
    return this.#asked((store) => {
      const mine = ({ maker = "" }: Thing) => maker.startsWith(`urn:pulumi:${this.stack}::${this.project}::`);
      return new Recorded(this.state)
        .unmanaged(store)
        .filter((thing) => mine(thing) && !UNCOUNTED.test(thing.type) && !told.has(thing.id))
        .map(({ type, id, name }) => `${type} ${id} (${name}) is known to no state`);
    });
  }

  #asked<T>(ask: (store: CloudStore) => T): T {
    const store = new CloudStore(this.cloud);
    try {
      return ask(store);
    } finally {
      store.close();
    }
  }
}
