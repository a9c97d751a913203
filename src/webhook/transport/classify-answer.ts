import type { WebhookFaultFacts } from "../webhook-fault.ts";
import { readRetryAfter } from "./read-retry-after.ts";

/** The receiver can't or won't take it now, and says nothing of the address or of what was sent. */
const passing = new Set([408, 421, 425, 429]);
/** The receiver doesn't like what was sent. */
const content = new Set([400, 406, 409, 411, 412, 413, 415, 422, 431]);

/** What an answer means; null when the event was taken. */
export function classifyAnswer(
  { status, retryAfter }: { status: number; retryAfter: string | undefined },
  now: Date,
): WebhookFaultFacts | null {
  if (status >= 200 && status < 300) return null;
  const code = `http_${status}`;
  if (status >= 300 && status < 400) return { kind: "set-up", code: "redirected", retryAfterSeconds: null };
  if (status >= 500 || passing.has(status)) {
    const retryAfterSeconds = readRetryAfter(retryAfter, now);
    return { kind: retryAfterSeconds === null ? "passing" : "rate", code, retryAfterSeconds };
  }
  return { kind: content.has(status) ? "content" : "set-up", code, retryAfterSeconds: null };
}
