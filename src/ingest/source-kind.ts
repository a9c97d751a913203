import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import type { Severity } from "../alert/alert.ts";
import type { Report } from "../alert/report.ts";
import type { Outgoing } from "../deliver/events/outgoing.ts";
import type { Picked } from "./expressions/evaluation.ts";
import type { SigningKeys } from "./sns/signing-keys.ts";

/** A parsed report, or the invalid field and what it should contain. */
export type ParsedItem = { ok: true; report: Report; warnings?: Warning[] } | ParseFailure;

/** What was not understood in a report that was taken, and what would be right. */
export interface Warning {
  field: string;
  expected: string;
  /** The source's default severity applies: the word that is not known, or null if there is none. */
  unknownSeverity?: string | null;
}

export interface ParseFailure {
  ok: false;
  field: string;
  expected: string;
  /** It is understood, but reports nothing, such as a tool's first try of an address: "ignored", not "invalid". */
  ignored?: true;
}

export interface SourceDefaults {
  /** For reports without a severity that Tocsin knows. */
  defaultSeverity: Severity;
  /** The source's own words for severities; case, spaces and hyphens don't matter. */
  severityWords?: Readonly<Record<string, Severity>>;
  /** The title of a report that has none, and no detection either. */
  name?: string;
}

/**
 * A kind of source, described once, in `sources/<kind>.ts`. The API, the Console, the demo and the tests draw on it, so
 * a new kind is that file and a line in `source-kinds.ts`.
 */
export interface SourceKind {
  /** In the API and the database, so it can't change. Also the name of its section in docs/sources.md. */
  kind: string;
  /** The name of the tool, for people. */
  label: string;
  /** It is a format that any tool may send, so the Console offers it before the tools. */
  forAnyTool?: true;
  /** What to do in the tool, in one to three sentences of plain text. */
  setup: string;
  /** What to enter there, if it can be copied. `{url}` and `{key}` stand for those of the source. */
  config?: string;
  /** One report as the tool sends it, with which people try a source. Above INFO, because INFO alerts start resolved. */
  sample: unknown;
  /** What docs/source-kinds.md says of it. */
  reads: Reads;
  parse: Parser;
  /** The source's expressions pick all fields, and this reads what they picked. `parse` is for a source without any. */
  readPicked?: PickedReader;
  /** The tool can't set a header, so its key may also be in the URL: `?key=`. */
  keyInQuery?: true;
  /** The scheme under which its clients send the key in `Authorization`, besides `Bearer`. */
  keyScheme?: string;
  /** Its clients send the key in this field of the body, so the body is read before the key is known. */
  keyField?: string;
  /** Paths below the source's address to which its clients post, such as `/v2/enqueue`; `:name` holds any text. */
  paths?: string[];
  /** Builds the JSON of a request whose headers or path say more than its body; null if the body says it all. */
  fromRequest?: (text: string, request: RequestFacts) => string | null;
  /** The tool's own id of what it sends: a repeat of the same body counts once. */
  eventId?: (body: unknown) => string | null;
  /** The tool signs its bodies with a key of the source, which is therefore also stored encrypted. */
  signature?: BodySignature;
  /** Opens the envelope of a service that passes on what the tool says, if its signature is right. */
  openEnvelope?: OpenEnvelope;
  /** Answers the `GET` by which the tool checks the address once; null for any other `GET`. */
  answerGet?: (headers: IncomingHttpHeaders) => object | null;
  /** Finds the JSON in a body that is not JSON; null if the body is JSON already. */
  readForm?: (text: string) => string | null;
  /** The tool's own setting for the number of reports in one request, for the answer to a body that is too large. */
  sizeSetting?: string;
  /** The tool expects `200` with this text instead of `202` with results; or what this returns, also for a refusal. */
  answer?: "ok" | ((results: ReportResult[], body: unknown) => ToolAnswer);
}

export interface RequestFacts {
  headers: IncomingHttpHeaders;
  /** What stands for the names in one of `paths`. */
  params: Record<string, string | undefined>;
}

/** What became of a report: opened, joined, …, or invalid, with what would have been right. */
export interface ReportResult {
  outcome: string;
  field?: string | undefined;
  expected?: string | undefined;
}

export interface ToolAnswer {
  status: number;
  body: object;
}

/** How a kind reads reports, in short phrases. */
export interface Reads {
  /** What makes two reports the same alert. */
  identity: string;
  /** Which severity a report gets. */
  severities: string;
  /** What ends an alert. */
  ends: string;
  /** Which fields are read. */
  fields: string;
  /** How often the tool sends, and what it does when a request fails. */
  retries: string;
}

/** What opening an envelope needs from outside. */
export interface Outside extends Pick<Outgoing, "get" | "clock"> {
  signingKeys: SigningKeys;
}

/** Opens an envelope. Throws a `Problem` for what may be right later. */
export type OpenEnvelope = (raw: Buffer, outside: Outside) => Promise<OpenedEnvelope>;

export type OpenedEnvelope =
  /** It was no envelope. */
  | { kind: "bare" }
  /** `body` is what the tool said; `eventId` is the envelope's own, which its repeats share. */
  | { kind: "opened"; body: Buffer; eventId: string }
  | { kind: "refused"; why: ParseFailure };

/** HMAC-SHA256 of the whole body, in hexadecimal digits after a prefix. */
export interface BodySignature {
  /** In lower case. */
  header: string;
  prefix: string;
}

/** Parses one report, or an envelope with several, from JSON that `readBody` has made safe. */
export type Parser = (given: unknown, source: SourceDefaults) => ParsedItem[];

/** Reads what expressions picked from one report of the source. */
export type PickedReader = (fields: Picked["fields"], event: unknown, source: SourceDefaults) => ParsedItem;

/** A report that was taken, with what was not understood in it. */
export function takenReport(report: Report, warnings: readonly (Warning | null)[]): ParsedItem {
  const found = warnings.filter((warning) => warning !== null);
  return { ok: true, report, ...(found.length > 0 && { warnings: found }) };
}

/** The first text that says something, else the source's name. */
export function titleOf(source: SourceDefaults, ...texts: (string | null | undefined)[]): string {
  return texts.find(Boolean) ?? (source.name || "A report without a title");
}

/** The first issue of a schema error; its message says what is expected. */
export function parseFailure(error: z.ZodError): ParseFailure {
  const [issue] = error.issues;
  return { ok: false, field: issue?.path.join(".") || "report", expected: issue?.message ?? "a report" };
}
