import { expect, test } from "vitest";
import { z } from "zod";
import { sign } from "../../to-app/calling/sign.ts";
import { cardBlocks, commentModal } from "../setting/card-blocks.ts";
import { security, setting } from "../setting/setting.ts";
import { files, oracle, paths, read } from "./oracle.ts";

oracle("what is sent, against Slack's samples", () => {
  /** Every path to a value, with `*` for the places of a list and for ids that are chosen by the app. */
  const keyPaths = (value: unknown) =>
    new Set(
      paths(value).map((path) =>
        path
          .map((step, index) =>
            typeof step === "number" || path[index - 1] === "values" || path[index - 2] === "values"
              ? "*"
              : step,
          )
          .join("."),
      ),
    );
  // Of an Enterprise organisation, of unfinished features, and of one sample's input element.
  const elsewhere =
    /^team\.enterprise_|^enterprise\.|^workflow_step|response_urls\.\*|dispatch_action_config|^view\.blocks/;
  const lacking = (sample: unknown, sent: unknown) =>
    [...keyPaths(sample)].filter((path) => !elsewhere.test(path) && !keyPaths(sent).has(path));

  test("the signature of the worked example", () => {
    const vector = z.record(z.string(), z.string()).parse(read("signature-vector.json"));
    expect(sign(vector.signing_secret ?? "", vector.timestamp ?? "", vector.body ?? "")).toBe(
      vector.signature,
    );
  });

  test("block_actions, view_submission, view_closed and events have every key of the samples", async () => {
    const here = await setting();
    const last = () => here.app.received.at(-1)?.payload;
    const seen: Record<string, unknown> = {};
    const [, , actions] = cardBlocks();
    const blocks = [
      actions,
      {
        type: "actions",
        elements: [
          {
            type: "button",
            action_id: "a",
            value: "v",
            text: { type: "plain_text", text: "Press", emoji: true },
          },
        ],
      },
    ];
    await here.call("chat.postMessage", { channel: security, text: "Press", blocks });
    const [message] = await here.slack.channel("#security").messages();
    const blockId = message?.blocks[1]?.block_id ?? "";
    const press = () =>
      here.slack.ask("use", {
        as: "ada",
        channel: security,
        ts: message?.ts ?? "",
        use: { blockId, actionId: "a", picked: null },
      });
    await press();
    seen.block_actions = last();
    await here.call("views.open", { trigger_id: Object(last()).trigger_id, view: commentModal() });
    const dialog = await here.slack.dialogOf("ada");
    await dialog.fill("What did you find?", "VPN");
    await dialog.submit();
    seen.view_submission = last();
    await press();
    await here.call("views.open", { trigger_id: Object(last()).trigger_id, view: commentModal() });
    await (await here.slack.dialogOf("ada")).cancel();
    seen.view_closed = last();
    await here.end();
    const samples = files("payloads").filter((file) => !/workflow|response_url|connect_channel/.test(file));
    const compared = samples.filter((file) => (file.split("--")[0] ?? "") in seen);
    expect(compared.length).toBeGreaterThanOrEqual(5);
    for (const file of compared)
      expect({ file, lacking: lacking(read("payloads", file), seen[file.split("--")[0] ?? ""]) }).toEqual({
        file,
        lacking: [],
      });
  });
});
