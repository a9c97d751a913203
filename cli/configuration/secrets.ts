import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";

const expected = "must be {env: NAME} or {file: PATH}, because a secret doesn't belong in this file";

/** Where a secret is: in an environment variable, or in a file beside the configuration. */
export const secretReference = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
    z.strictObject({ file: z.string().min(1) }),
  ],
  { error: () => expected },
);
export type SecretReference = z.infer<typeof secretReference>;

/** Returns a secret, or why it can't be read, which never contains it. */
export type SecretReader = (reference: SecretReference) => { text: string } | { why: string };

/** Reads secrets from the environment, and from files relative to a folder. */
export function openSecrets(env: NodeJS.ProcessEnv, folder: string): SecretReader {
  return (reference) => {
    if ("env" in reference) {
      const text = env[reference.env];
      return text ? { text } : { why: `The environment variable ${reference.env} is not set.` };
    }
    const path = resolve(folder, reference.file);
    try {
      const text = readFileSync(path, "utf8").trim();
      return text ? { text } : { why: `The file ${path} is empty.` };
    } catch (fault) {
      const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unreadable";
      return { why: `The file ${path} can't be read (${code}).` };
    }
  };
}

/** Where a secret comes from, for people. */
export function referenceText(reference: SecretReference): string {
  return "env" in reference
    ? `from the environment variable ${reference.env}`
    : `from the file ${reference.file}`;
}

interface KeyFile {
  add(source: string, key: { url: string; key: string }): void;
}

/** Creates a file that only this user may read. Each key is written at once, since Tocsin shows it only once. */
export function openKeyFile(path: string): KeyFile {
  try {
    writeFileSync(path, "", { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new Error(`--keys ${path} can't be created. Name a file that does not exist yet.`, { cause });
  }
  return { add: (source, key) => appendFileSync(path, stringify({ [source]: key })) };
}
