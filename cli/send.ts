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

/** `tocsin send FILE`: posts a file to a source over HTTP, as its tool would, and prints the outcome. */
export function send(program: Command): void {
  program
    .command("send")
    .description("send a file of reports to a source")
    .argument("<file>", 'JSON as the source\'s tool sends it; "-" reads standard input')
    .option(
      "--url <address>",
      "the source's address, or Tocsin's if --source is given",
      "http://localhost:4000",
    )
    .option("--source <id>", "the source's id")
    .addOption(key)
    .action(async (file: string, options: Options) => {
      const body = await (file === "-" ? buffer(process.stdin) : readFile(file));
      const { output, allAccepted } = await postReports(addressOf(options), { key: options.key, body });
      for (const text of output) console.log(text);
      if (!allAccepted) process.exitCode = 1;
    });
}

function addressOf({ url, source }: Options): string {
  if (source === undefined && !url.includes("/ingest/"))
    throw new Error("No source is given. Add --source <id>, or set --url to the source's whole address.");
  if (source === undefined) return url;
  return `${url.replace(/\/+$/, "")}/api/v1/ingest/${encodeURIComponent(source)}`;
}

/** The source's response, for the person who sent a file. */
interface SendResult {
  output: string[];
  /** True if every report was accepted. */
  allAccepted: boolean;
}

const problemAnswer = z.object({ detail: z.string(), results: ingestAnswer.shape.results.optional() });
const timeoutMs = 30_000;

/**
 * Posts the bytes as a tool would and reads the answer. Throws if there is no answer within 30 seconds, or if it is
 * not Tocsin's.
 */
export async function postReports(
  url: string,
  { key, body }: { key: string; body: Buffer },
): Promise<SendResult> {
  const headers = { "content-type": "application/json", "x-api-key": key };
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), signal }).catch(
    (cause) => {
      throw new Error(`${url} did not answer. Check --url, and whether Tocsin is running.`, { cause });
    },
  );
  const text = await answer.text();
  // A slack-webhook source answers as Slack does.
  if (answer.status === 200 && text === "ok") return { output: ["ok"], allAccepted: true };
  const json = readJson(text);
  const parsed = ingestAnswer.safeParse(json);
  if (answer.ok && parsed.success) return resultOf(parsed.data.results);
  const problem = problemAnswer.safeParse(json);
  if (!problem.success)
    throw new Error(`${url} answered ${answer.status}, but not as Tocsin does. Check --url.`);
  const { results, detail } = problem.data;
  return { output: results?.map(outcomeText) ?? [`refused: ${detail}`], allAccepted: false };
}

function resultOf(results: IngestResult[]): SendResult {
  return {
    output: results.map(outcomeText),
    allAccepted: results.every(({ outcome }) => outcome !== "invalid"),
  };
}

function outcomeText({ index, outcome, number, field, expected }: IngestResult): string {
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
