import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const report = async (title: string, more: object = {}) => {
  await story.send({ title, severity: "HIGH", ...more });
  const card = await story.slack.channel("#security").expectCard(title);
  const { body } = await story.api("GET", `/alerts?q=${encodeURIComponent(title)}`);
  return { card, ...body.results[0] };
};
const open = (as: string, tab: "home" | "messages" = "home") => story.slack.ask("openHome", { as, tab });
const blocksOf = async (as: string) => (await story.slack.ask("home", { as })).blocks ?? [];
const textOf = async (as: string) =>
  JSON.stringify((await blocksOf(as)).map((block) => ({ ...block, block_id: "" })));
const expectHome = (as: string, text: string) => expect.poll(() => textOf(as)).toContain(text);

/** Presses a button beside the alert of this number. */
async function press(as: string, number: number, choice: string): Promise<void> {
  const label = `#${number}"`;
  const block = (await blocksOf(as)).find((one) => JSON.stringify(one).includes(label));
  const use = { blockId: block?.block_id ?? "", actionId: `more:${choice}`, picked: null };
  await story.slack.ask("useInHome", { as, use });
}

test("the App Home lists assigned and unassigned alerts, and an alert can be taken there", async () => {
  await open("ada");
  await expectHome("ada", "No open alerts are assigned to you.");
  await expectHome("ada", "No open alerts are unassigned.");
  const { card, number, id } = await report("To be taken <!channel>", { context: { ip: "203.0.113.7" } });
  await open("ada");
  await expectHome("ada", "To be taken <!channel>");
  await press("ada", number, "assign-me");
  await expectHome("ada", `#${number} is now Open, assigned to you.`);
  await card.expectReply("Ada took the alert");
  expect((await story.api("GET", `/alerts/${id}`)).body.assignee.name).toBe("Ada");
  await press("ada", number, "details");
  expect(await (await story.slack.dialogOf("ada")).text()).toContain("203.0.113.7");
  await card.choose("Status", "Resolved", { as: "grace", comment: "VPN" });
  await card.expectReply("Grace resolved the alert: VPN");
  await open("ada");
  await expectHome("ada", "No open alerts are assigned to you.");
});

test("the second of two people who take an alert in the App Home is told who was first", async () => {
  const { card, number } = await report("Taken twice");
  await open("ada");
  await open("grace");
  await expectHome("grace", "Taken twice");
  await expectHome("ada", "Taken twice");
  await press("grace", number, "assign-me");
  await card.expectReply("Grace took the alert");
  await press("ada", number, "assign-me");
  await expectHome(
    "ada",
    `#${number} was changed in the meantime: Grace took the alert. Your change was not made.`,
  );
});

test("a person without a Tocsin user sees no alerts, but the reason and whom to ask", async () => {
  await report("Not for Mallory");
  await open("mallory");
  await expectHome(
    "mallory",
    "No Tocsin user has the email mallory@acme.example; ask your Tocsin administrator",
  );
  expect(await textOf("mallory")).not.toContain("Not for Mallory");
  const { body } = await story.api("GET", "/audit-log?limit=50");
  expect(JSON.stringify(body)).not.toContain("alert.view");
});

test("the App Home shows only the person's own open Boomerangs", async () => {
  const { card, number } = await report("Odd login", { context: { user: "eve@acme.example" } });
  await open("ada");
  await expectHome("ada", "No open Boomerangs.");
  await card.press("🪃 Boomerang", { as: "ada" });
  await (await story.slack.dialogOf("ada", { titled: "Boomerang" })).submit();
  await (await story.slack.dialogOf("ada", { titled: "Preview" })).submit();
  await card.expectReply("Ada asked Eve Adler");
  const question = await story.slack.channel("@eve").expectMessage("Odd login. Was this you?");
  await expect
    .poll(async () => {
      await open("ada");
      return textOf("ada");
    })
    .toContain(`#${number} Odd login · Eve Adler: no answer yet · open until`);
  await open("grace");
  await expectHome("grace", "No open Boomerangs.");
  await question.press("Yes, this was me", { as: "eve" });
  await card.expectReply("Eve Adler answered");
  const { results } = (await story.api("GET", "/audit-log?limit=2")).body;
  const teamId = expect.stringMatching(/^T/);
  expect(results).toMatchObject([
    {
      action: "boomerang.answer",
      slack: { userId: story.slack.users.eve.id, teamId },
      target: { name: `#${number} Odd login` },
      changes: { answer: { to: "yes" } },
    },
    {
      action: "boomerang.ask",
      actor: { name: "Ada" },
      slack: { userId: story.slack.users.ada.id, teamId },
      target: { name: `#${number} Odd login` },
      data: { to: ["Eve Adler"] },
    },
  ]);
  await open("ada");
  await expectHome("ada", "No open Boomerangs.");
});

test("opening the messages tab does not draw the App Home", async () => {
  await open("eve", "messages");
  await open("eve");
  await expectHome("eve", "You can't see alerts.");
});
