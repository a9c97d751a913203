import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { postReports, type SendOutcome } from "./post-reports.ts";

/** The fields of a report that flags can give, as a `native` source reads them. */
interface Fields {
  title?: string;
  severity?: string;
  description?: string;
  detection?: string;
  dedupString?: string;
  runbook?: string;
  reference?: string;
  tag?: string[];
  logType?: string[];
  context?: Record<string, string>;
  resolved?: true;
}

interface Options extends Fields {
  url: string;
  source?: string;
  key: string;
  idempotencyKey?: string;
  retries: number;
}

/** For scripts; 1 is a wrong command line, as of every command. */
const exitCodes: Record<SendOutcome, number> = { taken: 0, partly: 2, refused: 3, unavailable: 4 };

const exitHelp = `
Exit codes: 0 all reports were taken, 1 the command line or the file is wrong, 2 some reports were refused, 3 all were
refused, 4 Tocsin gave no answer, or was busy, at the last try. It is safe to send again with the same --idempotency-key.

Examples:
  tocsin send payload.json --url https://tocsin.example.com/api/v1/ingest/ID
  my-scanner --json | tocsin send --url …
  tocsin send --url … --title "Backup failed" --severity HIGH --context host=db-1`;

/** `tocsin send`: posts a file, standard input or one report from flags to a source over HTTP, as its tool would. */
export function send(program: Command): void {
  program
    .command("send")
    .description("send reports to a source: a file, standard input, or one report given by flags")
    .argument("[file]", 'as the source\'s tool sends it; "-" or nothing reads standard input')
    .option(
      "--url <address>",
      "the source's address, or Tocsin's if --source is given",
      "http://localhost:4000",
    )
    .option("--source <id>", "the source's id")
    .addOption(new Option("--key <key>", "one of the source's keys").env("TOCSIN_KEY").makeOptionMandatory())
    .option("--title <text>", "sends one report, to a native source")
    .option("--severity <word>", "of the report: CRITICAL, HIGH, MEDIUM, LOW or INFO")
    .option("--description <text>")
    .option("--detection <id>", "the rule that found it; the title if it is left out")
    .option("--dedup-string <text>", "reports of a detection with the same one are one alert; else the title")
    .option("--runbook <text>")
    .option("--reference <url>")
    .option("--tag <text...>")
    .option("--log-type <name...>")
    .option("--context <name=value...>", "fields of the context", readPair)
    .option("--resolved", "says that it is over")
    .option("--idempotency-key <text>", "a new one for each run, if it is left out")
    .option("--retries <count>", "tries again while Tocsin gives no answer or is busy", readCount, 5)
    .addHelpText("after", exitHelp)
    .action(async (file: string | undefined, options: Options) => {
      const { key, retries, idempotencyKey = randomUUID() } = options;
      const body = await readBody(file, options);
      const sending = { url: addressOf(options), key, body, idempotencyKey };
      const { outcome, output } = await postReports(sending, { retries, wait: sleep });
      const print = outcome === "unavailable" ? console.error : console.log;
      for (const text of output) print(text);
      process.exitCode = exitCodes[outcome];
    });
}

function readPair(pair: string, others: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write name=value.");
  return { ...others, [name]: value };
}

function readCount(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError("Write a whole number from 0 to 999.");
  return Number(text);
}

async function readBody(file: string | undefined, options: Options): Promise<Buffer> {
  const report = reportOf(options);
  if (file !== undefined && report)
    throw new Error("A file and flags of a report were given. Send the one or the other.");
  if (report) return Buffer.from(JSON.stringify(report));
  if (file !== undefined && file !== "-") return readFile(file);
  if (file === undefined && process.stdin.isTTY)
    throw new Error("There is nothing to send. Give a file, --title, or pipe something in.");
  return buffer(process.stdin);
}

/** The report that the flags give; null if there are none. */
export function reportOf(fields: Fields): object | null {
  const { title, severity, description, detection, dedupString, runbook, reference } = fields;
  const { tag: tags, logType: logTypes, context, resolved } = fields;
  const given = {
    severity,
    description,
    detection,
    dedupString,
    runbook,
    reference,
    tags,
    logTypes,
    context,
  };
  if (title === undefined) {
    if (!resolved && Object.values(given).every((value) => value === undefined)) return null;
    throw new Error("A report needs --title.");
  }
  return { title, ...given, ...(resolved && { status: "resolved" }) };
}

function addressOf({ url, source }: Options): string {
  if (!URL.canParse(url)) throw new Error(`--url ${url} is not an address. Write https://…`);
  if (source === undefined && !url.includes("/ingest/"))
    throw new Error("No source is given. Add --source <id>, or set --url to the source's whole address.");
  if (source === undefined) return url;
  return `${url.replace(/\/+$/, "")}/api/v1/ingest/${encodeURIComponent(source)}`;
}
