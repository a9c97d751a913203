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
const stands = (as: string, text: string) => expect.poll(() => textOf(as)).toContain(text);

/** Presses a button beside the alert of this number. */
async function press(as: string, number: number, choice: string): Promise<void> {
  const label = `#${number}"`;
  const block = (await blocksOf(as)).find((one) => JSON.stringify(one).includes(label));
  const use = { blockId: block?.block_id ?? "", actionId: `more:${choice}`, picked: null };
  await story.slack.ask("useInHome", { as, use });
}

test("the home tab shows whose turn it is, and an alert is taken there", async () => {
  await open("ada");
  await stands("ada", "Nothing open is assigned to you.");
  await stands("ada", "Every open alert is somebody's.");
  const { card, number, id } = await report("To be taken <!channel>", { context: { ip: "203.0.113.7" } });
  await open("ada");
  await stands("ada", "To be taken <!channel>");
  await press("ada", number, "assign-me");
  await stands("ada", `#${number} is now Open, assigned to you.`);
  await card.expectReply("Ada took the alert");
  expect((await story.api("GET", `/alerts/${id}`)).body.assignee.name).toBe("Ada");
  await press("ada", number, "details");
  expect(await (await story.slack.dialogOf("ada")).text()).toContain("203.0.113.7");
  await card.choose("Status", "Resolved", { as: "grace", comment: "VPN" });
  await card.expectReply("Grace resolved the alert: VPN");
  await open("ada");
  await stands("ada", "Nothing open is assigned to you.");
});

test("two people press at once: the first has it, the second reads who was faster", async () => {
  const { card, number } = await report("Taken twice");
  await open("ada");
  await open("grace");
  await stands("grace", "Taken twice");
  await stands("ada", "Taken twice");
  await press("grace", number, "assign-me");
  await card.expectReply("Grace took the alert");
  await press("ada", number, "assign-me");
  await stands("ada", `You were second on #${number}: Grace took the alert. Nothing was changed.`);
});

test("who has no Tocsin user reads why, and whom to ask, and sees no alert", async () => {
  await report("Not for Mallory");
  await open("mallory");
  await stands("mallory", "No Tocsin user has the email mallory@acme.example; ask your Tocsin administrator");
  expect(await textOf("mallory")).not.toContain("Not for Mallory");
  const { body } = await story.api("GET", "/audit-log?limit=50");
  expect(JSON.stringify(body)).not.toContain("alert.view");
});

test("the home tab shows what Ada has asked and still waits for, and nobody else's", async () => {
  const { card, number } = await report("Odd login", { context: { user: "eve@acme.example" } });
  await open("ada");
  await stands("ada", "You wait for nobody's answer.");
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
  await stands("grace", "You wait for nobody's answer.");
  await question.press("Yes, this was me", { as: "eve" });
  await card.expectReply("Eve Adler answered");
  await open("ada");
  await stands("ada", "You wait for nobody's answer.");
});

test("the messages tab is left alone", async () => {
  await open("eve", "messages");
  await open("eve");
  await stands("eve", "Tocsin doesn't show you any.");
});
