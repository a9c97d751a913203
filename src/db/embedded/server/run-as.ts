import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** PostgreSQL refuses to run as root, so data that root owns is handed to this user: nobody. */
const nobody = 65534;

/** The user that PostgreSQL runs as, given who runs Tocsin and who owns the data; throws if neither can be. */
export function chooseUser(me: number, owner: number): number {
  if (me === 0) return owner === 0 ? nobody : owner;
  if (me === owner) return me;
  throw new Error(
    `Its database belongs to user id ${owner}, and Tocsin runs as ${me}: run it as the owner, or change the owner.`,
  );
}

/**
 * The arguments of `setpriv` that start PostgreSQL as `user`. The death signal ends it with a killed Tocsin.
 * Below a folder that is closed to `user`, as a home of mode 700, it may still read and search, not write.
 */
export function runAs(me: number, user: number, closed: boolean): string[] {
  const dying = ["--pdeathsig", "INT"];
  if (me === user) return dying;
  const changing = [...dying, "--reuid", `${user}`, "--regid", `${user}`, "--clear-groups"];
  if (!closed) return changing;
  const reading = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"];
  return [...changing, "--securebits", "+no_setuid_fixup", ...reading];
}

/** Whether `user` is kept out of `path` by itself or by a folder above. Groups and ACLs are not looked at. */
export async function isClosedTo(user: number, path: string): Promise<boolean> {
  const { mode, uid } = await stat(path);
  const mayEnter = uid === user ? mode & 0o100 : mode & 0o001;
  if (!mayEnter) return true;
  const parent = dirname(path);
  return parent === path ? false : isClosedTo(user, parent);
}
