import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

/** HTTP in an organisation is in `organisation.test.ts`. */
const connections = [
  ["HTTP", {}],
  ["Socket Mode", { transport: "socket" }],
  ["Socket Mode, installed for an organisation", { transport: "socket", organisation: "org-wide" }],
] as const;

describe.each(connections)("over %s", (_, options) => {
  let story: Story;
  beforeAll(async () => {
    story = await startStory(options);
  });
  afterAll(() => story.close());
  afterEach(() => story.slack.expectNothingUnexpected());

  const card = (title: string) => story.slack.channel("#security").expectCard(title);

  test("a report becomes a card that is resolved in Slack, and the API shows its history", async () => {
    const { body } = await story.send({ title: "Impossible travel", severity: "HIGH" });
    expect(body.results).toMatchObject([{ index: 0, outcome: "opened" }]);
    const posted = await card("Impossible travel");
    await posted.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
    await posted.expectText("Resolved: Impossible travel");
    await posted.expectReply("Ada resolved the alert: VPN");

    const { body: alert } = await story.api("GET", `/alerts/${body.results[0].number}`);
    expect(alert).toMatchObject({
      status: "RESOLVED",
      version: 2,
      deliveries: [{ state: "sent", attempts: 1 }],
    });
    const { body: history } = await story.api("GET", `/alerts/${alert.id}/history`);
    expect(history.results.map((entry: { sentence: string }) => entry.sentence)).toEqual([
      "Reported by Okta (High). Routed to Security because severity, type and log types match.",
      "Posted to #security (Security)",
      "Ada resolved the alert: VPN",
    ]);
  });

  test("an assignment from Slack or the API shows on the card and mentions only the new assignee", async () => {
    const { body } = await story.send({ title: "New admin in AWS", severity: "CRITICAL" });
    const posted = await card("New admin in AWS");
    await posted.choose("Assign", "grace", { as: "ada" });
    await posted.expectReply("Ada assigned the alert to @Grace Hopper");
    await posted.expectShown("Assign", "grace", { as: "grace" });
    await story.api("PATCH", `/alerts/${body.results[0].alertId}`, { assignee: "ada@acme.example" });
    await posted.expectReply("Story assigned the alert to @Ada Lovelace");
    await posted.expectText("assigned to Ada");
    await posted.menu("Unassign", { as: "grace" });
    await posted.expectReply("Grace unassigned the alert from Ada");
  });

  test("details, comments, commands and the App Home work", async () => {
    const context = { actor: { email: "eve@acme.example" } };
    const { body } = await story.send({ title: "All ways", severity: "HIGH", context });
    const { number } = body.results[0];
    const posted = await card("All ways");
    await posted.menu("Show alert details", { as: "grace" });
    const details = await posted.dialog({ as: "grace" });
    await details.fill("Find a field or a value", "actor.email");
    expect(await details.submit()).toBe("updated");
    await details.press("Open");
    const value = await story.slack.dialogOf("grace", { titled: "Value from #" });
    expect(await value.text()).toContain("Context · actor.email\neve@acme.example");
    await value.close();
    await posted.menu("Add comment", { as: "ada" });
    const comment = await posted.dialog({ as: "ada" });
    await comment.fill("Comment", "Looking into it");
    expect(await comment.submit()).toBe("closed");
    await posted.expectReply("Ada commented: Looking into it");
    const type = (text: string) => story.slack.channel("#security").say(`/tocsin ${text}`, { as: "ada" });
    await type(`assign ${number}`);
    await story.slack.expectPrivately("ada", `#${number} is now Open, assigned to you.`);
    await posted.expectReply("Ada took the alert");
    await type("list mine");
    await story.slack.expectPrivately("ada", "1 alert: open or triaged, yours.");
    await story.slack.ask("openHome", { as: "ada", tab: "home" });
    const home = async () => JSON.stringify(await story.slack.ask("home", { as: "ada" }));
    await expect.poll(home).toContain("All ways");
  });

  test("a click by a person without a Tocsin user changes nothing and names the email looked up", async () => {
    await story.send({ title: "Refused", severity: "LOW" });
    const posted = await card("Refused");
    await posted.choose("Status", "Triaged", { as: "mallory" });
    await story.slack.expectPrivately("mallory", "No Tocsin user has the email mallory@acme.example");
    await posted.expectShown("Status", "Open", { as: "mallory" });
  });

  test("the second of two people who close an alert is told what the first did", async () => {
    await story.send({ title: "Two at once", severity: "LOW" });
    const posted = await card("Two at once");
    await posted.choose("Status", "Resolved", { as: "ada" });
    const adasDialog = await posted.dialog({ as: "ada" });
    await posted.choose("Status", "Invalid", { as: "grace", comment: "A test" });
    await posted.expectReply("Grace marked the alert as invalid (False positive): A test");
    await adasDialog.fill("What did you find?", "VPN");
    expect(await adasDialog.submit()).toBe("updated");
    expect(await adasDialog.text()).toContain("VPN");
    expect(await adasDialog.text()).toContain("Grace set");
  });
});
