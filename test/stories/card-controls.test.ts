import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../tocsin.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const report = async (title: string, more: object = {}) => {
  await story.send({ title, severity: "HIGH", ...more });
  return story.slack.channel("#security").expectCard(title);
};

test("Show alert details opens a dialog with context and events, a part at a time", async () => {
  const card = await report("Details", {
    context: { user: "eve@acme.example" },
    event: { ip: "203.0.113.7" },
  });
  await card.menu("Show alert details", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  expect(await dialog.text()).toContain("eve@acme.example");
  await dialog.choose("part", "Event 1 of 1");
  await expect.poll(() => dialog.text()).toContain("203.0.113.7");
  await dialog.cancel();
});

test("Add comment asks for one, and it stands in thread and history", async () => {
  const card = await report("Commented");
  await card.menu("Add comment", { as: "grace" });
  const dialog = await card.dialog({ as: "grace" });
  await dialog.fill("Comment", "Looks like the pentest <!channel>");
  expect(await dialog.submit()).toBe("closed");
  await card.expectReply("Grace commented: Looks like the pentest <!channel>");
});

test("Assign to me and a cleared picker, and a cleared Status that changes nothing", async () => {
  const card = await report("Cleared");
  await card.menu("Assign to me", { as: "ada" });
  await card.expectReply("Ada took the alert");
  await card.clear("assign", { as: "grace" });
  await card.expectReply("Grace unassigned the alert from Ada");
  await card.clear("status", { as: "grace" });
  await card.expectShown("Status", "Open", { as: "grace" });
});

test("a dialog that is cancelled leaves the alert as it is, and the select shows so", async () => {
  const card = await report("Cancelled");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await dialog.cancel();
  await card.expectShown("Status", "Open", { as: "ada" });
});

test("an assignee without a Tocsin user is refused, and the picker shows the truth", async () => {
  const card = await report("Not assigned");
  await card.choose("Assign", "eve", { as: "ada" });
  await story.slack.expectPrivately("ada", "no Tocsin user has the e-mail eve@acme.example");
  await card.expectShown("Assign", null, { as: "ada" });
});

test("an informational alert has the full card and needs nobody", async () => {
  const card = await report("Just so you know", { severity: "INFO" });
  await card.expectText("Informational, needs nobody");
});
