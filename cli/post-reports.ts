import { z } from "zod";
import { type IngestResult, ingestAnswer } from "../src/ingest/contract.ts";

/** A body for a source, as its tool would send it. */
export interface Sending {
  url: string;
  key: string;
  body: Buffer;
  /** The same for each try, so that Tocsin counts the body once. */
  idempotencyKey: string;
}

/** How it ended: all reports were taken, some, none, or Tocsin gave no answer that is final. */
export type SendOutcome = "taken" | "partly" | "refused" | "unavailable";

export interface SendResult {
  outcome: SendOutcome;
  /** For people, a line each. */
  output: string[];
}

interface Patience {
  /** How often to try again when Tocsin can't be reached, is busy, or says that it is over a limit. */
  retries: number;
  wait: (ms: number) => Promise<unknown>;
}

/** Posts a body, again where another try can help. Throws if the answer is not Tocsin's. */
export async function postReports(sending: Sending, { retries, wait }: Patience): Promise<SendResult> {
  for (let retry = 0; ; retry++) {
    const tried = await tryOnce(sending);
    if (!("again" in tried)) return tried;
    if (retry >= retries) return { outcome: "unavailable", output: [tried.again] };
    await wait(Math.min(longestWaitMs, Math.max(tried.afterMs, firstWaitMs * 2 ** retry)));
  }
}

const firstWaitMs = 1000;
const longestWaitMs = 60_000;
const timeoutMs = 30_000;

/** What a proxy or Tocsin answers when another try may succeed. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

interface TryAgain {
  /** Why. */
  again: string;
  afterMs: number;
}

async function tryOnce(sending: Sending): Promise<SendResult | TryAgain> {
  const answer = await post(sending);
  if (!answer)
    return {
      again: `${sending.url} did not answer. Check --url, and whether Tocsin is running.`,
      afterMs: 0,
    };
  const { status, text, retryAfterMs } = answer;
  // A slack-webhook source answers as Slack does.
  if (status === 200 && text === "ok") return { outcome: "taken", output: ["ok"] };
  const json = readJson(text);
  const taken = ingestAnswer.safeParse(json);
  if (status < 300 && taken.success) return resultOf(taken.data.results);
  const problem = problemAnswer.safeParse(json);
  if (passing.has(status)) {
    const why = problem.success ? problem.data.detail : `${sending.url} answered ${status}.`;
    return { again: why, afterMs: retryAfterMs };
  }
  if (!problem.success)
    throw new Error(`${sending.url} answered ${status}, but not as Tocsin does. Check --url.`);
  const { results, detail } = problem.data;
  return { outcome: "refused", output: results?.map(outcomeText) ?? [`refused: ${detail}`] };
}

const problemAnswer = z.object({ detail: z.string(), results: ingestAnswer.shape.results.optional() });

/** The answer; null if there is none within 30 seconds. */
async function post({ url, key, body, idempotencyKey }: Sending) {
  const headers = {
    "content-type": "application/json",
    "x-api-key": key,
    "idempotency-key": idempotencyKey,
  };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), signal });
    const text = await answer.text();
    const retryAfter = Number(answer.headers.get("retry-after") ?? 0);
    return { status: answer.status, text, retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : 0 };
  } catch {
    return null;
  }
}

function resultOf(results: IngestResult[]): SendResult {
  const isWhole = results.every(({ outcome }) => outcome !== "invalid");
  return { outcome: isWhole ? "taken" : "partly", output: results.map(outcomeText) };
}

function outcomeText({ index, outcome, number, field, expected, warnings = [] }: IngestResult): string {
  const alert = number === undefined ? "" : ` #${number}`;
  const wrong = outcome === "invalid" ? `: ${field} should be ${expected}` : "";
  const odd = warnings.map((warning) => `; ${warning.field} should be ${warning.expected}`).join("");
  return `report ${index}: ${outcome}${alert}${wrong}${odd}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
