import { createHmac } from "node:crypto";
import type { Simulator } from "../simulator.ts";
import type { App } from "../workspace/app.ts";
import { bodyOf, type Outcome, type Reason, type Request, urlOf } from "./request.ts";

const maxRedirects = 2;

const failed = (reason: Reason, outcome: string = reason) => ({
  ok: false as const,
  reason,
  outcome,
});

async function follow(url: string, init: RequestInit, redirects: number): Promise<Response | undefined> {
  const response = await fetch(url, { ...init, redirect: "manual" });
  const next = response.status >= 300 && response.status < 400 && response.headers.get("location");
  if (!next) return response;
  return redirects === 0 ? undefined : follow(new URL(next, url).href, init, redirects - 1);
}

/** Sends a signed request to an app's URL and waits up to `world.patienceMs` for the answer. */
export async function postToApp(
  { world, stopping }: Simulator,
  app: App,
  request: Request,
): Promise<Outcome> {
  const url = urlOf(app, request);
  if (!url) return failed("no_request_url");
  const { body, contentType } = bodyOf(request);
  const timestamp = String(Math.floor(world.now() / 1000));
  const headers = {
    "content-type": contentType,
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": sign(app.signingSecret, timestamp, body),
    ...(request.retry && {
      "x-slack-retry-num": String(request.retry.tries),
      "x-slack-retry-reason": request.retry.reason,
    }),
  };
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(world.patienceMs), stopping]);
    const response = await follow(url, { method: "POST", body, headers, signal }, maxRedirects);
    if (!response) return failed("too_many_redirects");
    const text = await response.text();
    if (response.ok) return { ok: true, body: text, outcome: "ok" };
    const noRetry = response.headers.get("x-slack-no-retry") === "1";
    return { ...failed("http_error", `HTTP ${response.status}`), noRetry };
  } catch (fault) {
    return failed(reasonOf(fault));
  }
}

const tlsError = /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(VERIFY|GET_ISSUER))/;
const connectionError = /^(E[A-Z]+|UND_ERR_SOCKET|UND_ERR_CONNECT_TIMEOUT)$/;

const codeOf = (fault: Error): string => {
  const { cause } = fault;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
};

/** Slack's reason for a failed request, from the error that `fetch` threw. */
export function reasonOf(fault: unknown): Reason {
  if (!(fault instanceof Error)) return "unknown_error";
  if (fault.name === "TimeoutError") return "http_timeout";
  const code = codeOf(fault);
  if (tlsError.test(code)) return "ssl_error";
  return connectionError.test(code) ? "connection_failed" : "unknown_error";
}

/** The value of `X-Slack-Signature` for a body; `timestamp` is seconds since 1970 as text. */
export function sign(secret: string, timestamp: string, body: string): string {
  const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`);
  return `v0=${hmac.digest("hex")}`;
}
