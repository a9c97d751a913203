import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTeams, textOf } from "../../doubles/teams.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let teams: Awaited<ReturnType<typeof startTeams>>;
let destination: { id: string; hints: object };
const log: string[] = [];
const secret = "sig=of-the-workflow";

beforeAll(async () => {
  teams = await startTeams();
  story = await startStory({
    env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" },
    doubles: { [teams.host]: teams.origin },
    log: (entry) => log.push(entry),
  });
  destination = await created(story.api("POST", "/destinations", wish()));
});
beforeEach(() => {
  teams.turnOn();
  teams.cards.length = 0;
});
afterAll(async () => {
  // Teams posts a card that it can't read nowhere, and says nothing.
  expect(teams.lost).toEqual([]);
  expect(log.join()).not.toContain(secret);
  await story.close();
  await teams.close();
});

const wish = () => ({
  type: "teams",
  displayName: "SOC in Teams",
  webhookUrl: teams.url,
  changes: true,
  severities: ["LOW", "MEDIUM", "HIGH", "CRITICAL"],
  alertTypes: ["RULE", "SYSTEM_ERROR"],
  logTypes: ["Teams"],
  timezone: "Europe/Berlin",
});
const openAlert = async (title: string, more: object = {}): Promise<string> => {
  const { body } = await story.send({ title, severity: "HIGH", logTypes: ["Teams"], ...more });
  return body.results[0].alertId;
};
const change = (id: string, body: object) => created(story.api("PATCH", `/alerts/${id}`, body));
const expectCards = () => expect.poll(() => teams.cards.map(textOf), { timeout: 10_000 });
const stateOf = async () => (await story.api("GET", `/destinations/${destination.id}`)).body.state;

test("an alert is a card with its facts, and each change of status a short one", async () => {
  const alertId = await openAlert("Impossible travel", {
    description: "Two sign-ins\n\n900 km apart",
    runbook: "https://wiki.acme.example/travel",
    detection: { id: "Okta.Travel", name: "Okta travel" },
  });
  await expectCards().toHaveLength(1);
  const [card] = teams.cards;
  expect(textOf(card)).toMatch(
    /^🔴 HIGH Impossible travel\n#\d+ · Rule · Okta travel · Teams · .+\nTwo sign-ins\n900 km apart\nOpen · unassigned\nView in Tocsin\nRunbook$/,
  );
  await change(alertId, { comment: "No card for a comment" });
  await change(alertId, { status: "RESOLVED", comment: "A VPN" });
  await expectCards().toHaveLength(2);
  expect(textOf(teams.cards[1])).toMatch(
    /^✅ Resolved: Impossible travel \(#\d+\)\nStory resolved the alert: A VPN · .+\nView in Tocsin$/,
  );
});

test("text from outside is drawn as it is, and a huge alert fits", async () => {
  const markdown = "[Sign in](https://evil.example) **now**";
  await openAlert(markdown, { description: "😈\u202e".repeat(9000), runbook: "é".repeat(9000) });
  await expectCards().toHaveLength(1);
  const [card] = teams.cards;
  expect(textOf(card)).toContain(`HIGH ${markdown}`);
  expect(JSON.stringify(card)).not.toContain(`"TextBlock"`);
  expect(JSON.stringify(card)).not.toContain("\u202e");
});

test("a busy workflow is asked again when it says", async () => {
  teams.set("busy", 1);
  await openAlert("Later");
  await story.pass("8 seconds");
  await expectCards().toHaveLength(1);
});

test.each([
  ["off", "workflow_off", /turned off.*second owner/],
  ["deleted", "http_404", /deleted.*Create a workflow/],
  ["signed-in only", "http_401", /let anyone trigger it/],
] as const)("a workflow that is %s holds alerts and says what to do", async (state, fault, remedy) => {
  teams.set(state);
  await openAlert(`Held: ${state}`);
  await expect
    .poll(stateOf)
    .toMatchObject({ kind: "needs_attention", fault, remedy: expect.stringMatching(remedy) });
  teams.turnOn();
  await created(story.api("PATCH", `/destinations/${destination.id}`, { webhookUrl: teams.url }));
  await expectCards().toHaveLength(1);
  await expect.poll(stateOf).toEqual({ kind: "ok" });
});

test("an alert that is closed while it waits is posted once, as resolved", async () => {
  teams.set("busy", 1);
  const alertId = await openAlert("Closed on its way");
  await change(alertId, { status: "RESOLVED" });
  await story.pass("8 seconds");
  await expectCards().toEqual([expect.stringMatching(/^✅ Resolved: Closed on its way/)]);
});

test("a fault of the Slack app is posted, and a test card can be sent", async () => {
  expect((await story.api("POST", `/destinations/${destination.id}/welcome`)).status).toBe(204);
  await expectCards().toEqual([expect.stringContaining("Test event from Tocsin")]);
  await created(story.api("PATCH", `/destinations/${destination.id}`, { logTypes: [] }));
  await story.slack.ask("setApp", { state: "token_revoked" });
  await story.pass("1 minute");
  await expectCards().toContainEqual(expect.stringContaining("Alerts can't go out to Slack"));
  await story.slack.ask("setApp", { state: "installed" });
});

test("the URL is never returned, and that of a retired Connector is refused", async () => {
  expect(destination.hints).toEqual({ webhookUrl: `https://${teams.host}/…` });
  const answers = await Promise.all(["/destinations", "/audit-log"].map((path) => story.api("GET", path)));
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(secret);
  const other = { ...wish(), displayName: "Old", webhookUrl: "https://acme.webhook.office.com/webhookb2/1" };
  expect(await story.api("POST", "/destinations", other)).toMatchObject({
    status: 400,
    body: { errors: [{ field: "webhookUrl", detail: expect.stringContaining("Create a workflow") }] },
  });
  const inside = { ...wish(), displayName: "Inside", webhookUrl: "https://169.254.169.254/latest" };
  expect(await story.api("POST", "/destinations", inside)).toMatchObject({
    status: 400,
    body: { errors: [{ field: "webhookUrl", detail: expect.stringContaining("private address") }] },
  });
});
