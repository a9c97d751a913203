import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const card = (title: string) => story.slack.channel("#security").expectCard(title);
const eves = () => story.slack.channel("@eve");

/** Ada asks Eve, and sees exactly what Eve will see before she sends it. */
async function adaAsks(title: string, how: { question: string; answers?: string }) {
  const { body } = await story.send({
    title,
    severity: "HIGH",
    context: { actor: { email: "eve@acme.example" } },
  });
  const posted = await card(title);
  await posted.press("🪃 Boomerang", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Boomerang" });
  await form.fill("Message", how.question);
  if (how.answers) await form.fill("How can they answer?", how.answers);
  expect(await form.submit()).toBe("pushed");
  const preview = await story.slack.dialogOf("ada", { titled: "Preview" });
  const seen = await preview.text();
  await preview.submit();
  await posted.expectReply("Ada asked Eve Adler");
  return { posted, preview: seen, id: body.results[0].number };
}

test("the person in the alert is suggested, asked by direct message, and their Yes comes back to the thread", async () => {
  const { posted, preview } = await adaAsks("Impossible travel", {
    question: "At {time} you signed in. Was this you? {title}",
  });
  const asked = await eves().expectMessage("Was this you? Impossible travel");
  for (const line of [
    "Ada from Security asks about something on your account",
    "Please answer by",
    "Yes, this was me",
    "No, this wasn't me",
    "Why am I asked?",
  ]) {
    expect(preview).toContain(line);
    await asked.expectText(line);
  }
  await asked.press("Yes, this was me", { as: "eve" });
  await asked.expectText("Thank you. You answered at");
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  expect(await asked.text()).not.toContain("Why am I asked?");
});

test("a No mentions whoever asked, with the reason that was asked for", async () => {
  const { posted } = await adaAsks("New admin", {
    question: "Did you do this?",
    answers: "Yes or No, with a reason",
  });
  const asked = await eves().expectMessage("Did you do this?");
  await asked.press("No, this wasn't me", { as: "eve" });
  const why = await story.slack.dialogOf("eve", { titled: "Your answer" });
  await why.fill("No, this wasn't me, because…", "I was on a plane");
  await why.submit();
  await posted.expectReply("Eve Adler answered: No, this wasn't me: I was on a plane");
  expect((await posted.replies()).join("\n")).toMatch(/on a plane @?.*ada/i);
});

test("only Eve can answer what Eve was asked, and only once", async () => {
  const { posted } = await adaAsks("Odd login", { question: "Was it you?", answers: "In their own words" });
  const asked = await eves().expectMessage("Was it you?");
  await asked.press("Answer", { as: "eve" });
  const words = await story.slack.dialogOf("eve", { titled: "Your answer" });
  await words.fill("Your answer", "Yes, from the <!channel> train");
  await words.submit();
  await posted.expectReply("Eve Adler answered: Yes, from the <!channel> train");
  await asked.expectText("There is nothing else to do");
});

test("whoever can't be reached is named before anything is sent", async () => {
  await story.slack.setUser({
    name: "frank",
    realName: "Frank",
    email: "frank@acme.example",
    deleted: true,
  });
  await story.send({ title: "Left behind", severity: "LOW" });
  const posted = await card("Left behind");
  await posted.press("🪃 Boomerang", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Boomerang" });
  expect(await form.submit()).toBe("errors");
  expect(await form.errors()).toMatchObject({ People: expect.stringMatching(/Choose up to five/) });
  await form.fill("People", ["frank"]);
  expect(await form.submit()).toBe("errors");
  expect(await form.errors()).toEqual({
    People: "frank can't be asked: their Slack account is deactivated.",
  });
  await form.cancel();
});

test("time that runs out reminds once and then tells the thread", async () => {
  const { posted } = await adaAsks("Slow answer", { question: "Still there?" });
  const asked = await eves().expectMessage("Still there?");
  await story.pass("2 hours");
  await posted.expectReply("Eve Adler was reminded of the question");
  await asked.expectReply("Reminder: Ada is waiting for your answer");
  await story.pass("2 hours");
  await posted.expectReply("No answer from Eve Adler in time");
  await asked.expectText("The time to answer is over");
});

test("an alert that is closed leaves the question open, and says so", async () => {
  const { posted } = await adaAsks("Closed early", { question: "Was that you yesterday?" });
  const asked = await eves().expectMessage("Was that you yesterday?");
  await posted.choose("Status", "Resolved", { as: "grace", comment: "Fine" });
  await posted.expectReply("The question to Eve Adler stays open");
  await asked.press("Yes, this was me", { as: "eve" });
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  await posted.expectText("Resolved: Closed early");
});

test("from the API people are asked by e-mail, and told what became of it; cancelling ends it", async () => {
  const { body } = await story.send({ title: "Asked by a program", severity: "LOW" });
  const posted = await card("Asked by a program");
  const number = body.results[0].number;
  const asked = await story.api("POST", `/alerts/${number}/boomerangs`, {
    to: [{ email: "eve@acme.example" }, { email: "nobody@acme.example" }],
    question: "Did you ask for this?",
    answers: "yes_no",
    openFor: "1h",
  });
  expect(asked).toMatchObject({
    status: 201,
    body: {
      recipients: [
        { name: "Eve Adler", reached: true },
        { name: "nobody@acme.example", reached: false },
      ],
    },
  });
  const message = await eves().expectMessage("Did you ask for this?");
  await posted.expectReply("Story asked Eve Adler");
  const { body: cancelled } = await story.api("DELETE", `/boomerangs/${asked.body.id}`);
  expect(cancelled).toMatchObject({
    state: "cancelled",
    recipients: [{ name: "Eve Adler", state: "over" }],
  });
  await message.expectText("no longer needs an answer");
  await posted.expectReply("Story cancelled the question to Eve Adler");
  expect(await story.api("DELETE", `/boomerangs/${asked.body.id}`)).toMatchObject({ status: 409 });
  expect(
    await story.api("POST", `/alerts/${number}/boomerangs`, {
      to: [{ email: "nobody@acme.example" }],
      question: "?",
    }),
  ).toMatchObject({ status: 400, body: { errors: [{ field: "to.0" }] } });
});

test("a channel answers once for all, but not whoever asked", async () => {
  await story.send({ title: "Who did this", severity: "LOW" });
  const posted = await card("Who did this");
  await posted.press("🪃 Boomerang", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Boomerang" });
  await form.fill("Or ask a channel (any member can answer)", "#platform");
  await form.fill("Message", "Who changed the firewall?");
  await form.fill("How can they answer?", "In their own words");
  await form.submit();
  await (await story.slack.dialogOf("ada", { titled: "Preview" })).submit();
  await posted.expectReply("Ada asked #platform");
  const asked = await story.slack.channel("#platform").expectMessage("Who changed the firewall?");
  await asked.press("Answer", { as: "ada" });
  await story.slack.expectPrivately("ada", "You asked this question yourself");
  await asked.press("Answer", { as: "grace" });
  const words = await story.slack.dialogOf("grace", { titled: "Your answer" });
  await words.fill("Your answer", "I did, CHG-77");
  await words.submit();
  await posted.expectReply("answered: I did, CHG-77");
  await asked.expectText("CHG-77");
});

/** Ada asks Eve, and Slack's answer to the message is lost. */
async function answerLost(title: string, question: string) {
  await adaAsks(`Before: ${question}`, { question: `${question} (before)` });
  const { channel } = await eves().expectMessage(`${question} (before)`);
  const lost = { method: "chat.postMessage", channel, times: 1, what: { kind: "lost" } } as const;
  await story.slack.ask("faults", { faults: [lost] });
  return adaAsks(title, { question });
}

const copies = async (question: string) =>
  (await eves().messages()).filter(({ blocks }) => JSON.stringify(blocks).includes(`"${question}"`));

test("a question whose answer was lost is found again by Slack's event, and not sent twice", async () => {
  const { posted, id } = await answerLost("Lost and found", "Did this reach you?");
  const state = async () => {
    const { body } = await story.api("GET", `/alerts/${id}/boomerangs`);
    return body.results?.[0]?.recipients[0].state ?? JSON.stringify(body);
  };
  await expect.poll(state, { timeout: 16_000 }).toBe("sent");
  const asked = await eves().expectMessage("Did this reach you?");
  await asked.press("Yes, this was me", { as: "eve" });
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  await asked.expectText("Thank you");
  expect(await copies("Did this reach you?")).toHaveLength(1);
}, 40_000);

test("where Slack tells nothing it comes again and says so, and both lead to one answer", async () => {
  const { scopes } = await story.slack.ask("setApp", {});
  const blind = scopes.filter((scope) => scope !== "metadata.message:read");
  await story.slack.ask("setApp", { scopes: blind });
  await story.api("PUT", "/slack/app", { mode: "http" });
  const { posted } = await answerLost("Asked twice", "Twice, but once?");
  story.slack.ignore("Twice, but once?");
  const again = await eves().expectMessage("May be a repeat", { timeoutMs: 16_000 });
  await again.press("Yes, this was me", { as: "eve" });
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  const [first] = await copies("Twice, but once?");
  expect(first?.ts).not.toBe(again.ts);
  await story.slack.ask("setApp", { scopes });
  await story.api("PUT", "/slack/app", { mode: "http" });
}, 40_000);

test("whoever turns out to be unreachable is named in the thread, and whoever asked is mentioned", async () => {
  const gone = {
    method: "conversations.open",
    times: 1,
    what: { kind: "error", error: "user_disabled" },
  } as const;
  await story.slack.ask("faults", { faults: [gone] });
  const { posted, id } = await adaAsks("Left meanwhile", { question: "Are you still with us?" });
  await posted.expectReply("Eve Adler could not be asked: their Slack account is deactivated");
  expect((await posted.replies()).join("\n")).toMatch(/deactivated @?.*ada/i);
  const { body } = await story.api("GET", `/alerts/${id}/boomerangs`);
  expect(body.results).toMatchObject([{ state: "expired", recipients: [{ state: "unreachable" }] }]);
});
