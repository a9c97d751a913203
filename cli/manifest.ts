import { type Command, Option } from "commander";
import { z } from "zod";

interface Options {
  url: string;
  token: string;
  format: "yaml" | "json";
  socket?: boolean;
  http?: boolean;
  threadMirror?: boolean;
  orgWide?: boolean;
}

const token = new Option("--token <token>", "an API token with the permission View Destinations")
  .env("TOCSIN_TOKEN")
  .makeOptionMandatory();
const format = new Option("--format <format>", "the format of the manifest")
  .choices(["yaml", "json"])
  .default("yaml");
const answer = z.object({
  yaml: z.string(),
  json: z.string(),
  hash: z.string(),
  settings: z.object({ mode: z.enum(["http", "socket"]), threadMirror: z.boolean(), orgWide: z.boolean() }),
  warnings: z.array(z.string()),
});
const problem = z.object({ detail: z.string() });

/** `tocsin manifest`: prints the Slack app manifest that the Console shows. */
export function manifest(program: Command): void {
  program
    .command("manifest")
    .description("print the Slack app manifest of a running Tocsin")
    .option("--url <address>", "Tocsin's address", "http://localhost:4000")
    .addOption(token)
    .addOption(format)
    .option("--socket", "for Socket Mode, which needs no public address")
    .option("--http", "for HTTP, which needs a public address")
    .option("--thread-mirror", "with the scopes and events of the thread mirror")
    .option("--org-wide", "for installation in a whole Enterprise organisation")
    .action(async (options: Options) => {
      const api = `${options.url.replace(/\/+$/, "")}/api/v1/slack/manifest`;
      const { yaml, json, warnings, ...download } = await read(`${api}?${queryOf(options)}`, options.token);
      process.stdout.write(options.format === "json" ? json : yaml);
      for (const warning of warnings) console.error(`Note: ${warning}`);
      await recordDownload(`${api}/handed-out`, options.token, download);
    });
}

/** Options that are not given keep the app's current settings. */
function queryOf({ socket, http, threadMirror, orgWide }: Options): URLSearchParams {
  return new URLSearchParams({
    ...(http && { mode: "http" }),
    ...(socket && { mode: "socket" }),
    ...(threadMirror && { threadMirror: "true" }),
    ...(orgWide && { orgWide: "true" }),
  });
}

async function read(url: string, bearer: string): Promise<z.output<typeof answer>> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } }).catch((cause) => {
    throw new Error(`${url} did not answer. Check --url, and whether Tocsin is running.`, { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return answer.parse(body);
  const refusal = problem.safeParse(body);
  throw new Error(
    refusal.success
      ? refusal.data.detail
      : `${url} answered ${response.status}, but not as Tocsin does. Check --url.`,
  );
}

/** Lets the Console show what has changed since. Needs Manage Destinations, which the token may lack. */
async function recordDownload(
  url: string,
  bearer: string,
  { settings, hash }: Pick<z.output<typeof answer>, "settings" | "hash">,
): Promise<void> {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const body = JSON.stringify({ ...settings, hash, how: "downloaded" });
  const { ok } = await fetch(url, { method: "POST", headers, body });
  if (!ok)
    console.error(
      "Note: the token can't manage destinations, so the Console does not know about this download.",
    );
}
