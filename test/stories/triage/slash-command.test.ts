import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  for (const told of ["Story assigned the alert", "Ada took the alert", "email mallory@acme.example"])
    story.slack.ignore(told);
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const report = async (title: string, more: object = {}) => {
  await story.send({ title, severity: "HIGH", ...more });
  await story.slack.channel("#security").expectCard(title);
  const { body } = await story.api("GET", `/alerts?q=${encodeURIComponent(title)}`);
  return body.results[0];
};
const type = (text: string, as = "ada") =>
  story.slack.channel("#security").say(`/tocsin ${text}`.trim(), { as });
const told = (text: string, as = "ada") => story.slack.expectPrivately(as, text);
const whispers = (as: string) => story.slack.ask("whispers", { as });

/** Presses a button of what somebody was shown privately last. */
async function pressIn(as: string, button: string): Promise<void> {
  const shown = (await whispers(as)).at(-1);
  const block = shown?.blocks.find((one) => JSON.stringify(one).includes(`"action_id":"more:${button}"`));
  const use = { blockId: block?.block_id ?? "", actionId: `more:${button}`, picked: null };
  await story.slack.ask("use", { as, channel: "#security", ts: shown?.ts ?? "", use });
}

test("without words, and with unknown ones, it says what it understands", async () => {
  await type("", "mallory");
  await told("/tocsin assign 1042 @grace", "mallory");
  await type("reslove 1");
  await told("Tocsin doesn't know “reslove”. Did you mean /tocsin resolve?");
  await type("show me");
  await told("Say which alert, by its number. For instance: /tocsin show 1042");
});

test("a list is narrowed by status, severity, whose it is and words, and says how it was understood", async () => {
  const mine = await report("Listed and mine <!channel>", { severity: "CRITICAL" });
  await report("Listed and nobody's");
  await story.api("PATCH", `/alerts/${mine.id}`, { assignee: "ada@acme.example" });
  await type("list critical mine listed");
  await told("1 alert: open or triaged, CRITICAL, yours, with “listed”.");
  await told("Listed and mine <!channel>");
  await type("list resolved listed");
  await told("No alerts: resolved, with “listed”.");
  await type("list unassigned nobody's");
  await told("1 alert: open or triaged, unassigned, with “nobody's”.");
  await pressIn("ada", "assign-me");
  await told("is now Open, assigned to you.");
});

test("an alert is shown to whoever asks for it, and its buttons work", async () => {
  const { number } = await report("Shown by number", { context: { ip: "203.0.113.7" } });
  await type(`show #${number}`, "grace");
  await told("Shown by number", "grace");
  await pressIn("grace", "details");
  expect(await (await story.slack.dialogOf("grace")).text()).toContain("203.0.113.7");
  await type("show 999999", "grace");
  await told("There is no alert #999999.", "grace");
});

test("assign names somebody with @, or means whoever asks; the thread tells it once", async () => {
  const { number } = await report("Assigned by word");
  const card = await story.slack.channel("#security").expectCard("Assigned by word");
  await type(`assign ${number} @grace`);
  await told(`#${number} is now Open, assigned to Grace.`);
  await card.expectReply("Ada assigned the alert to Grace");
  await type(`assign ${number}`, "grace");
  await told(`#${number} is Open, assigned to you already. Nothing was changed.`, "grace");
  await type(`assign ${number} @eve`);
  await told("They can't be assigned: no Tocsin user has the email eve@acme.example.");
  await type(`assign ${number} nobody`);
  await told("Name one person with @");
});

test("resolve keeps the comment, and asks for one where one is required", async () => {
  const { id, number } = await report("Resolved by word");
  const card = await story.slack.channel("#security").expectCard("Resolved by word");
  await type(`resolve ${number} VPN & pentest, says @grace`);
  await told(`#${number} is now Resolved, unassigned.`);
  await card.expectReply("Ada resolved the alert: VPN & pentest, says @grace");
  const { body } = await story.api("GET", `/alerts/${id}`);
  expect(body).toMatchObject({ status: "RESOLVED", updatedBy: { name: "Ada" } });
  await created(story.api("PATCH", "/settings", { commentRequired: true }));
  const silent = await report("Not without a word");
  await type(`resolve ${silent.number}`);
  await told(`a comment is required here. For instance: /tocsin resolve ${silent.number} VPN exit`);
  await created(story.api("PATCH", "/settings", { commentRequired: false }));
});

test("who has no Tocsin user sees and changes nothing, and learns why", async () => {
  const { id, number } = await report("Not for Mallory");
  for (const words of ["list", `show ${number}`]) {
    await type(words, "mallory");
    await told("You can't see alerts. No Tocsin user has the email", "mallory");
  }
  for (const words of [`assign ${number}`, `resolve ${number}`]) {
    await type(words, "mallory");
    await told("You can't change this alert. No Tocsin user has the email", "mallory");
  }
  const seen = JSON.stringify(await whispers("mallory"));
  expect(seen).not.toContain("Not for Mallory");
  const { body } = await story.api("GET", `/alerts/${id}`);
  expect(body).toMatchObject({ status: "OPEN", assignee: null });
});
