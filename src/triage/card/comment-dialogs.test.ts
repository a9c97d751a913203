import { describe, expect, test } from "vitest";
import { ada, anAlert } from "../../../test/builders/an-alert.ts";
import { closeDialog, commentDialog, tooLateDialog } from "./comment-dialogs.ts";

const alert = anAlert();
const card = { alertId: alert.id, version: 3, channel: "C0SECURITY1", ts: "1795611720.000100" };
const berlin = { timezone: "Europe/Berlin", now: new Date("2026-11-24T15:00:00Z") };

describe("the closing dialog", () => {
  test.each([
    ["RESOLVED", "Resolve #1042", "Resolve"],
    ["CLOSED", "Mark #1042 as invalid", "Mark as invalid"],
  ] as const)("for %s has the title %s", (to, title, submit) => {
    const view = closeDialog.draw({ alert, comment: "optional" }, { ...card, to });
    expect(view).toMatchObject({ callback_id: "close", title: { text: title }, submit: { text: submit } });
    expect(closeDialog.memory.parse(JSON.parse(view.private_metadata ?? ""))).toEqual({ ...card, to });
  });

  test.each([
    ["optional", true],
    ["required", false],
  ] as const)("asks for a comment, which is %s", (need, optional) => {
    const view = closeDialog.draw({ alert, comment: need }, { ...card, to: "RESOLVED" });
    const input = view.blocks.find((block) => block.type === "input");
    expect(input).toMatchObject({ optional, block_id: "comment", element: { max_length: 1000 } });
  });
});

test("the comment dialog requires a comment", () => {
  const view = commentDialog.draw(alert, card);
  expect(view.blocks.at(-1)).toMatchObject({ type: "input", optional: false });
  expect(commentDialog.memory.parse(JSON.parse(view.private_metadata ?? ""))).toEqual(card);
});

test.each([undefined, null, {}, { ...card, to: "OPEN" }, { ...card, alertId: "x", to: "CLOSED" }])(
  "the metadata %o is not the closing dialog's",
  (metadata) => {
    expect(closeDialog.memory.safeParse(metadata).success).toBe(false);
  },
);

test("a late submission shows what happened and returns the comment", () => {
  const statusSet = { by: ada, via: "slack", at: new Date("2026-11-24T13:30:00Z"), comment: "VPN" };
  const view = tooLateDialog(anAlert({ status: "RESOLVED", statusSet }), berlin, "Confirmed by phone");
  expect(view.title.text).toBe("Already resolved");
  expect(JSON.stringify(view.blocks)).toContain(
    "Ada set #1042 to Resolved at 14:30 CET: VPN. Nothing was changed. To keep your comment, copy it from below.",
  );
  expect(JSON.stringify(view.blocks)).toContain("Confirmed by phone");
  expect(JSON.stringify(tooLateDialog(anAlert(), berlin, null).blocks)).not.toContain("your comment");
});
