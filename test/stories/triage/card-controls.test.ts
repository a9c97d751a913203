import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const report = async (title: string, more: object = {}) => {
  await story.send({ title, severity: "HIGH", ...more });
  const card = await story.slack.channel("#security").expectCard(title);
  return card;
};

const alertTitled = async (title: string) => {
  const query = new URLSearchParams({ status: "OPEN,TRIAGED,RESOLVED,CLOSED", q: title });
  return (await story.api("GET", `/alerts?${query}`)).body.results[0];
};

test("Show alert details opens a dialog with the context or one sample event at a time", async () => {
  const card = await report("Details", {
    context: { user: "eve@acme.example" },
    event: { ip: "203.0.113.7" },
  });
  await card.menu("Show alert details", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  expect(await dialog.text()).toContain("People  eve@acme.example (user)");
  await dialog.choose("part", "Event 1 of 1");
  await expect.poll(() => dialog.text()).toContain('{ "ip": "203.0.113.7" }');
  await dialog.cancel();
});

test("details of 200 KiB can be searched by path and show one whole value in a block to copy", async () => {
  const log = "0123456789".repeat(900);
  const noise = Array.from({ length: 2500 }, (_, at) => ({
    port: at,
    rule: { name: `allow <!here> ${at}` },
  }));
  const event = { noise, process: { tree: [{ commandLine: log, parent: { pid: 4711 } }] } };
  const card = await report("Huge", { context: { noise }, event });
  await card.menu("Show alert details", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  expect(await dialog.text()).toMatch(/Page 1 of \d+/);
  await dialog.fill("Find a field or a value", "tree[0].commandLine");
  expect(await dialog.submit()).toBe("updated");
  expect(await dialog.text()).toContain("Event 1 of 1 · process.tree[0].commandLine\n0123456789");
  await dialog.press("Open");
  const value = await story.slack.dialogOf("ada", { titled: "Value from #" });
  expect(await value.text()).toContain(log);
  await value.cancel();
  await dialog.fill("Find a field or a value", "port");
  expect(await dialog.submit()).toBe("updated");
  expect(await dialog.text()).toContain("The first 200 matches for “port”.");
  await dialog.press("Next");
  await expect.poll(() => dialog.text()).toContain("noise[20].port");
  await dialog.choose("part", "Context");
  await expect.poll(() => dialog.text()).toMatch(/Page 1 of \d+/);
  await dialog.close();
});

const slowLookup = { method: "users.info", what: { kind: "slow", ms: 1500 } } as const;

test("a slow lookup of the person opens One moment… first, which then becomes the dialog", async () => {
  const card = await report("Slow");
  await story.slack.ask("faults", { faults: [slowLookup] });
  await card.menu("Show alert details", { as: "grace" });
  const dialog = await card.dialog({ as: "grace", early: true });
  expect(await dialog.text()).toContain("One moment…");
  await expect.poll(() => dialog.text(), { timeout: 5000 }).toContain("Severity");
  await dialog.cancel();
});

test("a dialog that a slow lookup delays takes a comment, as any other", async () => {
  const card = await report("Slow, with a comment");
  await story.pass("2 minutes");
  await story.slack.ask("faults", { faults: [slowLookup] });
  await card.choose("Status", "Resolved", { as: "grace", comment: "VPN" });
  await card.expectReply("Grace resolved the alert: VPN");
});

test("Add comment opens a dialog, and the comment is posted in the thread", async () => {
  const card = await report("Commented");
  await card.menu("Add comment", { as: "grace" });
  const dialog = await card.dialog({ as: "grace" });
  await dialog.fill("Comment", "Looks like the pentest <!channel>");
  expect(await dialog.submit()).toBe("closed");
  await card.expectReply("Grace commented: Looks like the pentest <!channel>");
});

test("Assign to me assigns, a cleared picker unassigns, and a cleared Status changes nothing", async () => {
  const card = await report("Cleared");
  await card.menu("Assign to me", { as: "ada" });
  await card.expectReply("Ada took the alert");
  // The thread may tell it before the card shows it.
  await card.expectText("assigned to Ada");
  await card.clear("assign", { as: "grace" });
  await card.expectReply("Grace unassigned the alert from Ada");
  await card.clear("status", { as: "grace" });
  await card.expectShown("Status", "Open", { as: "grace" });
});

test("cancelling a dialog leaves the alert unchanged, and the select shows its status", async () => {
  const card = await report("Cancelled");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await dialog.cancel();
  await card.expectShown("Status", "Open", { as: "ada" });
});

test("an assignee without a Tocsin user is refused, and the picker shows the real value", async () => {
  const card = await report("Not assigned");
  await card.choose("Assign", "eve", { as: "ada" });
  await story.slack.expectPrivately("ada", "no Tocsin user has the email eve@acme.example");
  await card.expectShown("Assign", null, { as: "ada" });
});

test("a read-only user sees the details, and a change is refused with the missing permission", async () => {
  const { id } = story.users.grace;
  const role = (name: string) => story.api("PATCH", `/users/${id}`, { role: name });
  await role("AnalystReadOnly");
  const card = await report("Only looked at");
  await card.menu("Show alert details", { as: "grace" });
  await (await card.dialog({ as: "grace" })).cancel();
  await card.choose("Status", "Triaged", { as: "grace" });
  await story.slack.expectPrivately("grace", "Your role lacks the permission Manage Alerts");
  await card.expectShown("Status", "Open", { as: "grace" });
  await role("Analyst");
});

test("an INFO alert gets the full card", async () => {
  const card = await report("Just so you know", { severity: "INFO" });
  await card.expectText("Informational, no action needed");
});

test("link buttons are filled from the alert, hidden if a field is missing, and change nothing", async () => {
  const linkButtons = [
    { label: "Search in SIEM", url: "https://siem.acme.example/a/{context.user}?from={time}" },
    { label: "Host <!channel>", url: "https://cmdb.acme.example/hosts/{context.host.name}" },
    { label: "Status page", url: "https://status.acme.example/" },
  ];
  const destination = `/destinations/${story.destination.id}`;
  await created(story.api("PATCH", destination, { linkButtons }));
  const buttons = async (of: Awaited<ReturnType<typeof report>>) => {
    const [, links] = (await of.now()).blocks.filter(({ type }) => type === "actions");
    return links && "elements" in links ? links.elements : [];
  };
  const firstEventOccurredAt = "2026-11-24T13:02:00.000Z";
  const context = { user: "/../@evil.example?#", "host.name": "vpn-3" };
  const card = await report("Linked", { context, firstEventOccurredAt });
  expect(await buttons(card)).toMatchObject([
    { url: "https://siem.acme.example/a/%2F..%2F%40evil.example%3F%23?from=2026-11-24T13%3A02%3A00.000Z" },
    { url: "https://cmdb.acme.example/hosts/vpn-3", text: { type: "plain_text", text: "Host <!channel>" } },
    { url: "https://status.acme.example/" },
  ]);
  await card.press("Search in SIEM", { as: "mallory" });
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged");
  expect(await card.replies()).toHaveLength(1);
  const less = await report("Linked less", { context: { user: "..", host: { name: "x".repeat(10_000) } } });
  expect(await buttons(less)).toMatchObject([{ url: "https://status.acme.example/" }]);
});

test("the closing dialog asks for a disposition, and card, thread and API have it", async () => {
  const card = await report("Known scanner");
  await card.choose("Status", "Invalid", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await dialog.fill("Disposition", "True positive");
  await dialog.fill("What did you find?", "It was us");
  expect(await dialog.submit()).toBe("closed");
  await card.expectReply("Ada marked the alert as invalid (True positive): It was us");
  await card.expectText("· True positive · It was us");
  const alert = await alertTitled("Known scanner");
  expect(alert).toMatchObject({ status: "CLOSED", disposition: "TRUE_POSITIVE", duplicateOf: null });
  await created(story.api("PATCH", `/alerts/${alert.id}`, { disposition: "BENIGN" }));
  await card.expectReply("Story changed the disposition from True positive to Benign (expected) activity");
  await card.expectText("· Benign (expected) activity · It was us");
  await card.choose("Status", "Open", { as: "ada" });
  await card.expectReply("Ada reopened the alert");
  expect(await alertTitled("Known scanner")).toMatchObject({ status: "OPEN", disposition: null });
});

test("Invalid preselects False positive", async () => {
  const card = await report("Nothing to it");
  await card.choose("Status", "Invalid", { as: "ada", comment: "A test" });
  await card.expectReply("Ada marked the alert as invalid (False positive): A test");
});

test("Duplicate asks for the number of the other alert, which must exist and be another one", async () => {
  await report("First of two");
  const first = await alertTitled("First of two");
  const card = await report("Second of two");
  const second = await alertTitled("Second of two");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await dialog.fill("What did you find?", "Same host");
  await dialog.fill("Disposition", "Duplicate of another alert");
  await dialog.choose("Disposition", "Duplicate of another alert");
  await expect.poll(() => dialog.text()).toContain("Number of the other alert");
  const enter = async (number: string) => {
    await dialog.fill("Number of the other alert", number);
    return dialog.submit();
  };
  expect(await enter("the first")).toBe("errors");
  expect(await enter("#999999")).toBe("errors");
  expect(await dialog.errors()).toEqual({ "Number of the other alert": "There is no alert #999999." });
  expect(await enter(`${second.number}`)).toBe("errors");
  expect(await enter(`#${first.number}`)).toBe("closed");
  await card.expectReply(`Ada resolved the alert as a duplicate of #${first.number}: Same host`);
  expect(await alertTitled("Second of two")).toMatchObject({ duplicateOf: first.number });
});

test("a dialog that is submitted before its number was asked for asks for it and keeps the comment", async () => {
  const card = await report("Too quick");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await dialog.fill("Disposition", "Duplicate of another alert");
  await dialog.fill("What did you find?", "As before");
  expect(await dialog.submit()).toBe("updated");
  expect(await dialog.text()).toContain("Number of the other alert");
  await dialog.cancel();
});

test("a required disposition binds Slack, also a dialog that was opened before", async () => {
  const card = await report("Must have a reason");
  await card.choose("Status", "Resolved", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await created(story.api("PATCH", "/settings", { dispositionRequired: true }));
  expect(await dialog.submit()).toBe("errors");
  expect(await dialog.errors()).toEqual({
    Disposition: "A disposition is required. Please choose why the alert is closed.",
  });
  await dialog.fill("Disposition", "Other");
  expect(await dialog.submit()).toBe("closed");
  await card.expectReply("Ada resolved the alert (Other)");
  await created(story.api("PATCH", "/settings", { dispositionRequired: false }));
});
