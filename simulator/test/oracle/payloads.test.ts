import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { sign } from "../../callbacks/post-to-app.ts";
import { security, setting } from "../fixtures/simulator-with-app.ts";
import { everythingSent, type Place } from "./everything-sent.ts";
import { files, oracle, read } from "./oracle.ts";
import { lackingIn, shapeOf, without } from "./value-paths.ts";

/**
 * What some samples have and Slack sends no more, or not to apps with a bot only: `authed_users` gave way to
 * `authorizations`, steps of the old workflows were retired, and there are no tokens of users here.
 */
const retired = /^authed_users|^event\.tokens\.oauth\.\*/;
const retiredKinds = /save_payload/;

const lacking = (sample: unknown, ours: unknown) =>
  lackingIn(sample, ours).filter((path) => !retired.test(path));

const kinds = z.object({
  type: z.string(),
  event: z.object({ type: z.string(), subtype: z.string().optional() }).optional(),
});

/** What kind of payload it is, as `event_callback.message.file_share`. */
function kindOf(payload: unknown): string {
  const { type, event } = kinds.parse(payload);
  return [type, event?.type, event?.subtype].filter(Boolean).join(".");
}

/** Where an app is installed that gets such a payload. */
function placeOf(sample: unknown): Place {
  const text = JSON.stringify(sample);
  const isOfNoTeam = kindOf(sample).startsWith("event_callback") && !("team_id" in Object(sample));
  if (isOfNoTeam || text.includes('"is_enterprise_install":true')) return "organisation";
  return text.includes('"enterprise_id":"') ? "workspace of an organisation" : "workspace";
}

oracle("what is sent, against Slack's samples", () => {
  const samples = files("payloads")
    .filter((file) => !retiredKinds.test(file))
    .map((file) => ({ file, sample: read("payloads", file) }));
  const sent = new Map<Place, unknown[]>();
  const ours = (sample: unknown) =>
    (sent.get(placeOf(sample)) ?? []).filter((one) => kindOf(one) === kindOf(sample));
  /** Of what we sent of that kind, what comes closest to the sample. */
  const closest = (sample: unknown) =>
    ours(sample).reduce((best, one) =>
      lacking(sample, one).length < lacking(sample, best).length ? one : best,
    );

  beforeAll(async () => {
    for (const place of ["workspace", "workspace of an organisation", "organisation"] as const)
      sent.set(place, await everythingSent(place));
  }, 60_000);

  test("the signature of the worked example, made and checked", () => {
    const vector = z.record(z.string(), z.string()).parse(read("signature-vector.json"));
    const made = (body: string) => sign(vector.signing_secret ?? "", vector.timestamp ?? "", body);
    expect(made(vector.body ?? "")).toBe(vector.signature);
    expect(made(`${vector.body} `)).not.toBe(vector.signature);
  });

  test.each(samples)("$file", ({ sample }) => {
    expect(ours(sample).length, `${kindOf(sample)} in a ${placeOf(sample)}`).toBeGreaterThan(0);
    expect(lacking(sample, closest(sample))).toEqual([]);
  });

  test("each kind of payload is held to its samples: without any one key it fails", () => {
    const byKind = new Map(samples.map(({ sample }) => [kindOf(sample), sample]));
    let bent = 0;
    for (const [kind, sample] of byKind) {
      const good = closest(sample);
      for (const path of [...shapeOf(sample).keys()].filter((one) => !retired.test(one))) {
        expect(lacking(sample, without(good, path)), `${kind} without ${path}`).toContain(path);
        bent += 1;
      }
    }
    expect(bent).toBeGreaterThan(byKind.size * 3);
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

describe("a click in a channel", () => {
  test("also carries the whole message, and what stands in its controls, which the samples leave out", async () => {
    const here = await setting();
    const select = {
      type: "users_select",
      action_id: "who",
      placeholder: { type: "plain_text", text: "Who" },
    };
    const blocks = [{ type: "actions", block_id: "b", elements: [select] }];
    await here.call("chat.postMessage", { channel: security, text: "Pick", blocks });
    const card = await here.slack.channel("#security").expectMessage("");
    await card.choose("Who", "grace", { as: "ada" });
    expect(here.app.received.at(-1)?.payload).toMatchObject({
      message: { ts: card.ts, text: "Pick", bot_id: here.slack.app.botId, blocks },
      state: { values: { b: { who: { type: "users_select", selected_user: "U0GRACE001" } } } },
    });
    await here.end();
  });
});
