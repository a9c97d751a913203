import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  for (const reply of ["Story assigned the alert", "Ada took the alert", "email mallory@acme.example"])
    story.slack.ignore(reply);
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
const expectAnswer = (text: string, as = "ada") => story.slack.expectPrivately(as, text);
const whispers = (as: string) => story.slack.ask("whispers", { as });

/** Presses a button of the last message that only this person sees. */
async function pressIn(as: string, button: string): Promise<void> {
  const shown = (await whispers(as)).at(-1);
  const block = shown?.blocks.find((one) => JSON.stringify(one).includes(`"action_id":"more:${button}"`));
  const use = { blockId: block?.block_id ?? "", actionId: `more:${button}`, picked: null };
  await story.slack.ask("use", { as, channel: "#security", ts: shown?.ts ?? "", use });
}

test("an empty or unknown command is answered with help", async () => {
  await type("", "mallory");
  await expectAnswer("/tocsin assign 1042 @grace", "mallory");
  await type("reslove 1");
  await expectAnswer("“reslove” is not a command. Did you mean /tocsin resolve?");
  await type("show me");
  await expectAnswer("The alert's number is missing. For example: /tocsin show 1042");
});

test("list filters by status, severity, assignee and words, and says which filters it used", async () => {
  const mine = await report("Listed and mine <!channel>", { severity: "CRITICAL" });
  await report("Listed and nobody's");
  await story.api("PATCH", `/alerts/${mine.id}`, { assignee: "ada@acme.example" });
  await type("list critical mine listed");
  await expectAnswer("1 alert: open or triaged, CRITICAL, yours, with “listed”.");
  await expectAnswer("Listed and mine <!channel>");
  await type("list resolved listed");
  await expectAnswer("No alerts: resolved, with “listed”.");
  await type("list unassigned nobody's");
  await expectAnswer("1 alert: open or triaged, unassigned, with “nobody's”.");
  await pressIn("ada", "assign-me");
  await expectAnswer("is now Open, assigned to you.");
});

test("show sends the alert to the person who asked, with working buttons", async () => {
  const { number } = await report("Shown by number", { context: { ip: "203.0.113.7" } });
  await type(`show #${number}`, "grace");
  await expectAnswer("Shown by number", "grace");
  await pressIn("grace", "details");
  const details = await (await story.slack.dialogOf("grace")).text();
  expect(details).toContain("203.0.113.7");
  // The answer has no card of its own; the times are those of the alert's destination.
  expect(details).toMatch(/\d\d:\d\d CES?T/);
  expect(details).not.toContain("UTC");
  await type("show 999999", "grace");
  await expectAnswer("There is no alert #999999.", "grace");
});

test("assign takes a person with @ or the person who asks, and the thread shows it once", async () => {
  const { number } = await report("Assigned by word");
  const card = await story.slack.channel("#security").expectCard("Assigned by word");
  await type(`assign ${number} @grace`);
  await expectAnswer(`#${number} is now Open, assigned to Grace.`);
  await card.expectReply("Ada assigned the alert to @Grace Hopper");
  await type(`assign ${number}`, "grace");
  await expectAnswer(`#${number} is already Open, assigned to you. Nothing was changed.`, "grace");
  await type(`assign ${number} @eve`);
  await expectAnswer("This person can't be assigned: no Tocsin user has the email eve@acme.example.");
  await type(`assign ${number} nobody`);
  await expectAnswer("Mention one person with @");
});

test("resolve saves the comment, and asks for one if it is required", async () => {
  const { id, number } = await report("Resolved by word");
  const card = await story.slack.channel("#security").expectCard("Resolved by word");
  await type(`resolve ${number} VPN & pentest, says @grace`);
  await expectAnswer(`#${number} is now Resolved, unassigned.`);
  await card.expectReply("Ada resolved the alert: VPN & pentest, says @grace");
  const { body } = await story.api("GET", `/alerts/${id}`);
  expect(body).toMatchObject({ status: "RESOLVED", updatedBy: { name: "Ada" } });
  await created(story.api("PATCH", "/settings", { commentRequired: true }));
  const silent = await report("Not without a word");
  await type(`resolve ${silent.number}`);
  await expectAnswer(
    `A comment is required. Please say what you found. For example: /tocsin resolve ${silent.number} VPN exit`,
  );
  await created(story.api("PATCH", "/settings", { commentRequired: false, dispositionRequired: true }));
  await type(`resolve ${silent.number} VPN exit`);
  await expectAnswer(`For example: /tocsin resolve ${silent.number} as benign VPN exit, confirmed`);
  await type(`resolve ${silent.number} as benign VPN exit`);
  await expectAnswer(`#${silent.number} is now Resolved, unassigned.`);
  await (await story.slack.channel("#security").expectCard("Not without a word")).expectReply(
    "Ada resolved the alert as Benign (expected) activity: VPN exit",
  );
  await created(story.api("PATCH", "/settings", { dispositionRequired: false }));
});

test("a person without a Tocsin user sees and changes nothing, and reads the reason", async () => {
  const { id, number } = await report("Not for Mallory");
  for (const command of ["list", `show ${number}`]) {
    await type(command, "mallory");
    await expectAnswer("You can't see alerts. No Tocsin user has the email", "mallory");
  }
  for (const command of [`assign ${number}`, `resolve ${number}`]) {
    await type(command, "mallory");
    await expectAnswer("You can't change this alert. No Tocsin user has the email", "mallory");
  }
  const seen = JSON.stringify(await whispers("mallory"));
  expect(seen).not.toContain("Not for Mallory");
  const { body } = await story.api("GET", `/alerts/${id}`);
  expect(body).toMatchObject({ status: "OPEN", assignee: null });
});
