import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ pace: { slackLookup: 0.2 } });
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const report = async (title: string) => {
  await story.send({ title, severity: "HIGH" });
  return story.slack.channel("#security").expectCard(title);
};

/** What Tocsin has read about a person in Slack is valid for a minute. */
const aMinuteLater = () => story.pass("61 seconds");

const countLookups = async () =>
  (await story.slack.ask("log", { direction: "app to Slack", contains: "users.info" })).length;

test("a changed email counts once the last lookup is a minute old", async () => {
  const card = await report("Changed email");
  await card.choose("Status", "Triaged", { as: "grace" });
  await card.expectReply("Grace triaged the alert");
  const before = await countLookups();
  await story.slack.setUser({ name: "grace", email: "grace.hopper@acme.example" });
  await card.menu("Assign to me", { as: "grace" });
  await card.expectReply("Grace took the alert");
  expect(await countLookups()).toBe(before);
  await aMinuteLater();
  await card.choose("Status", "Open", { as: "grace" });
  await story.slack.expectPrivately("grace", "No Tocsin user has the email grace.hopper@acme.example");
  await card.expectShown("Status", "Triaged", { as: "grace" });
  await story.api("PATCH", `/users/${story.users.grace.id}`, { email: "Grace.Hopper@ACME.example" });
  await card.choose("Status", "Open", { as: "grace" });
  await card.expectReply("Grace set the alert back to Open");
});

describe("a person with Ada's email who is not a full member can neither act nor be assigned", () => {
  test.each([
    ["guest", { isRestricted: true }, "Guests of this workspace can't act on alerts", "guests"],
    // A person of another company who shares a channel.
    [
      "partner",
      { teamId: "T0PARTNER1", isStranger: false },
      "You belong to another workspace",
      "they belong",
    ],
    [
      "newcomer",
      { isEmailConfirmed: false },
      "You haven't confirmed ada@acme.example in Slack",
      "they haven't",
    ],
    ["leaver", { deleted: true }, "This is not an active person's account", "this is not"],
  ] as const)("a %s", async (name, facts, why, theirs) => {
    await story.slack.setUser({ name, email: "ada@acme.example", ...facts });
    const card = await report(`For a ${name}`);
    await card.choose("Status", "Triaged", { as: name });
    await story.slack.expectPrivately(name, `You can't change this alert. ${why}`);
    await card.choose("Assign", name, { as: "ada" });
    await story.slack.expectPrivately("ada", `This person can't be assigned: ${theirs}`);
    await card.expectShown("Status", "Open", { as: "ada" });
    await card.expectShown("Assign", null, { as: "ada" });
  });
});

test("a custom role lets one act in Slack with View Alerts and Manage Alerts, and with no less", async () => {
  const role = await created(
    story.api("POST", "/roles", { name: "First line", permissions: ["View Alerts", "Manage Alerts"] }),
  );
  const user = { email: "first.line@acme.example", name: "First Line", role: "First line" };
  await created(story.api("POST", "/users", user));
  await story.slack.setUser({ name: "firstline", email: user.email });
  const card = await report("Custom role");
  await card.choose("Status", "Triaged", { as: "firstline" });
  await card.expectReply("First Line triaged the alert");
  for (const lost of ["Manage Alerts", "View Alerts"]) {
    const permissions = ["View Alerts", "Manage Alerts"].filter((one) => one !== lost);
    await created(story.api("PATCH", `/roles/${role.id}`, { permissions }));
    await card.choose("Status", "Open", { as: "firstline" });
    await story.slack.expectPrivately("firstline", `Your role lacks the permission ${lost}`);
  }
});

test("a user shows who has their email in Slack, until the email is changed", async () => {
  const add = (email: string, name: string) =>
    created(story.api("POST", "/users", { email, name, role: "Analyst" }));
  await story.slack.setUser({ name: "matilda", email: "matilda@acme.example" });
  await story.slack.setUser({ name: "visitor2", email: "visitor2@acme.example", isRestricted: true });
  await story.slack.setUser({ name: "unsure", email: "unsure@acme.example", isEmailConfirmed: false });
  const matchOf = async ({ id }: { id: string }) =>
    (await story.api("GET", `/users/${id}`)).body.slackMatches;
  const matilda = await add("Matilda@ACME.example", "Matilda");
  expect(matilda.slackMatches).toMatchObject([{ state: "unknown", name: null }]);
  const others = [
    [
      await add("visitor2@acme.example", "Visitor"),
      { state: "refused", why: expect.stringContaining("guests") },
    ],
    [
      await add("unsure@acme.example", "Unsure"),
      { state: "refused", why: expect.stringContaining("confirmed") },
    ],
    [await add("nobody@acme.example", "Nobody"), { state: "none", name: null, why: null }],
  ] as const;
  const late = { timeout: 15_000 };
  await expect
    .poll(() => matchOf(matilda), late)
    .toMatchObject([{ state: "matches", name: "matilda", workspace: expect.any(String) }]);
  for (const [user, match] of others) await expect.poll(() => matchOf(user), late).toMatchObject([match]);
  const moved = await created(story.api("PATCH", `/users/${matilda.id}`, { email: "tilda@acme.example" }));
  expect(moved.slackMatches).toMatchObject([{ state: "unknown", slackUserId: null }]);
  await expect.poll(() => matchOf(matilda), late).toMatchObject([{ state: "none" }]);
  // The address in Slack is changed, too: somebody has it looked up again, or it is a day later.
  await story.slack.setUser({ name: "matilda", email: "tilda@acme.example" });
  await created(story.api("POST", `/users/${matilda.id}/slack-lookup`));
  await expect.poll(() => matchOf(matilda), late).toMatchObject([{ state: "matches" }]);
  await story.slack.setUser({ name: "matilda", email: "t@acme.example" });
  await story.pass("25 hours");
  await expect.poll(() => matchOf(matilda), late).toMatchObject([{ state: "none" }]);
  const countMatching = async () =>
    (await story.slack.ask("log", { direction: "app to Slack", contains: "users.lookupByEmail" })).length;
  const due = () => story.api("GET", "/users?limit=50").then(({ body }) => JSON.stringify(body));
  await expect.poll(due, late).not.toContain('"state":"unknown"');
  const before = await countMatching();
  await story.pass("20 hours");
  await story.tocsin.idle();
  expect(await countMatching()).toBe(before);
});

test("a disabled Tocsin user can't act in Slack", async () => {
  const { id } = await created(
    story.api("POST", "/users", { email: "mallory@acme.example", name: "Mallory", role: "Analyst" }),
  );
  const card = await report("Disabled");
  await card.choose("Status", "Triaged", { as: "mallory" });
  await card.expectReply("Mallory triaged the alert");
  await story.api("PATCH", `/users/${id}`, { enabled: false });
  await card.choose("Status", "Open", { as: "mallory" });
  await story.slack.expectPrivately("mallory", "The Tocsin user mallory@acme.example is disabled");
});

test("an admin links a Slack user with another email to a Tocsin user, and the audit log has it", async () => {
  const eve = story.slack.users.eve.id;
  const { id } = await created(
    story.api("POST", "/users", { email: "adler@elsewhere.example", name: "Eve Adler", role: "Analyst" }),
  );
  const card = await report("Linked");
  await card.choose("Status", "Triaged", { as: "eve" });
  await story.slack.expectPrivately("eve", "No Tocsin user has the email eve@acme.example");
  const linked = await created(story.api("PUT", `/users/${id}/slack-users/${eve}`, {}));
  expect(linked.slackUsers).toMatchObject([{ slackUserId: eve, name: "Eve Adler" }]);
  await card.choose("Status", "Triaged", { as: "eve" });
  await card.expectReply("Eve Adler triaged the alert");
  await card.choose("Assign", "eve", { as: "ada" });
  await card.expectReply("Ada assigned the alert to @Eve Adler");
  await card.expectShown("Assign", "eve", { as: "ada" });
  await created(story.api("DELETE", `/users/${id}/slack-users/${eve}`));
  await story.slack.setUser({ name: "eve", email: "e.adler@acme.example" });
  await aMinuteLater();
  await card.choose("Status", "Open", { as: "eve" });
  await story.slack.expectPrivately("eve", "No Tocsin user has the email e.adler@acme.example");
  const { results } = (await story.api("GET", "/audit-log?limit=50")).body;
  const target = { type: "user", id, name: "Eve Adler" };
  expect(results).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: "user.tied_to_slack", target }),
      expect.objectContaining({ action: "user.untied_from_slack", target }),
    ]),
  );
});

test("a linked user can't act as another Slack user, and only full members can be linked", async () => {
  const { ada } = story.users;
  const put = (slackUserId: string) => story.api("PUT", `/users/${ada.id}/slack-users/${slackUserId}`, {});
  await story.slack.setUser({ name: "visitor", id: "U0VISITOR1", isRestricted: true });
  expect(await put("U0VISITOR1")).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching(/is a guest/) },
  });
  expect(await put("U0NOBODY01")).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching(/nobody/) },
  });
  expect((await put("@ada")).body.errors[0].detail).toMatch(/begin with U or W/);
  await story.slack.setUser({ name: "second", id: "U0ADA00002", email: "second@acme.example" });
  // Nothing was known of this person before.
  expect((await created(put("U0ADA00002"))).slackUsers).toMatchObject([
    { slackUserId: "U0ADA00002", name: "second" },
  ]);
  const card = await report("Two of them");
  await card.choose("Status", "Triaged", { as: "ada" });
  await story.slack.expectPrivately(
    "ada",
    "The Tocsin user ada@acme.example is linked to another Slack user",
  );
  await card.choose("Status", "Triaged", { as: "second" });
  await card.expectReply("Ada triaged the alert");
  await created(story.api("DELETE", `/users/${ada.id}/slack-users/U0ADA00002`));
});

test("refused sign-ins are summed up in the audit log once the attack is over", async () => {
  const guess = () =>
    fetch(`${story.origin}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "nobody@acme.example", password: "guess" }),
    });
  for (let n = 0; n < 14; n++) await guess();
  await story.pass("11 minutes");
  await story.tocsin.idle();
  const { results } = (await story.api("GET", "/audit-log?limit=50")).body;
  const actions = results.map(({ action, data }: { action: string; data: object }) => [action, data]);
  expect(actions[0]).toEqual(["session.sign_ins_refused", expect.objectContaining({ further: 4 })]);
});
