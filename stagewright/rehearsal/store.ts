import { mkdirSync } from "node:fs";
import path from "node:path";
import Database from "libsql";
import type { Properties } from "../../providers/protocol/provider";
import { ConfigError } from "../environment/problems";

/** One thing that exists in the rehearsal cloud. */
export interface Thing {
  /** The Pulumi type token, or for Netlify the kind of its API's object. */
  type: string;
  id: string;
  /** The account, team or organization it belongs to, as the vendor scopes it. */
  account: string;
  /** Its physical name, unique within `scope`. */
  name: string;
  /** Where the vendor keeps names unique: empty for the whole vendor, else an account or a parent's id. */
  scope: string;
  /** Everything the vendor knows of it. A person may change this column by hand: `refresh` will see it. */
  properties: Properties;
  /** `properties` as the provider last wrote them, to tell a value set by hand from one filled in by the vendor. */
  written: Properties;
  /**
   * URN of the resource that made it; empty where that is not known. No vendor keeps this and no rule of one may ask for it: it is the
   * rehearsal's own record of what belongs to whom, for when the state that said so is lost.
   */
  maker?: string;
}

type Row = Omit<Thing, "properties" | "written"> & { properties: string; written: string };

const SCHEMA = `
  create table if not exists things (
    type text not null,
    id text not null,
    account text not null,
    scope text not null,
    name text not null,
    properties text not null,
    written text not null,
    maker text not null default '',
    primary key (type, account, id),
    unique (type, scope, name)
  );
`;

/** What the rules of a vendor see and change: the things of the cloud, by type. */
export interface Things {
  /** `account`: for a vendor whose ids are unique in an account only. Default: whichever account. */
  get(type: string, id: string, account?: string): Thing | undefined;
  named(type: string, scope: string, name: string): Thing | undefined;
  list(type: string): Thing[];
  put(thing: Thing): void;
  remove(type: string, id: string, account?: string): void;
}

/**
 * The rehearsal cloud's own memory: an SQLite file, apart from Pulumi's state, shared by all stacks and processes.
 * What was written survives a killed engine, which is what makes crashes and recovery real.
 */
export class CloudStore implements Things {
  readonly #db: Database.Database;

  /** @param file the path of the cloud, made with its folder where it does not exist; `:memory:` for a passing one. */
  constructor(readonly file: string) {
    if (file !== ":memory:") mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    this.#db = new Database(file, { timeout: 30_000 });
    try {
      // Losing the last write at a power cut is fine for a rehearsal; waiting for the disk at every write is not.
      this.#db.pragma("synchronous = off");
      this.#db.exec(SCHEMA);
      this.#rememberMakers();
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || error.code !== "SQLITE_NOTADB") throw error;
      const says =
        "is no rehearsal cloud; accepted: a file that a rehearsal has made, or one that does not exist";
      throw new ConfigError([{ file, key: "", says }]);
    }
  }

  get(type: string, id: string, account?: string): Thing | undefined {
    return thing(
      this.#db
        .prepare("select * from things where type = ? and id = ? and account = coalesce(?, account)")
        .get(type, id, account ?? null),
    );
  }

  named(type: string, scope: string, name: string): Thing | undefined {
    return thing(
      this.#db
        .prepare("select * from things where type = ? and scope = ? and name = ?")
        .get(type, scope, name),
    );
  }

  list(type: string): Thing[] {
    return things(this.#db.prepare("select * from things where type = ? order by id").all(type));
  }

  /** Everything in the cloud, in a stable order. */
  all(): Thing[] {
    return things(this.#db.prepare("select * from things order by type, scope, name, id").all());
  }

  put(thing: Thing): void {
    this.#db
      .prepare(
        `insert into things (type, id, account, scope, name, properties, written, maker) values (?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (type, account, id) do update set scope = excluded.scope, name = excluded.name,
           properties = excluded.properties, written = excluded.written, maker = excluded.maker`,
      )
      .run(
        thing.type,
        thing.id,
        thing.account,
        thing.scope,
        thing.name,
        JSON.stringify(thing.properties),
        JSON.stringify(thing.written),
        thing.maker ?? "",
      );
  }

  remove(type: string, id: string, account?: string): void {
    this.#db
      .prepare("delete from things where type = ? and id = ? and account = coalesce(?, account)")
      .run(type, id, account ?? null);
  }

  /** Runs rules and writes as one step, so that two stacks cannot both take a name. Undone when it throws. */
  transaction<T>(step: () => T): T {
    this.#db.exec("begin immediate");
    try {
      const result = step();
      this.#db.exec("commit");
      return result;
    } catch (error) {
      this.#db.exec("rollback");
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }

  // A cloud that an earlier version has made does not say who made what.
  #rememberMakers(): void {
    const columns = this.#db.prepare("select name from pragma_table_info('things')").all();
    if (columns.some((column) => (column as { name: string }).name === "maker")) return;
    this.#db.exec("alter table things add column maker text not null default ''");
  }
}

function thing(row: unknown): Thing | undefined {
  if (!row) return undefined;
  const { properties, written, maker, ...rest } = row as Row;
  const made = maker ? { maker } : {};
  return { ...rest, ...made, properties: JSON.parse(properties), written: JSON.parse(written) };
}

function things(rows: unknown[]): Thing[] {
  return rows.map((row) => thing(row) as Thing);
}
