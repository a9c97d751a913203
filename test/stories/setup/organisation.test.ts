import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ organisation: "org-wide" });
});
afterAll(() => story.close());

const europe = {
  type: "slack-bot",
  displayName: "Europe",
  channel: "C0SECEUROPE",
  severities: ["LOW"],
  alertTypes: ["RULE"],
  logTypes: ["Europe"],
  timezone: "Europe/Berlin",
};

test("one installation for an organisation serves channels of each workspace by their ids", async () => {
  const byName = await story.api("POST", "/destinations", { ...europe, channel: "#security-eu" });
  expect(byName).toMatchObject({ status: 400, body: { errors: [{ field: "channel" }] } });
  expect(byName.body.errors[0].detail).toMatch(/channel's ID/);
  expect(await created(story.api("POST", "/destinations", europe))).toMatchObject({ state: { kind: "ok" } });
  const { installations } = (await story.api("GET", "/slack/app")).body;
  expect(installations).toMatchObject([{ team: null, enterprise: { id: "E0ACME0001" }, trusted: true }]);
});

test("an alert can be triaged in each workspace although Slack names no team", async () => {
  await story.send({ title: "At home", severity: "HIGH" });
  const home = await story.slack.channel("#security").expectCard("At home");
  await home.choose("Status", "Triaged", { as: "ada" });
  await home.expectReply("Ada triaged the alert");
  await story.send({ title: "Abroad", severity: "LOW", logTypes: ["Europe"] });
  const there = await story.slack.in("ACME Europe");
  const abroad = await there.channel("#security-eu").expectCard("Abroad");
  await abroad.choose("Assign to…", "grace", { as: "ada" });
  await abroad.expectReply("Ada assigned the alert to @Grace Hopper");
  await abroad.choose("Status", "Resolved", { as: "grace", comment: "VPN" });
  await abroad.expectReply("Grace resolved the alert: VPN");
});

test("comment, shortcut, command, answer and App Home work in each workspace over HTTP", async () => {
  const context = { actor: { email: "eve@acme.example" } };
  const { body } = await story.send({ title: "All ways", severity: "LOW", logTypes: ["Europe"], context });
  const { number, alertId } = body.results[0];
  const there = await story.slack.in("ACME Europe");
  const channel = there.channel("#security-eu");
  const card = await channel.expectCard("All ways");

  await card.press("🪃 Boomerang", { as: "ada" });
  await (await there.dialogOf("ada", { titled: "Boomerang" })).submit();
  await (await there.dialogOf("ada", { titled: "Preview" })).submit();
  const asked = await story.slack.channel("@eve").expectMessage("All ways. Was this you?");
  await asked.press("Yes, this was me", { as: "eve" });

  await card.menu("Add comment", { as: "grace" });
  const comment = await card.dialog({ as: "grace" });
  await comment.fill("Comment", "Looking into it");
  expect(await comment.submit()).toBe("closed");
  await channel.say("I was in Lisbon", { as: "eve", thread: card.ts });
  const thread = await there.ask("messages", { channel: card.channel, thread: card.ts });
  const ts = thread.find(({ text }) => text.includes("Lisbon"))?.ts ?? "";
  await there.ask("useShortcut", { as: "ada", channel: card.channel, ts, callbackId: "add_to_alert" });
  await there.expectPrivately("ada", `Added as a comment to #${number}.`);
  await channel.say(`/tocsin assign ${number}`, { as: "ada" });
  await there.expectPrivately("ada", `#${number} is now Open, assigned to you.`);
  await there.ask("openHome", { as: "ada", tab: "home" });
  const home = async () => JSON.stringify(await there.ask("home", { as: "ada" }));
  await expect.poll(home).toContain("All ways");

  await card.expectReply("Ada took the alert");
  const { results } = (await story.api("GET", `/alerts/${alertId}/history`)).body;
  const sentences = results.map(({ sentence }: { sentence: string }) => sentence).join("\n");
  expect(sentences).toContain("Ada asked Eve Adler");
  expect(sentences).toContain("Eve Adler answered: Yes, this was me");
  expect(sentences).toContain("Grace commented: Looking into it");
  expect(sentences).toContain("Ada commented: Eve Adler (not a Tocsin user) wrote: I was in Lisbon");
});

test("a person whose Slack id begins with W is recognised by email", async () => {
  await story.api("POST", "/users", { email: "wanda@acme.example", name: "Wanda", role: "Analyst" });
  await story.slack.ask("setUser", { name: "wanda", id: "W0WANDA001", email: "wanda@acme.example" });
  await story.send({ title: "For Wanda", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("For Wanda");
  await card.choose("Status", "Triaged", { as: "wanda" });
  await card.expectReply("Wanda triaged the alert");
});

test("a click in an untrusted organisation is refused with a reason until an admin trusts it", async () => {
  const { installations } = (await story.api("GET", "/slack/app")).body;
  const trust = (trusted: boolean) =>
    created(story.api("PATCH", `/slack/installations/${installations[0].id}`, { trusted }));
  await trust(false);
  await story.send({ title: "Whose word", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("Whose word");
  await card.choose("Status", "Triaged", { as: "ada" });
  await story.slack.expectPrivately("ada", "No Tocsin administrator has trusted this workspace yet");
  await trust(true);
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
  const { results } = (await story.api("GET", "/audit-log?limit=50")).body;
  expect(results.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(["slack_app.trusted", "slack_app.distrusted"]),
  );
});

test("no call with the organisation's token is refused for a missing workspace", async () => {
  const refused = await story.slack.ask("log", { direction: "app to Slack", contains: "team" });
  expect(refused.filter(({ answer }) => /missing_argument|team_not_found/.test(answer))).toEqual([]);
});
