import { expect, test } from "vitest";
import { allCauses } from "../causes/all-causes.ts";
import { security, startWithApp } from "../fixtures/simulator-with-app.ts";
import { oracle, readText } from "./oracle.ts";
import { errorsOf, referencedMethods, referenceOf } from "./reference.ts";

/** The errors that Slack's documentation names for each method. */
const documented: Record<string, string> = {
  "chat.postMessage": `channel_not_found not_in_channel is_archived restricted_action no_permission
    restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked
    restricted_action_thread_only_channel team_access_not_granted team_not_found messages_tab_disabled
    cannot_reply_to_message message_limit_exceeded ekm_access_denied invalid_auth not_authed token_revoked
    token_expired account_inactive missing_scope org_login_required team_added_to_org app_access_restricted
    ratelimited rate_limited internal_error fatal_error service_unavailable request_timeout msg_blocks_too_long
    too_many_attachments attachment_payload_limit_exceeded metadata_too_large markdown_text_conflict no_text
    duplicate_channel_not_found duplicate_message_not_found invalid_blocks`,
  "chat.update": `cant_update_message edit_window_closed message_not_found is_inactive block_mismatch msg_too_long
    channel_not_found`,
  "chat.postEphemeral": "user_not_in_channel",
  "views.open":
    "expired_trigger_id exchanged_trigger_id invalid_trigger_id view_too_large duplicate_external_id",
  "views.push": "push_limit_reached expired_trigger_id exchanged_trigger_id invalid_trigger_id",
  "views.update": "hash_conflict view_too_large duplicate_external_id",
  "users.lookupByEmail": "users_not_found enterprise_is_restricted",
  "users.info": "user_not_found user_not_visible",
  "conversations.list": "missing_argument missing_scope",
  "users.conversations": "missing_argument missing_scope",
  "users.list": "missing_argument",
  "bots.info": "missing_argument",
  "usergroups.list": "missing_argument",
  "conversations.join": "method_not_supported_for_channel_type",
  "conversations.open": "user_disabled too_many_users",
};

/**
 * Pairs that `readOff` finds wrongly, because one line names several methods: these two methods accept every type of
 * conversation and can't get this error.
 */
const falseMatches = [
  "conversations.list: method_not_supported_for_channel_type",
  "conversations.members: method_not_supported_for_channel_type",
];

type Refusal = { method: string; error: string };
const refusals: readonly Refusal[] = allCauses;

const toText = ({ method, error }: Refusal) => `${method}: ${error}`;

const documentedErrors = Object.entries(documented).flatMap(([method, errors]) =>
  errors.split(/\s+/).map((error) => toText({ method, error })),
);

const lacking = (wanted: readonly string[], causes: readonly Refusal[]) => {
  const caused = new Set(causes.map(toText));
  return wanted.filter((one) => !caused.has(one));
};

const isMentionedIn = (line: string) => (method: string) =>
  line.includes(method) || line.includes(`${method.split(".")[0]}.*`);

/** The errors in the text of Slack's documentation that share a line with a method that lists them. */
function errorsInText(): string[] {
  const own = new Map(referencedMethods().map((method) => [method, new Set(referenceOf(method).errors)]));
  const pairs = readText("facts.md")
    .split("\n")
    .flatMap((line) => {
      const words = new Set(line.match(/\b[a-z]+(?:_[a-z]+)*\b/g));
      return [...own].flatMap(([method, errors]) =>
        isMentionedIn(line)(method)
          ? [...words].filter((word) => errors.has(word)).map((error) => toText({ method, error }))
          : [],
      );
    });
  return [...new Set(pairs)].filter((pair) => !falseMatches.includes(pair));
}

/** Refusals that Slack's reference does not list for their method. */
function unlisted(refusals: readonly Refusal[]): string[] {
  const listed = new Map(referencedMethods().map((name) => [name, errorsOf(referenceOf(name))]));
  return refusals.filter(({ method, error }) => listed.get(method)?.has(error) === false).map(toText);
}

/** The caused errors of all methods whose names start with `prefix`. */
const errorsOfMethods = (prefix: string) =>
  new Set(refusals.flatMap(({ method, error }) => (method.startsWith(prefix) ? [error] : [])));

/** Every word of Slack's documentation that some method lists as an error. */
function errorWords(): string[] {
  const known = new Set(referencedMethods().flatMap((name) => [...errorsOf(referenceOf(name))]));
  const words = readText("facts.md").match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  return [...new Set(words)].filter((word) => known.has(word));
}

oracle("the errors in Slack's documentation", () => {
  test("all have a cause for their method", () => {
    const all = [...new Set([...documentedErrors, ...errorsInText()])];
    const methods = new Set(all.map((one) => one.split(":")[0])).size;
    console.info(`compared ${all.length} documented errors of ${methods} methods`);
    expect(lacking(all, refusals)).toEqual([]);
  });

  test("all have a cause for any method", () => {
    const words = errorWords();
    const caused = new Set(refusals.map(({ error }) => error));
    console.info(`compared ${words.length} documented errors with ${caused.size} that have a cause`);
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((word) => !caused.has(word))).toEqual([]);
  });

  test("include every caused error", () => {
    console.info(`compared ${refusals.length} refusals with the reference`);
    expect(unlisted(refusals)).toEqual([]);
  });

  test("are caused in sufficient number for the most important methods", () => {
    const counts = ["chat.postMessage", "chat.update", "conversations."].map(
      (name) => errorsOfMethods(name).size,
    );
    console.info(
      `different errors of chat.postMessage, chat.update and conversations.*: ${counts.join(", ")}`,
    );
    expect(counts[0]).toBeGreaterThanOrEqual(15);
    expect(counts[1]).toBeGreaterThanOrEqual(10);
    expect(counts[2]).toBeGreaterThanOrEqual(15);
  });

  test("fail the comparison if a cause is removed", () => {
    const others = refusals.filter(({ error }) => error !== "edit_window_closed");
    expect(lacking(documentedErrors, others)).toEqual(["chat.update: edit_window_closed"]);
    expect(errorsInText()).toContain("chat.update: edit_window_closed");
  });

  test("fail the comparison if the simulator answers an unlisted error", async () => {
    const env = await startWithApp();
    const what = { kind: "error", error: "not_in_channel" } as const;
    await env.slack.ask("faults", { faults: [{ method: "chat.update", what }] });
    const { error } = await env.call("chat.update", { channel: security, ts: "1.000001", text: "New" });
    await env.end();
    expect(unlisted([{ method: "chat.update", error: String(error) }])).toEqual([
      "chat.update: not_in_channel",
    ]);
  });
});
