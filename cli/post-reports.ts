import { z } from "zod";
import { type IngestResult, ingestAnswer } from "../src/http/contract/ingest.ts";

/** What a source's address said, line by line, for the person who sent a file. */
export interface Posted {
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
