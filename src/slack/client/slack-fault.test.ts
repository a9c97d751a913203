import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { describe, expect, test } from "vitest";
import { classify, isAppFault } from "./slack-fault.ts";

test.each(["token_revoked", "missing_scope", "http_403"])("%s is a fault of the whole app", (code) => {
  expect(isAppFault(code)).toBe(true);
});

test.each(["not_in_channel", "restricted_action", "team_access_not_granted", "never_heard_of_it"])(
  "%s is a fault of one channel",
  (code) => {
    expect(isAppFault(code)).toBe(false);
  },
);

const refused = (error: string, more = {}) => new WebAPIPlatformError({ ok: false, error, ...more });
const cut = (code: string) => new WebAPIRequestError(new TypeError("fetch failed", { cause: coded(code) }));
const coded = (code: string) => Object.assign(new Error(code), { code });
const http = (status: number) => new WebAPIHTTPError(status, "", {});

describe("Slack's error codes", () => {
  test.each([
    ["setup", "invalid_auth token_revoked token_expired account_inactive missing_scope channel_not_found"],
    ["setup", "not_in_channel is_archived is_inactive restricted_action restricted_action_thread_locked"],
    ["setup", "team_access_not_granted team_not_found org_login_required app_access_restricted"],
    ["refused", "a_word_that_slack_invents_tomorrow"],
    ["content", "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long metadata_too_large"],
    ["gone", "message_not_found cant_update_message edit_window_closed block_mismatch expired_trigger_id"],
    ["passing", "internal_error fatal_error service_unavailable request_timeout"],
    ["rate", "ratelimited rate_limited"],
  ])("have the kind %s: %s", (kind, codes) => {
    for (const code of codes.split(" ")) expect(classify(refused(code))).toMatchObject({ code, kind });
  });

  test("carry the needed scope and Slack's messages", () => {
    expect(classify(refused("missing_scope", { needed: "im:write" })).neededScope).toBe("im:write");
    const messages = ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"];
    expect(classify(refused("invalid_blocks", { response_metadata: { messages } })).remarks).toEqual(
      messages,
    );
  });

  test("that are a proxy's page count as a lost answer", () => {
    const facts = classify(refused("<html>Bad gateway</html>"));
    expect(facts).toMatchObject({ code: "unreadable_answer", kind: "passing", answerLost: true });
  });
});

test.each([
  ["refused before sending", cut("ECONNREFUSED"), { code: "econnrefused", answerLost: false }],
  ["failed in DNS", cut("ENOTFOUND"), { code: "enotfound", answerLost: false }],
  ["reset after sending", cut("ECONNRESET"), { code: "econnreset", answerLost: true }],
  ["broken during the answer", coded("UND_ERR_SOCKET"), { code: "und_err_socket", answerLost: true }],
  [
    "timed out",
    new WebAPIRequestError(new DOMException("", "TimeoutError")),
    { code: "timeout", answerLost: true },
  ],
  ["failed without a code", new Error("?"), { code: "network", answerLost: true }],
  ["ended by fatal_error", refused("fatal_error"), { code: "fatal_error", answerLost: true }],
  ["answered with 503", http(503), { code: "http_503", answerLost: false }],
  ["answered with 504", http(504), { code: "http_504", answerLost: true }],
])("a call %s is a passing fault", (_, error, facts) => {
  expect(classify(error)).toMatchObject({ kind: "passing", ...facts });
});

test("a rate limit has a wait of at least a second", () => {
  expect(classify(new WebAPIRateLimitedError(7))).toMatchObject({ kind: "rate", retryAfterSeconds: 7 });
  expect(classify(new WebAPIRateLimitedError(0)).retryAfterSeconds).toBe(1);
  const inBody = refused("ratelimited", { response_metadata: { retryAfter: 3 } });
  expect(classify(inBody)).toMatchObject({ kind: "rate", retryAfterSeconds: 3 });
});

test("an HTTP 404 is a refusal, perhaps by something between Tocsin and Slack", () => {
  expect(classify(http(404))).toMatchObject({ code: "http_404", kind: "refused" });
});
