import { isUtf8 } from "node:buffer";
import type { Socket } from "node:net";
import type { App } from "../api/deps.ts";
import { tooMuchJson } from "../api/json-size.ts";
import { type Problem, problem, problemBodyOf } from "../api/problem.ts";
import { findUnstorable } from "../api/storable-text.ts";

/** Headers and body of a request must have arrived within this time; checked every second. */
const arrivalMs = 30_000;
const checkMs = 1000;

const late = problem(
  408,
  `Headers and body of a request must arrive within ${arrivalMs / 1000} s. Send it again.`,
);
const headersTooLarge = problem(431, "The headers are larger than 16 KiB.");
const unreadable = problem(400, "This is not HTTP/1.1.");

/** Options of the server: how long a request may take to arrive, and the answer if it never does. */
export const arrivalLimits = {
  requestTimeout: arrivalMs,
  http: { headersTimeout: arrivalMs, connectionsCheckingInterval: checkMs },
  clientErrorHandler: (fault: Error & { code?: string }, socket: Socket) => {
    if (fault.code === "ECONNRESET" || socket.destroyed) return;
    if (socket.writable) socket.write(rawAnswer(problemFor(fault.code)));
    socket.destroy();
  },
};

function problemFor(code: string | undefined): Problem {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return late;
  return code === "HPE_HEADER_OVERFLOW" ? headersTooLarge : unreadable;
}

/** Written to the socket, since there is no request that could be answered. */
function rawAnswer(found: Problem): string {
  const body = JSON.stringify(problemBodyOf(found));
  const headers = ["content-type: application/problem+json", `content-length: ${Buffer.byteLength(body)}`];
  const status = `HTTP/1.1 ${found.status} ${problemBodyOf(found).title}`;
  return [status, "connection: close", ...headers, "", body].join("\r\n");
}

/** The answer to an address that the router can't read. It doesn't repeat the address, which may be long. */
export function badAddress({ code }: { code?: string }): Problem {
  return code === "FST_ERR_MAX_PARAM_LENGTH"
    ? problem(414, "A part of this address has more than 100 characters. No id is that long.")
    : problem(400, "This address has a % that is not followed by the code of a UTF-8 character.");
}

/**
 * Reads JSON bodies; refuses those that would stop everybody else while they are parsed. A body without a byte is none,
 * whatever its content type says.
 */
export function readJson(app: App): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const raw = Buffer.from(body);
    const text = raw.toString();
    const expected = isUtf8(raw) ? tooMuchJson(text) : "text in UTF-8";
    if (expected) done(refused("body", `The body should be ${expected}.`, expected));
    else if (text === "") done(null, undefined);
    else parse(request, text, done);
  });
}

/** Refuses texts that PostgreSQL can't store, wherever they are in a request; called before its schemas. */
export function refuseUnstorable(app: App): void {
  app.addHook("preValidation", async ({ params, query, body }) => {
    for (const part of [params, query, body]) {
      const field = findUnstorable(part);
      if (field === null) continue;
      const detail = "This text has a NUL character or half of a surrogate pair. Remove it.";
      throw refused(field || "body", detail, "text without NUL and lone surrogates");
    }
  });
}

function refused(field: string, detail: string, expected: string): Problem {
  return problem(400, detail, { errors: [{ field, detail, expected }] });
}
