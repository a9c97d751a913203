import { describe, expect, test } from "vitest";
import { anAlert } from "../../../test/builders/an-alert.ts";
import { closeDialog } from "./close-dialog.ts";

const alert = anAlert();
const card = { alertId: alert.id, version: 3, channel: "C0SECURITY1", ts: "1795611720.000100" };
const free = { commentRequired: false, dispositionRequired: false };
const inputs = (view: ReturnType<typeof closeDialog.draw>) =>
  view.blocks.flatMap((block) => ("label" in block ? [block] : []));

describe("the closing dialog", () => {
  test.each([
    ["RESOLVED", "Resolve #1042", "Resolve"],
    ["CLOSED", "Mark #1042 as invalid", "Mark as invalid"],
  ] as const)("for %s has the title %s", (to, title, submit) => {
    const remembered = { ...card, to, asksOther: false };
    const view = closeDialog.draw({ alert, rules: free, disposition: null }, remembered);
    expect(view).toMatchObject({ callback_id: "close", title: { text: title }, submit: { text: submit } });
    expect(closeDialog.memory.parse(JSON.parse(view.private_metadata ?? ""))).toEqual(remembered);
  });

  test("asks for the disposition first, and requires what the settings require", () => {
    const remembered = { ...card, to: "CLOSED", asksOther: false } as const;
    const rules = { commentRequired: true, dispositionRequired: true };
    const drawn = (required: typeof rules) =>
      inputs(closeDialog.draw({ alert, rules: required, disposition: "FALSE_POSITIVE" }, remembered));
    expect(drawn(free)).toMatchObject([
      {
        block_id: "disposition",
        optional: true,
        dispatch_action: true,
        element: { initial_option: { value: "FALSE_POSITIVE", text: { text: "False positive" } } },
      },
      { block_id: "comment", optional: true, element: { max_length: 1000 } },
    ]);
    expect(drawn(rules)).toMatchObject([{ optional: false }, { optional: false }]);
  });

  test("asks for the number of the other alert of a duplicate, and keeps the comment", () => {
    const view = closeDialog.draw(
      { alert, rules: free, disposition: "DUPLICATE", comment: "The same VPN" },
      { ...card, to: "RESOLVED", asksOther: true },
    );
    expect(inputs(view)).toMatchObject([
      { block_id: "disposition" },
      { block_id: "duplicate-of", label: { text: "Number of the other alert" } },
      { block_id: "comment", element: { initial_value: "The same VPN" } },
    ]);
  });
});

test("the metadata of a dialog of the previous version is still read", () => {
  const remembered = { ...card, to: "CLOSED" };
  expect(closeDialog.memory.parse(remembered)).toEqual({ ...remembered, asksOther: false });
});

test.each([undefined, null, {}, { ...card, to: "OPEN" }, { ...card, alertId: "x", to: "CLOSED" }])(
  "the metadata %o is not the closing dialog's",
  (metadata) => {
    expect(closeDialog.memory.safeParse(metadata).success).toBe(false);
  },
);
