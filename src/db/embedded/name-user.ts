import { execFile } from "node:child_process";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The name of the user who runs PostgreSQL, and what its programs need in their environment to see it. */
interface NamedUser {
  name: string;
  env: Record<string, string>;
}

const folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];
const library = "libnss_wrapper.so";

/**
 * Names the user who runs PostgreSQL, which refuses one without a name. Platforms such as OpenShift run containers as a user
 * id that /etc/passwd doesn't have, and make the file read-only; nss_wrapper then shows programs another one, in `folder`.
 */
export async function nameUser(user: number, folder: string): Promise<NamedUser> {
  const known = await nameOf(user);
  if (known !== null) return { name: known, env: {} };
  const wrapper = await findLibrary();
  if (!wrapper) throw new Error(nameless(user));
  const name = "tocsin";
  const [passwd, group] = [join(folder, "passwd"), join(folder, "group")];
  const others = (await readFile("/etc/passwd", "utf8"))
    .split("\n")
    .filter((line) => line && !line.startsWith(`${name}:`));
  await writeFile(passwd, [...others, `${name}:x:${user}:0:Tocsin:/:/bin/false`, ""].join("\n"));
  await copyFile("/etc/group", group);
  return { name, env: { LD_PRELOAD: wrapper, NSS_WRAPPER_PASSWD: passwd, NSS_WRAPPER_GROUP: group } };
}

/** Null if the user has none. Without `id` to ask, the id stands for the name. */
async function nameOf(user: number): Promise<string | null> {
  if (user === process.getuid?.()) {
    try {
      return userInfo().username;
    } catch {
      return null;
    }
  }
  return run("id", ["-un", `${user}`]).then(
    ({ stdout }) => stdout.trim(),
    (fault: NodeJS.ErrnoException) => (fault.code === "ENOENT" ? `${user}` : null),
  );
}

/** In a folder for libraries, or in one for this kind of processor below it, as Debian has them. */
async function findLibrary(): Promise<string | null> {
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (entries.some(({ name }) => name === library)) return join(folder, library);
    const own = entries.filter(({ name }) => /^(x86_64|aarch64)-/.test(name));
    for (const { name } of own) {
      const inside = await readdir(join(folder, name)).catch((): string[] => []);
      if (inside.includes(library)) return join(folder, name, library);
    }
  }
  return null;
}

function nameless(user: number): string {
  return `The user id ${user} has no name, which PostgreSQL needs. Install libnss-wrapper (Debian) or nss_wrapper (Fedora), add the user to /etc/passwd, or set DATABASE_URL to a PostgreSQL server.`;
}
