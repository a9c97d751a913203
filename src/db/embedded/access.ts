import { chown, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exists, type Launcher } from "./native.ts";
import { runSingle } from "./run-program.ts";

/**
 * Writes, at every start, who may connect: by peer authentication, root and the user who runs PostgreSQL. If that is
 * `nobody`, only root may, since other services often run as nobody too.
 */
export async function writeAccess(cluster: string, { user, name, shared }: Launcher): Promise<void> {
  const names = new Set(["root", ...(shared ? [] : [name])]);
  const map = [...names].map((one) => `tocsin "${one.replaceAll('"', '""')}" all\n`);
  await replace(join(cluster, "pg_ident.conf"), map.join(""), user);
  await replace(join(cluster, "pg_hba.conf"), "local all all peer map=tocsin\n", user);
}

async function replace(path: string, text: string, user: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  if (process.getuid?.() !== user) await chown(`${path}.new`, user, user);
  await rename(`${path}.new`, path);
}

/** The role that owns the database, without superuser; `tocsin` is the superuser. */
const makeOwner =
  "do $$ begin if not exists (select from pg_roles where rolname = 'tocsin_owner') then create role tocsin_owner login; end if; end $$";

/** Each of Tocsin's objects that the superuser owns, as versions before left them, except those of extensions. */
const giveAway = `do $$ declare one text; begin for one in
  select format('alter %s %s owner to tocsin_owner', kind, name) from (
    select 'pg_class'::regclass as class, oid, case relkind when 'S' then 'sequence' else 'table' end as kind, oid::regclass::text as name
      from pg_class where relnamespace = 'public'::regnamespace and relowner = 10 and relkind in ('r', 'p', 'S')
    union all select 'pg_type'::regclass, oid, 'type', oid::regtype::text
      from pg_type where typnamespace = 'public'::regnamespace and typowner = 10 and typtype = 'e'
    union all select 'pg_proc'::regclass, oid, 'routine', oid::regprocedure::text
      from pg_proc where pronamespace = 'public'::regnamespace and proowner = 10
    union all select 'pg_statistic_ext'::regclass, oid, 'statistics', format('%I.%I', 'public', stxname)
      from pg_statistic_ext where stxnamespace = 'public'::regnamespace and stxowner = 10) o
  where not exists (select from pg_depend d where d.classid = o.class and d.objid = o.oid and d.deptype in ('e', 'a', 'i'))
  loop execute one; end loop; end $$`.replaceAll("\n", " ");

const done = "tocsin_owner";

/** Statements of a first start, in the database `postgres`. */
export const makeOwnedDatabase = [makeOwner, "create database tocsin owner tocsin_owner"];

/** Remembers that the database belongs to the role. */
export async function markOwned(cluster: string, { user }: Launcher): Promise<void> {
  await replace(join(cluster, done), "The database belongs to the role tocsin_owner.\n", user);
}

/** Gives the database of an earlier version, which the superuser owned, to the role; once. It must not be running. */
export async function giveToOwner(cluster: string, launcher: Launcher): Promise<void> {
  if (await exists(join(cluster, done))) return;
  const statements = [makeOwner, "alter database tocsin owner to tocsin_owner", giveAway];
  await runSingle(launcher, { cluster, database: "tocsin", statements });
  await markOwned(cluster, launcher);
}
