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

const token = new Option("--token <token>", "an API token with View Destinations")
  .env("TOCSIN_TOKEN")
  .makeOptionMandatory();
const format = new Option("--format <format>", "of the text").choices(["yaml", "json"]).default("yaml");
const answer = z.object({
  yaml: z.string(),
  json: z.string(),
  hash: z.string(),
  settings: z.object({ mode: z.enum(["http", "socket"]), threadMirror: z.boolean(), orgWide: z.boolean() }),
  warnings: z.array(z.string()),
});
const problem = z.object({ detail: z.string() });

/** `tocsin manifest`: prints the Slack app's manifest for an installation, as the Console shows it. */
export function manifest(program: Command): void {
  program
    .command("manifest")
    .description("print the Slack app's manifest of a running Tocsin")
    .option("--url <address>", "Tocsin's address", "http://localhost:4000")
    .addOption(token)
    .addOption(format)
    .option("--socket", "for Socket Mode, which needs no public address")
    .option("--http", "for HTTP")
    .option("--thread-mirror", "with what the thread mirror needs")
    .option("--org-wide", "to be installed for a whole Enterprise organisation")
    .action(async (options: Options) => {
      const api = `${options.url.replace(/\/+$/, "")}/api/v1/slack/manifest`;
      const { yaml, json, warnings, ...taken } = await read(`${api}?${wishes(options)}`, options.token);
      process.stdout.write(options.format === "json" ? json : yaml);
      for (const warning of warnings) console.error(`Note: ${warning}`);
      await tellTaken(`${api}/handed-out`, options.token, taken);
    });
}

/** What isn't asked for stays as the app is set up. */
function wishes({ socket, http, threadMirror, orgWide }: Options): URLSearchParams {
  return new URLSearchParams({
    ...(http && { mode: "http" }),
    ...(socket && { mode: "socket" }),
    ...(threadMirror && { threadMirror: "true" }),
    ...(orgWide && { orgWide: "true" }),
  });
}

async function read(url: string, bearer: string): Promise<z.output<typeof answer>> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } }).catch((cause) => {
    throw new Error(`${url} did not answer.`, { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return answer.parse(body);
  const said = problem.safeParse(body);
  throw new Error(said.success ? said.data.detail : `${url} answered ${response.status}.`);
}

/** So that the Console can say what has changed since; it takes Manage Destinations, which not all tokens have. */
async function tellTaken(
  url: string,
  bearer: string,
  { settings, hash }: Pick<z.output<typeof answer>, "settings" | "hash">,
): Promise<void> {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const body = JSON.stringify({ ...settings, hash, how: "downloaded" });
  const { ok } = await fetch(url, { method: "POST", headers, body });
  if (!ok) console.error("Note: this token may not manage destinations, so the Console won't know of this.");
}
