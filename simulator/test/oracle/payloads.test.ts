import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { sign } from "../../callbacks/post-to-app.ts";
import { security, startWithApp } from "../fixtures/simulator-with-app.ts";
import { everythingSent, type InstallKind } from "./everything-sent.ts";
import { files, oracle, read } from "./oracle.ts";
import { lackingIn, shapeOf, without } from "./value-paths.ts";

/**
 * Parts of the samples that Slack no longer sends, or not to apps with only a bot: `authorizations` replaced
 * `authed_users`, legacy workflow steps were retired, and the simulator has no user tokens.
 */
const retired = /^authed_users|^event\.tokens\.oauth\.\*/;
const retiredKinds = /save_payload/;

const lacking = (sample: unknown, ours: unknown) =>
  lackingIn(sample, ours).filter((path) => !retired.test(path));

const kinds = z.object({
  type: z.string(),
  event: z.object({ type: z.string(), subtype: z.string().optional() }).optional(),
});

/** The type of a payload, such as `event_callback.message.file_share`. */
function kindOf(payload: unknown): string {
  const { type, event } = kinds.parse(payload);
  return [type, event?.type, event?.subtype].filter(Boolean).join(".");
}

/** How an app must be installed to get such a payload. */
function installKindOf(sample: unknown): InstallKind {
  const text = JSON.stringify(sample);
  const isOfNoTeam = kindOf(sample).startsWith("event_callback") && !("team_id" in Object(sample));
  if (isOfNoTeam || text.includes('"is_enterprise_install":true')) return "organisation";
  return text.includes('"enterprise_id":"') ? "workspace of an organisation" : "workspace";
}

oracle("sent payloads, compared with Slack's samples:", () => {
  const samples = files("payloads")
    .filter((file) => !retiredKinds.test(file))
    .map((file) => ({ file, sample: read("payloads", file) }));
  const sent = new Map<InstallKind, unknown[]>();
  const ours = (sample: unknown) =>
    (sent.get(installKindOf(sample)) ?? []).filter((one) => kindOf(one) === kindOf(sample));
  /** The sent payload of the same type that is closest to the sample. */
  const closest = (sample: unknown) =>
    ours(sample).reduce((best, one) =>
      lacking(sample, one).length < lacking(sample, best).length ? one : best,
    );

  beforeAll(async () => {
    for (const kind of ["workspace", "workspace of an organisation", "organisation"] as const)
      sent.set(kind, await everythingSent(kind));
  }, 60_000);

  test("sign returns the signature of Slack's example", () => {
    const vector = z.record(z.string(), z.string()).parse(read("signature-vector.json"));
    const signatureOf = (body: string) => sign(vector.signing_secret ?? "", vector.timestamp ?? "", body);
    expect(signatureOf(vector.body ?? "")).toBe(vector.signature);
    expect(signatureOf(`${vector.body} `)).not.toBe(vector.signature);
  });

  test.each(samples)("a payload has every key of $file", ({ sample }) => {
    expect(ours(sample).length, `${kindOf(sample)} in a ${installKindOf(sample)}`).toBeGreaterThan(0);
    expect(lacking(sample, closest(sample))).toEqual([]);
  });

  test("a payload fails the comparison if any key is removed", () => {
    const byKind = new Map(samples.map(({ sample }) => [kindOf(sample), sample]));
    let removed = 0;
    for (const [kind, sample] of byKind) {
      const good = closest(sample);
      for (const path of [...shapeOf(sample).keys()].filter((one) => !retired.test(one))) {
        expect(lacking(sample, without(good, path)), `${kind} without ${path}`).toContain(path);
        removed += 1;
      }
    }
    expect(removed).toBeGreaterThan(byKind.size * 3);
  });

  afterAll(() => {
    const compared = samples.filter(({ sample }) => ours(sample).length > 0);
    const keys = compared.reduce((sum, { sample }) => sum + shapeOf(sample).size, 0);
    const seen = new Set(compared.map(({ sample }) => kindOf(sample)));
    console.info(
      `payloads: ${keys} key paths of ${compared.length} samples of ${seen.size} kinds compared (${[...seen].sort().join(", ")})`,
    );
  });
});

describe("an action in a channel", () => {
  test("has the whole message and its state, which the samples leave out", async () => {
    const env = await startWithApp();
    const select = {
      type: "users_select",
      action_id: "who",
      placeholder: { type: "plain_text", text: "Who" },
    };
    const blocks = [{ type: "actions", block_id: "b", elements: [select] }];
    await env.call("chat.postMessage", { channel: security, text: "Pick", blocks });
    const card = await env.slack.channel("#security").expectMessage("");
    await card.choose("Who", "grace", { as: "ada" });
    expect(env.app.received.at(-1)?.payload).toMatchObject({
      message: { ts: card.ts, text: "Pick", bot_id: env.slack.app.botId, blocks },
      state: { values: { b: { who: { type: "users_select", selected_user: "U0GRACE001" } } } },
    });
    await env.end();
  });
});
