import { expect, test } from "vitest";
import { ada, anAlert } from "../../../test/builders/an-alert.ts";
import { commentDialog, tooLateDialog } from "./comment-dialogs.ts";

const alert = anAlert();
const card = { alertId: alert.id, version: 3, channel: "C0SECURITY1", ts: "1795611720.000100" };
const berlin = { timezone: "Europe/Berlin", now: new Date("2026-11-24T15:00:00Z") };

test("the comment dialog requires a comment", () => {
  const view = commentDialog.draw(alert, card);
  expect(view.blocks.at(-1)).toMatchObject({ type: "input", optional: false });
  expect(commentDialog.memory.parse(JSON.parse(view.private_metadata ?? ""))).toEqual(card);
});

test("a late submission shows what happened and returns the comment", () => {
  const statusSet = { by: ada, via: "slack", at: new Date("2026-11-24T13:30:00Z"), comment: "VPN" };
  const view = tooLateDialog(
    anAlert({ status: "RESOLVED", disposition: "BENIGN", statusSet }),
    berlin,
    "Confirmed by phone",
  );
  expect(view.title.text).toBe("Already resolved");
  expect(JSON.stringify(view.blocks)).toContain(
    "Ada set #1042 to Resolved at 14:30 CET (Benign (expected) activity): VPN. Nothing was changed. To keep your comment, copy it from below.",
  );
  expect(JSON.stringify(view.blocks)).toContain("Confirmed by phone");
  expect(JSON.stringify(tooLateDialog(anAlert(), berlin, null).blocks)).not.toContain("your comment");
});
