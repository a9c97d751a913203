import { expect, test } from "vitest";
import { allCauses } from "../causes/all-causes.ts";
import { security, setting } from "../fixtures/simulator-with-app.ts";
import { oracle, readText } from "./oracle.ts";
import { errorsOf, referencedMethods, referenceOf } from "./reference.ts";

/** What the collected facts name for each method, line by line; that each is met is tried by its cause. */
const named: Record<string, string> = {
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
 * A line of the facts speaks of several methods, and of an error of one of them: these two list every kind of channel
 * that there is, and can't be asked for another.
 */
const ofAnother = [
  "conversations.list: method_not_supported_for_channel_type",
  "conversations.members: method_not_supported_for_channel_type",
];

type Met = { method: string; error: string };
const met: readonly Met[] = allCauses;

const inWords = ({ method, error }: Met) => `${method}: ${error}`;

const namedByHand = Object.entries(named).flatMap(([method, errors]) =>
  errors.split(/\s+/).map((error) => inWords({ method, error })),
);

const lacking = (wanted: readonly string[], causes: readonly Met[]) => {
  const caused = new Set(causes.map(inWords));
  return wanted.filter((one) => !caused.has(one));
};

const isSpokenOf = (line: string) => (method: string) =>
  line.includes(method) || line.includes(`${method.split(".")[0]}.*`);

/** Each word of a line of the facts that a method of that line lists as an error of its own, read off by itself. */
function readOff(): string[] {
  const own = new Map(referencedMethods().map((method) => [method, new Set(referenceOf(method).errors)]));
  const pairs = readText("facts.md")
    .split("\n")
    .flatMap((line) => {
      const words = new Set(line.match(/\b[a-z]+(?:_[a-z]+)*\b/g));
      return [...own].flatMap(([method, errors]) =>
        isSpokenOf(line)(method)
          ? [...words].filter((word) => errors.has(word)).map((error) => inWords({ method, error }))
          : [],
      );
    });
  return [...new Set(pairs)].filter((pair) => !ofAnother.includes(pair));
}

/** Refusals that Slack lists for no such method. */
function strays(refusals: readonly Met[]): string[] {
  const listed = new Map(referencedMethods().map((name) => [name, errorsOf(referenceOf(name))]));
  return refusals.filter(({ method, error }) => listed.get(method)?.has(error) === false).map(inWords);
}

/** Errors of a method, or of all whose names begin so. */
const different = (prefix: string) =>
  new Set(met.flatMap(({ method, error }) => (method.startsWith(prefix) ? [error] : [])));

/** Every word of the facts that some method lists as an error. */
function wordsOfFacts(): string[] {
  const known = new Set(referencedMethods().flatMap((name) => [...errorsOf(referenceOf(name))]));
  const words = readText("facts.md").match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  return [...new Set(words)].filter((word) => known.has(word));
}

oracle("the errors that the facts name", () => {
  test("each has a cause, for its method", () => {
    const all = [...new Set([...namedByHand, ...readOff()])];
    const methods = new Set(all.map((one) => one.split(":")[0])).size;
    console.info(`compared ${all.length} errors of ${methods} methods that the facts name`);
    expect(lacking(all, met)).toEqual([]);
  });

  test("no word of the facts that is an error is forgotten", () => {
    const words = wordsOfFacts();
    const caused = new Set(met.map(({ error }) => error));
    console.info(
      `compared ${words.length} errors that stand in the facts with ${caused.size} that have a cause`,
    );
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((word) => !caused.has(word))).toEqual([]);
  });

  test("every cause ends in an error that Slack lists for its method", () => {
    console.info(`compared ${met.length} refusals with the reference`);
    expect(strays(met)).toEqual([]);
  });

  test("they are many: of chat.postMessage, of chat.update, of conversations.*", () => {
    const counts = ["chat.postMessage", "chat.update", "conversations."].map((name) => different(name).size);
    console.info(
      `different errors of chat.postMessage, chat.update and conversations.*: ${counts.join(", ")}`,
    );
    expect(counts[0]).toBeGreaterThanOrEqual(15);
    expect(counts[1]).toBeGreaterThanOrEqual(10);
    expect(counts[2]).toBeGreaterThanOrEqual(15);
  });

  test("a cause that is taken away is missed", () => {
    const others = met.filter(({ error }) => error !== "edit_window_closed");
    expect(lacking(namedByHand, others)).toEqual(["chat.update: edit_window_closed"]);
    expect(readOff()).toContain("chat.update: edit_window_closed");
  });

  test("a simulator that refuses as Slack never would is noticed", async () => {
    const here = await setting();
    const what = { kind: "error", error: "not_in_channel" } as const;
    await here.slack.ask("faults", { faults: [{ method: "chat.update", what }] });
    const { error } = await here.call("chat.update", { channel: security, ts: "1.000001", text: "New" });
    await here.end();
    expect(strays([{ method: "chat.update", error: String(error) }])).toEqual([
      "chat.update: not_in_channel",
    ]);
  });
});
