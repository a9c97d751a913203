import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { sourceKinds } from "../../src/ingest/source-kinds.ts";
import type { TestServer } from "../tocsin/server.ts";
import { marker } from "./nasty.ts";

/** A larger answer would not be bounded: pages have at most 50 entries. */
const maxBytes = 4 * 1024 * 1024;
const hangMs = 20_000;

/** Sends requests of the fuzz run to a server, judges each answer, and counts them. */
export interface Judge {
  /** `route` is what is counted and named in a failure. */
  send(route: string, request: InjectOptions): Promise<void>;
  count(route: string, status: number): void;
  /** Answers by door and status, one line each. */
  counts(): string;
  /** Fails if an answer since the last check was wrong, or if the log has what was sent or an error. */
  check(): void;
}

export function openJudge({ app, log, pass }: TestServer): Judge {
  const tally = new Map<string, Map<number, number>>();
  let faults: object[] = [];
  let read = 0;

  function count(route: string, status: number): void {
    const statuses = tally.get(route) ?? new Map<number, number>();
    tally.set(route, statuses.set(status, (statuses.get(status) ?? 0) + 1));
  }

  return {
    count,
    async send(route, request) {
      // Callers are limited to 100 requests a second.
      pass(50);
      const answer = await app.inject({ ...request, signal: AbortSignal.timeout(hangMs) });
      count(route, answer.statusCode);
      const wrong = whatIsWrong(route, answer, request);
      if (!wrong) return;
      const { method, url, headers, payload } = request;
      const sent = { method, url, headers, payload: String(payload ?? "").slice(0, 1000) };
      const logged = log.slice(-20).filter((line) => JSON.parse(line).level >= 50);
      faults.push({ wrong, status: answer.statusCode, answer: answer.body.slice(0, 400), sent, logged });
    },
    counts: () =>
      [...tally]
        .map(([route, statuses]) => {
          const by = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
          return `${route.padEnd(55)} ${by.join(", ")}`;
        })
        .sort()
        .join("\n"),
    check() {
      const lines = log.slice(read);
      const found = faults;
      read = log.length;
      faults = [];
      expect(found).toEqual([]);
      expect(lines.filter((line) => line.includes(marker))).toEqual([]);
      expect(lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
    },
  };
}

/** Kinds that answer their tool's clients as the tool does. */
const inToolsWords = sourceKinds
  .filter(({ answer }) => typeof answer === "function")
  .map(({ kind }) => `(${kind})`);

/** Refused as a whole, not for a field. */
const wholeRequest = /not valid JSON|Content-Length|prototype|malformed|not one of Slack's|This address/i;

/** Bad values are refused by naming their field; other refusals say why. */
function whatIsWrong(
  route: string,
  answer: LightMyRequestResponse,
  { method }: InjectOptions,
): string | null {
  const { statusCode: status, headers, rawPayload, body } = answer;
  // No certificate of AWS can be read here.
  if (status === 503 && headers["retry-after"] && body.includes("Amazon SNS")) return null;
  if (status >= 500) return "a server error";
  if (rawPayload.length > maxBytes) return "a large answer";
  if (status < 400 || method === "HEAD") return null;
  if (inToolsWords.some((kind) => route.endsWith(kind)) && /"errors":[[{]"/.test(body)) return null;
  if (!String(headers["content-type"]).startsWith("application/problem+json")) return "no problem document";
  if (!/"detail":".{10,}/.test(body)) return "no detail";
  const named = status !== 400 || wholeRequest.test(body) || /"errors":\[\{"field":"./.test(body);
  return named ? null : "no field is named";
}
