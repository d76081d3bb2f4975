import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import Database from "libsql";
import { type Properties, ProviderError } from "../../providers/protocol/provider";
import { ConfigError } from "../environment/problems";

/** One thing that exists in the rehearsal cloud. */
export interface Thing {
  /** The Pulumi type token, or for Netlify the kind of its API's object. */
  type: string;
  id: string;
  /** The account, team or organization it belongs to, by the vendor's scopes. */
  account: string;
  /** Its physical name, unique within `scope`. */
  name: string;
  /**
   * The scope in which the vendor keeps names unique: empty for the whole vendor, else an account
   * or a parent's id.
   */
  scope: string;
  /**
   * Everything the vendor knows of it. A person may edit this column: `refresh` sees the change.
   */
  properties: Properties;
  /**
   * `properties` as last written by the provider, to tell manual changes from the vendor's own
   * values.
   */
  written: Properties;
  /**
   * URN of the resource that created it; empty if unknown. No vendor stores this, and no vendor's
   * rule may read it: it is the rehearsal's own record of ownership, for the case that the state is
   * lost.
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
  create table if not exists history (
    at integer primary key,
    event text not null,
    type text not null,
    id text not null,
    account text not null,
    scope text not null,
    name text not null
  );
  create index if not exists history_of_names on history (type, scope, name);
  create trigger if not exists made after insert on things begin
    insert into history (event, type, id, account, scope, name)
      values ('made', new.type, new.id, new.account, new.scope, new.name);
  end;
  create trigger if not exists gone after delete on things begin
    insert into history (event, type, id, account, scope, name)
      values ('gone', old.type, old.id, old.account, old.scope, old.name);
  end;
`;

const COLUMNS: readonly (keyof Row)[] = ["type", "id", "account", "scope", "name", "properties", "written"];
/** A creation or deletion in the cloud, by anyone. Names are those of that moment. */
export interface Past extends Omit<Thing, "properties" | "written"> {
  event: "made" | "gone";
}

/** The things of the cloud by type, as the rules of a vendor read and change them. */
export interface Things {
  /** `account`: for a vendor whose ids are unique only in an account. Default: any account. */
  get(type: string, id: string, account?: string): Thing | undefined;
  named(type: string, scope: string, name: string): Thing | undefined;
  list(type: string): Thing[];
  /** How often something of this name was created before; with an id, how often before that one. */
  earlier(type: string, scope: string, name: string, id?: string): number;
  put(thing: Thing): void;
  remove(type: string, id: string, account?: string): void;
}

/**
 * The rehearsal cloud's own storage: an SQLite file, separate from Pulumi's state and shared by all
 * stacks and processes. Its content survives a killed engine, which makes crashes and recovery
 * realistic.
 */
export class CloudStore implements Things {
  readonly #db: Database.Database;

  /**
   * @param file the path of the cloud, created with its folder if missing; `:memory:` for a
   *   temporary one.
   */
  constructor(readonly file: string) {
    try {
      if (file !== ":memory:") mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
      this.#db = new Database(file, { timeout: 30_000 });
      // A rehearsal may lose the last write in a power cut; waiting for the disk at every write
      // would be too slow.
      this.#db.pragma("synchronous = off");
      this.#db.exec(SCHEMA);
      const fault = faultIn(this.#db, file);
      if (fault !== undefined) throw new Database.SqliteError(fault, "SQLITE_CORRUPT", 0);
      this.#rememberMakers();
    } catch (error) {
      throw unusable(file, error);
    }
  }

  get(type: string, id: string, account?: string): Thing | undefined {
    const where = "type = ? and id = ? and account = coalesce(?, account)";
    return this.#things(where, type, id, account ?? null)[0];
  }

  named(type: string, scope: string, name: string): Thing | undefined {
    return this.#things("type = ? and scope = ? and name = ?", type, scope, name)[0];
  }

  list(type: string): Thing[] {
    return this.#things("type = ? order by id", type);
  }

  /** Returns everything in the cloud, in a stable order. */
  all(): Thing[] {
    return this.#things("true order by type, scope, name, id");
  }

  earlier(type: string, scope: string, name: string, id?: string): number {
    // An existing thing may have been renamed, so its name at creation counts.
    const counted = this.#db
      .prepare(
        `with born as (select * from history where event = 'made' and type = ? and id = ? order by at desc limit 1)
         select count(*) as count from history where event = 'made' and type = ?
           and scope = coalesce((select scope from born), ?) and name = coalesce((select name from born), ?)
           and at < coalesce((select at from born), 9e15)`,
      )
      .get(type, id ?? null, type, scope, name) as { count: number };
    return counted.count;
  }

  /** Whether anything of this type ever had this id, even if it is gone. */
  everHeld(type: string, id: string): boolean {
    return (
      this.#db
        .prepare("select 1 from history where event = 'made' and type = ? and id = ? limit 1")
        .get(type, id) !== undefined
    );
  }

  /** Every creation and deletion since the cloud was created, the oldest first. */
  history(): Past[] {
    return this.#db
      .prepare("select event, type, id, account, scope, name from history order by at")
      .all() as Past[];
  }

  put(thing: Thing): void {
    this.#write(
      `insert into things (type, id, account, scope, name, properties, written, maker) values (?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (type, account, id) do update set scope = excluded.scope, name = excluded.name,
           properties = excluded.properties, written = excluded.written, maker = excluded.maker`,
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
    const where = "type = ? and id = ? and account = coalesce(?, account)";
    this.#write(`delete from things where ${where}`, type, id, account ?? null);
  }

  /**
   * Runs rules and writes as one transaction, so that two stacks cannot both take a name. Rolled
   * back if it throws.
   */
  transaction<T>(step: () => T): T {
    this.#asked(() => this.#db.exec("begin immediate"));
    try {
      const result = step();
      this.#asked(() => this.#db.exec("commit"));
      return result;
    } catch (error) {
      // SQLite itself has rolled back if the disk is full:
      // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
      if (this.#db.inTransaction) this.#db.exec("rollback");
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }

  #things(where: string, ...values: (string | null)[]): Thing[] {
    const rows = this.#asked(() => this.#db.prepare(`select * from things where ${where}`).all(...values));
    return (rows as Row[]).map(({ properties, written, maker, ...row }) => ({
      ...row,
      ...(maker ? { maker } : {}),
      properties: JSON.parse(properties),
      written: JSON.parse(written),
    }));
  }

  // A cloud from an earlier version does not record the makers.
  #rememberMakers(): void {
    const columns = this.#db.prepare("select name from pragma_table_info('things')").all();
    if (columns.some((column) => (column as { name: string }).name === "maker")) return;
    this.#db.exec("alter table things add column maker text not null default ''");
  }

  #write(statement: string, ...values: (string | null)[]): void {
    this.#asked(() => this.#db.prepare(statement).run(...values));
  }

  #asked<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      const code = error instanceof Database.SqliteError ? error.code : "";
      if (code === "SQLITE_FULL")
        throw new ProviderError(
          `${this.file}: cannot be written: its disk is full; nothing was changed there`,
        );
      if (/^SQLITE_(CORRUPT|NOTADB|READONLY|IOERR)/.test(code))
        throw new ProviderError(unusable(this.file, error).message);
      throw error;
    }
  }
}

// People edit it by hand, and other versions of this program may have written it.
function faultIn(db: Database.Database, file: string): string | undefined {
  // SQLite takes the bytes that a cut file lacks for zeros, and may find nothing wrong with them.
  const [{ page_size: page } = { page_size: 1 }] = db.prepare("pragma page_size").all() as {
    page_size: number;
  }[];
  if (file !== ":memory:" && statSync(file).size % page !== 0) return "its end is missing";

  const columns = db.prepare("pragma table_info(things)").all() as { name: string }[];
  const missing = COLUMNS.find((column) => !columns.some(({ name }) => name === column));
  if (missing !== undefined) return `its table 'things' has no column '${missing}': another version made it`;
  const [{ quick_check: damage } = { quick_check: "ok" }] = db.prepare("pragma quick_check(1)").all() as {
    quick_check: string;
  }[];
  if (damage !== "ok") return `SQLite finds it damaged (${damage.split("\n").join(" ")})`;
  const [bad] = db
    .prepare(
      `select type, id from things where not (json_valid(properties) and json_type(properties) = 'object'
         and json_valid(written) and json_type(written) = 'object') limit 1`,
    )
    .all() as Pick<Row, "type" | "id">[];
  return bad && `the properties of ${bad.type} ${bad.id} are no JSON map`;
}

function unusable(file: string, error: unknown): ConfigError {
  const why = statSync(file, { throwIfNoEntry: false })?.isDirectory()
    ? "it is a folder"
    : error instanceof Database.SqliteError
      ? error.message
      : "it cannot be opened";
  const says = `cannot be used as a rehearsal cloud: ${why}; accepted: a file that a rehearsal has made and that may be written, or one that does not exist`;
  return new ConfigError([{ file, key: "", says }]);
}
