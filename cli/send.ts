import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { postReports } from "./post-reports.ts";

interface Options {
  url: string;
  source?: string;
  key: string;
}

const key = new Option("--key <key>", "one of the source's keys").env("TOCSIN_KEY").makeOptionMandatory();

/** `tocsin send FILE`: posts a file to a source over HTTP, as its tool would, and says what became of it. */
export function send(program: Command): void {
  program
    .command("send")
    .description("send a file of reports to a source")
    .argument("<file>", 'JSON as the source\'s tool sends it; "-" reads standard input')
    .option("--url <address>", "the source's address, or with --source Tocsin's", "http://localhost:4000")
    .option("--source <id>", "the source's id")
    .addOption(key)
    .action(async (file: string, options: Options) => {
      const body = await (file === "-" ? buffer(process.stdin) : readFile(file));
      const { lines, allTaken } = await postReports(addressOf(options), { key: options.key, body });
      for (const line of lines) console.log(line);
      if (!allTaken) process.exitCode = 1;
    });
}

function addressOf({ url, source }: Options): string {
  if (source === undefined && !url.includes("/ingest/"))
    throw new Error("Say which source: --source <id>, or its whole --url.");
  if (source === undefined) return url;
  return `${url.replace(/\/+$/, "")}/api/v1/ingest/${encodeURIComponent(source)}`;
}
