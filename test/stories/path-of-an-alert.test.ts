import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Story, startStory } from "../tocsin.ts";

describe.each(["http", "socket"] as const)("by %s", (transport) => {
  let story: Story;
  beforeAll(async () => {
    story = await startStory({ transport });
  });
  afterAll(() => story.close());
  afterEach(() => story.slack.expectNothingUnexpected());

  const card = (title: string) => story.slack.channel("#security").expectCard(title);

  test("a report becomes a card, is resolved with a comment in Slack, and stands in the API with its history", async () => {
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
      "Okta reported it first, as HIGH. Routed to Security: severity, type and log types match",
      "Announced in #security for Security",
      "Ada resolved the alert: VPN",
    ]);
  });

  test("assigning in Slack and in the API shows on the card, and mentions only a new assignee", async () => {
    const { body } = await story.send({ title: "New admin in AWS", severity: "CRITICAL" });
    const posted = await card("New admin in AWS");
    await posted.choose("Assign", "grace", { as: "ada" });
    await posted.expectReply("Ada assigned the alert to Grace");
    await posted.expectShown("Assign", "grace", { as: "grace" });
    await story.api("PATCH", `/alerts/${body.results[0].alertId}`, { assignee: "ada@acme.example" });
    await posted.expectReply("Story assigned the alert to Ada");
    await posted.menu("Unassign", { as: "grace" });
    await posted.expectReply("Grace unassigned the alert from Ada");
  });

  test("whoever has no Tocsin user is told which e-mail was looked up, and nothing changes", async () => {
    await story.send({ title: "Refused", severity: "LOW" });
    const posted = await card("Refused");
    await posted.choose("Status", "Triaged", { as: "mallory" });
    await story.slack.expectPrivately("mallory", "No Tocsin user has the e-mail mallory@acme.example");
    await posted.expectShown("Status", "Open", { as: "mallory" });
  });

  test("of two people the second is told what the first did", async () => {
    await story.send({ title: "Two at once", severity: "LOW" });
    const posted = await card("Two at once");
    await posted.choose("Status", "Resolved", { as: "ada" });
    const adas = await posted.dialog({ as: "ada" });
    await posted.choose("Status", "Invalid", { as: "grace", comment: "A test" });
    await posted.expectReply("Grace called the alert invalid: A test");
    await adas.fill("What did you find?", "VPN");
    expect(await adas.submit()).toBe("updated");
    expect(await adas.text()).toContain("VPN");
    expect(await adas.text()).toContain("Grace set");
  });
});
