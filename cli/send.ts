import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { z } from "zod";
import { type IngestResult, ingestAnswer } from "../src/ingest/contract.ts";

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

/** What a source's address said, line by line, for the person who sent a file. */
interface Posted {
  lines: string[];
  /** True when every report was taken. */
  allTaken: boolean;
}

const problemAnswer = z.object({ detail: z.string(), results: ingestAnswer.shape.results.optional() });
const patience = 30_000;

/**
 * Posts the bytes as a tool would and reads the answer. Throws when nothing answers within 30 seconds, or
 * when what answers isn't Tocsin.
 */
export async function postReports(
  url: string,
  { key, body }: { key: string; body: Buffer },
): Promise<Posted> {
  const headers = { "content-type": "application/json", "x-api-key": key };
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), signal }).catch(
    (cause) => {
      throw new Error(`${url} did not answer.`, { cause });
    },
  );
  const text = await answer.text();
  // A slack-webhook source answers as Slack does.
  if (answer.status === 200 && text === "ok") return { lines: ["ok"], allTaken: true };
  const json = readJson(text);
  const taken = ingestAnswer.safeParse(json);
  if (answer.ok && taken.success) return tell(taken.data.results);
  const problem = problemAnswer.safeParse(json);
  if (!problem.success) throw new Error(`${url} answered ${answer.status}, but not as Tocsin does.`);
  const { results, detail } = problem.data;
  return { lines: results?.map(line) ?? [`refused: ${detail}`], allTaken: false };
}

function tell(results: IngestResult[]): Posted {
  return { lines: results.map(line), allTaken: results.every(({ outcome }) => outcome !== "invalid") };
}

function line({ index, outcome, number, field, expected }: IngestResult): string {
  const alert = number === undefined ? "" : ` #${number}`;
  const wrong = outcome === "invalid" ? `: ${field} should be ${expected}` : "";
  return `report ${index}: ${outcome}${alert}${wrong}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
