import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { AddressRules } from "../../webhook/decide-address.ts";
import { WebhookFault } from "../../webhook/webhook-fault.ts";
import { checkedLookup, type Resolve, usableAddresses } from "../../webhook/transport/checked-lookup.ts";
import { classifyAnswer } from "../../webhook/transport/classify-answer.ts";
import { classifyFailure } from "../../webhook/transport/classify-failure.ts";

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** From the first packet to the status line. */
const timeoutMs = 10_000;
/** What is read of an answer's body before the connection is dropped. None of it is looked at or kept. */
const mostAnswerBytes = 64 * 1024;

/**
 * Posts to an address that may be used, which is checked as the connection is made; redirects are not followed.
 * Throws a `WebhookFault` unless the answer is a 2xx.
 */
export async function post(
  { url, headers, body }: Post,
  rules: AddressRules & { resolve: Resolve },
): Promise<void> {
  const target = new URL(url);
  const check = { ...rules, encrypted: target.protocol === "https:" };
  try {
    // No lookup is made for a host that is an address.
    if (isIP(target.hostname.replace(/^\[|\]$/g, ""))) await usableAddresses(target.hostname, check);
    const answer = await send(target, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      lookup: checkedLookup(check),
      // No connection is used twice, and none goes through a proxy of the environment.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      body,
    });
    const fault = classifyAnswer(answer, new Date());
    if (fault) throw new WebhookFault(fault);
  } catch (error) {
    throw classifyFailure(error);
  }
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
}

function send(target: URL, { body, ...options }: https.RequestOptions & { body: string }): Promise<Answer> {
  const { request } = target.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sending = request(target, options, (answer) => {
      drain(answer);
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers["retry-after"] });
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

/** Lets the receiver finish; the request's time limit ends it otherwise. */
function drain(answer: http.IncomingMessage): void {
  let bytes = 0;
  answer.on("error", () => {});
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) answer.destroy();
  });
}
