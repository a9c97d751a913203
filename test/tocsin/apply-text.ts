import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { apply } from "../../cli/apply.ts";
import { exportConfiguration } from "../../cli/export.ts";
import type { Permission } from "../../src/alert/permission.ts";
import { runCommand } from "./run-command.ts";
import { type BareStory, created, createFullToken } from "./story.ts";

export interface Applying {
  /** Where the file is written. */
  folder: string;
  args?: string[];
  env?: Record<string, string>;
  /** Those of the token; all unless given. */
  permissions?: Permission[];
}

/** Runs `tocsin apply` on a file with this text, by a token of its own. What it throws is in `stderr`. */
export async function applyText(
  to: BareStory,
  text: string,
  { folder, args = ["--yes"], env = {}, permissions }: Applying,
) {
  const file = join(folder, "tocsin.yaml");
  await writeFile(file, text);
  const TOCSIN_TOKEN = await tokenWith(to, permissions);
  const command = { args: ["apply", file, "--url", to.origin, ...args], env: { ...env, TOCSIN_TOKEN } };
  return runCommand(apply, command).catch((fault: unknown) => {
    return { stdout: "", stderr: String(fault), exitCode: 1 };
  });
}

/** Runs `tocsin export`. */
export async function exportedBy(from: BareStory, args: string[] = []) {
  const TOCSIN_TOKEN = await tokenWith(from);
  return runCommand(exportConfiguration, {
    args: ["export", "--url", from.origin, ...args],
    env: { TOCSIN_TOKEN },
  });
}

async function tokenWith({ api, tocsin }: BareStory, permissions?: Permission[]): Promise<string> {
  if (!permissions) return createFullToken(tocsin.db);
  return (await created(api("POST", "/api-tokens", { name: "config", permissions }))).token;
}
