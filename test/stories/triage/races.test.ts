import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sendClick } from "../../signed-requests.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

async function report(title: string) {
  const { body } = await story.send({ title, severity: "HIGH", detection: { id: title } });
  const { alertId, number } = body.results[0];
  const card = await story.slack.channel("#security").expectCard(title);
  const { blocks } = await card.now();
  const blockId = blocks?.find((block) => block.block_id?.startsWith("controls:"))?.block_id ?? "";
  return { id: String(alertId), number: Number(number), title, card, blockId };
}

const changes = async (id: string) =>
  (await story.api("GET", `/alerts/${id}/history`)).body.results
    .filter(({ kind }: { kind: string }) => /assigned|status_changed|commented/.test(kind))
    .map(({ sentence }: { sentence: string }) => sentence);

const statusOf = async (id: string) => (await story.api("GET", `/alerts/${id}`)).body.status;

test("the second of two simultaneous clicks is refused and says what the first did", async () => {
  const { id, number, card, blockId } = await report("Two clicks");
  const { ada, grace } = story.slack.users;
  const assign = (userId: string, to: string, triggerId: string) =>
    sendClick(story, {
      userId,
      triggerId,
      card,
      blockId,
      action: { action_id: "assign", selected_user: to },
    });
  await Promise.all([assign(ada.id, grace.id, "two.1"), assign(grace.id, ada.id, "two.2")]);
  await expect.poll(() => changes(id)).toHaveLength(1);
  const [first] = await changes(id);
  const names: Record<string, string> = { Ada: "Ada Lovelace", Grace: "Grace Hopper" };
  await card.expectReply(first.replace(/(Ada|Grace)$/, (name: string) => `@${names[name]}`));
  const second = first.startsWith("Ada") ? "grace" : "ada";
  await story.slack.expectPrivately(
    second,
    `#${number} was changed in the meantime: ${first}. Your change was not made.`,
  );
  expect(await changes(id)).toEqual([first]);
});

test("two simultaneous clicks for the same status change it once", async () => {
  const { id, card, blockId } = await report("Same wish");
  const { ada, grace } = story.slack.users;
  const triage = (userId: string, triggerId: string) =>
    sendClick(story, {
      userId,
      triggerId,
      card,
      blockId,
      action: { action_id: "status", selected_option: { value: "TRIAGED" } },
    });
  await Promise.all([triage(ada.id, "same.1"), triage(grace.id, "same.2")]);
  await card.expectReply("triaged the alert");
  await card.expectShown("Status", "Triaged", { as: "ada" });
  expect(await changes(id)).toHaveLength(1);
});

test("a click on an outdated card is refused for a field that was changed meanwhile", async () => {
  const { id, number, card, blockId } = await report("Stale");
  await created(story.api("PATCH", `/alerts/${id}`, { status: "TRIAGED" }));
  await card.expectReply("Story triaged the alert");
  await created(story.api("PATCH", `/alerts/${id}`, { status: "OPEN" }));
  await card.expectReply("Story set the alert back to Open");
  const stale = { userId: story.slack.users.ada.id, triggerId: "stale.1", card, blockId };
  await sendClick(story, {
    ...stale,
    action: { action_id: "status", selected_option: { value: "TRIAGED" } },
  });
  await story.slack.expectPrivately(
    "ada",
    `#${number} was changed in the meantime: Story set the alert back to Open.`,
  );
  await card.expectShown("Status", "Open", { as: "ada" });
  expect(await statusOf(id)).toBe("OPEN");
});

test("a click on an outdated card still changes a field that nobody else changed", async () => {
  const { id, card, blockId } = await report("Stale elsewhere");
  await created(story.api("PATCH", `/alerts/${id}`, { status: "TRIAGED" }));
  await card.expectReply("Story triaged the alert");
  const { ada, grace } = story.slack.users;
  await sendClick(story, {
    userId: ada.id,
    triggerId: "stale.2",
    card,
    blockId,
    action: { action_id: "assign", selected_user: grace.id },
  });
  await card.expectReply("Ada assigned the alert to @Grace Hopper");
  expect(await statusOf(id)).toBe("TRIAGED");
});

test("a click that Slack retries takes effect once", async () => {
  const { id, card, blockId } = await report("Sent again");
  const click = (value: string) =>
    sendClick(story, {
      userId: story.slack.users.ada.id,
      triggerId: "again.1",
      card,
      blockId,
      action: { action_id: "status", selected_option: { value } },
    });
  expect(await click("TRIAGED")).toBe(200);
  await card.expectReply("Ada triaged the alert");
  await created(story.api("PATCH", `/alerts/${id}`, { status: "OPEN" }));
  await card.expectReply("Story set the alert back to Open");
  expect(await click("TRIAGED")).toBe(200);
  expect(await statusOf(id)).toBe("OPEN");
});

test("a dialog submitted after another person resolved says who and returns the comment", async () => {
  const { id, number, card } = await report("Too late");
  await card.choose("Status", "Invalid", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await created(story.api("PATCH", `/alerts/${id}`, { status: "RESOLVED", comment: "VPN exit" }));
  await card.expectReply("Story resolved the alert: VPN exit");
  await dialog.fill("What did you find?", "A test");
  expect(await dialog.submit()).toBe("updated");
  expect(await dialog.text()).toContain(`Story set #${number} to Resolved`);
  expect(await dialog.text()).toContain("A test");
  await dialog.cancel();
  expect(await statusOf(id)).toBe("RESOLVED");
});

test("a dialog that resolves after the source resolved adds only its comment", async () => {
  const { id, title, card } = await report("Over meanwhile");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await story.send({ title, severity: "HIGH", detection: { id: title }, status: "resolved" });
  await card.expectReply("Okta resolved the alert");
  await dialog.fill("What did you find?", "It was the VPN");
  expect(await dialog.submit()).toBe("closed");
  await card.expectReply("Ada commented: It was the VPN");
  expect(await changes(id)).toEqual(["Okta resolved the alert", "Ada commented: It was the VPN"]);
});

test("a dialog that closes as invalid after the source resolved is refused and names the source", async () => {
  const { id, number, title, card } = await report("Over, not invalid");
  await card.choose("Status", "Invalid", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await story.send({ title, severity: "HIGH", detection: { id: title }, status: "resolved" });
  await card.expectReply("Okta resolved the alert");
  expect(await dialog.submit()).toBe("updated");
  expect(await dialog.text()).toContain(`Okta set #${number} to Resolved`);
  await dialog.cancel();
  expect(await statusOf(id)).toBe("RESOLVED");
});

const cardOf = async (alertId: string) => {
  const sql = "select gone, update_due_at from cards where alert_id = $1";
  return (await story.tocsin.db.pool.query(sql, [alertId])).rows[0];
};

test("a dialog whose card is deleted meanwhile still resolves the alert", async () => {
  const { id, card } = await report("Deleted meanwhile");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await card.expectShown("Status", "Open", { as: "ada" });
  await story.slack.ask("deleteMessage", { channel: card.channel, ts: card.ts });
  await dialog.fill("What did you find?", "Nothing");
  expect(await dialog.submit()).toBe("closed");
  expect(await statusOf(id)).toBe("RESOLVED");
  await story.slack.channel("#security").expectNoCard("Deleted meanwhile");
  // Slack is not asked to edit it again.
  await expect.poll(() => cardOf(id)).toEqual({ gone: true, update_due_at: null });
});

test("a dialog in an archived channel resolves the alert; its card follows after unarchiving", async () => {
  const { id, card } = await report("Archived meanwhile");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await story.slack.ask("archiveChannel", { channel: "#security" });
  await dialog.fill("What did you find?", "VPN");
  expect(await dialog.submit()).toBe("closed");
  expect(await statusOf(id)).toBe("RESOLVED");
  await story.slack.ask("archiveChannel", { channel: "#security", archived: false });
  await card.expectText("resolved by Ada", { timeoutMs: 15_000 });
  await card.expectReply("Ada resolved the alert: VPN", { timeoutMs: 15_000 });
});
