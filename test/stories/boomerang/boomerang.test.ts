import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const card = (title: string) => story.slack.channel("#security").expectCard(title);
const messagesToEve = () => story.slack.channel("@eve");

/** Ada asks Eve; the preview shows exactly what Eve will see. */
async function adaAsks(title: string, options: { question: string; answers?: string }) {
  const { body } = await story.send({
    title,
    severity: "HIGH",
    context: { actor: { email: "eve@acme.example" } },
  });
  const posted = await card(title);
  await posted.press("🪃 Boomerang", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Boomerang" });
  await form.fill("Message", options.question);
  if (options.answers) await form.fill("How can they answer?", options.answers);
  expect(await form.submit()).toBe("pushed");
  const preview = await story.slack.dialogOf("ada", { titled: "Preview" });
  const seen = await preview.text();
  await preview.submit();
  await posted.expectReply("Ada asked Eve Adler");
  return { posted, preview: seen, id: body.results[0].number };
}

test("the suggested person is asked by direct message, and their Yes is shown in the thread", async () => {
  const { posted, preview } = await adaAsks("Impossible travel", {
    question: "At {time} you signed in. Was this you? {title}",
  });
  const asked = await messagesToEve().expectMessage("Was this you? Impossible travel");
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
  const [newest] = (await story.api("GET", "/audit-log")).body.results;
  expect(newest).toMatchObject({
    action: "boomerang.answer",
    outcome: "ok",
    slack: { userId: story.slack.users.eve.id },
    changes: { answer: { to: "yes" } },
  });
});

test("a No with a reason mentions the person who asked", async () => {
  const { posted } = await adaAsks("New admin", {
    question: "Did you do this?",
    answers: "Yes or No, with a reason",
  });
  const asked = await messagesToEve().expectMessage("Did you do this?");
  await asked.press("No, this wasn't me", { as: "eve" });
  const why = await story.slack.dialogOf("eve", { titled: "Your answer" });
  await why.fill("No, this wasn't me, because…", "I was on a plane");
  await why.submit();
  await posted.expectReply("Eve Adler answered: No, this wasn't me: I was on a plane");
  expect((await posted.replies()).join("\n")).toMatch(/on a plane @?.*ada/i);
});

test("a free-text answer is given in a dialog and closes the question", async () => {
  const { posted } = await adaAsks("Odd login", { question: "Was it you?", answers: "In their own words" });
  const asked = await messagesToEve().expectMessage("Was it you?");
  await asked.press("Answer", { as: "eve" });
  const dialog = await story.slack.dialogOf("eve", { titled: "Your answer" });
  await dialog.fill("Your answer", "Yes, from the <!channel> train");
  await dialog.submit();
  await posted.expectReply("Eve Adler answered: Yes, from the <!channel> train");
  await asked.expectText("There is nothing else to do");
});

test("a person who can't be reached is named before anything is sent", async () => {
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

test("an unanswered question reminds once, then expires with a reply in the thread", async () => {
  const { posted } = await adaAsks("Slow answer", { question: "Still there?" });
  const asked = await messagesToEve().expectMessage("Still there?");
  await story.pass("2 hours");
  await posted.expectReply("Eve Adler was reminded of the question");
  await asked.expectReply("Reminder: Ada is waiting for your answer");
  await story.pass("2 hours");
  await posted.expectReply("No answer from Eve Adler in time");
  await asked.expectText("The time to answer is over");
});

test("closing an alert leaves its question open, and the thread says so", async () => {
  const { posted } = await adaAsks("Closed early", { question: "Was that you yesterday?" });
  const asked = await messagesToEve().expectMessage("Was that you yesterday?");
  await posted.choose("Status", "Resolved", { as: "grace", comment: "Fine" });
  await posted.expectReply("The question to Eve Adler stays open");
  await asked.press("Yes, this was me", { as: "eve" });
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  await posted.expectText("Resolved: Closed early");
});

test("the API asks people by email, reports who was reached, and can cancel the question", async () => {
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
  const message = await messagesToEve().expectMessage("Did you ask for this?");
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

test("any channel member but the person who asked can answer for the channel, once", async () => {
  const { body } = await story.send({ title: "Who did this", severity: "LOW" });
  const posted = await card("Who did this");
  const { alertId } = body.results[0];
  await story.api("POST", `/alerts/${alertId}/boomerangs`, {
    to: [{ email: "eve@acme.example" }],
    question: "Was it you, by chance?",
  });
  await messagesToEve().expectMessage("Was it you, by chance?");
  await posted.expectReply("Story asked Eve Adler");
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
  const { results } = (await story.api("GET", "/audit-log?action=boomerang.answer&limit=1")).body;
  expect(results).toMatchObject([
    { outcome: "refused", target: { id: alertId }, slack: { name: "Ada Lovelace" } },
  ]);
  await asked.press("Answer", { as: "grace" });
  const dialog = await story.slack.dialogOf("grace", { titled: "Your answer" });
  await dialog.fill("Your answer", "I did, CHG-77");
  await dialog.submit();
  await posted.expectReply("answered: I did, CHG-77");
  await asked.expectText("CHG-77");
  const boomerangs = (await story.api("GET", `/alerts/${alertId}/boomerangs`)).body.results;
  expect(boomerangs.map(({ state }: { state: string }) => state).toSorted()).toEqual(["answered", "open"]);
});

/** Ada asks Eve, and Slack's response to the post is lost. */
async function askWithLostResponse(title: string, question: string) {
  await adaAsks(`Before: ${question}`, { question: `${question} (before)` });
  const { channel } = await messagesToEve().expectMessage(`${question} (before)`);
  const lost = { method: "chat.postMessage", channel, times: 1, what: { kind: "lost" } } as const;
  await story.slack.ask("faults", { faults: [lost] });
  return adaAsks(title, { question });
}

const copies = async (question: string) =>
  (await messagesToEve().messages()).filter(({ blocks }) => JSON.stringify(blocks).includes(`"${question}"`));

test("a question is not sent twice when Slack's response is lost but its event arrives", async () => {
  const { posted, id } = await askWithLostResponse("Lost and found", "Did this reach you?");
  const state = async () => {
    const { body } = await story.api("GET", `/alerts/${id}/boomerangs`);
    return body.results?.[0]?.recipients[0].state ?? JSON.stringify(body);
  };
  await expect.poll(state, { timeout: 16_000 }).toBe("sent");
  const asked = await messagesToEve().expectMessage("Did this reach you?");
  await asked.press("Yes, this was me", { as: "eve" });
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  await asked.expectText("Thank you");
  expect(await copies("Did this reach you?")).toHaveLength(1);
}, 40_000);

test("a question is sent again with a mark if no event confirms it, and both share one answer", async () => {
  const { scopes } = await story.slack.ask("setApp", {});
  const withoutEvents = scopes.filter((scope) => scope !== "metadata.message:read");
  await story.slack.ask("setApp", { scopes: withoutEvents });
  await story.api("PUT", "/slack/app", { mode: "http" });
  const { posted } = await askWithLostResponse("Asked twice", "Twice, but once?");
  story.slack.ignore("Twice, but once?");
  const again = await messagesToEve().expectMessage("May be a repeat", { timeoutMs: 16_000 });
  await again.press("Yes, this was me", { as: "eve" });
  await posted.expectReply("Eve Adler answered: Yes, this was me");
  const [first] = await copies("Twice, but once?");
  expect(first?.ts).not.toBe(again.ts);
  await story.slack.ask("setApp", { scopes });
  await story.api("PUT", "/slack/app", { mode: "http" });
}, 40_000);

test("a question whose response is lost is found in its channel's history and not sent twice", async () => {
  const { scopes } = await story.slack.ask("setApp", {});
  const withHistory = [...scopes.filter((scope) => scope !== "metadata.message:read"), "channels:history"];
  await story.slack.ask("setApp", { scopes: withHistory });
  await story.api("PUT", "/slack/app", { mode: "http" });
  const { body } = await story.send({ title: "Asked in a channel", severity: "LOW" });
  const posted = await card("Asked in a channel");
  const lost = {
    method: "chat.postMessage",
    channel: "#platform",
    times: 1,
    what: { kind: "lost" },
  } as const;
  await story.slack.ask("faults", { faults: [lost] });
  const { alertId } = body.results[0];
  const to = [{ channel: "#platform" }];
  await story.api("POST", `/alerts/${alertId}/boomerangs`, { to, question: "Whose deployment is this?" });
  const state = async () =>
    (await story.api("GET", `/alerts/${alertId}/boomerangs`)).body.results[0].recipients[0].state;
  await expect.poll(state).toBe("sent");
  await posted.expectReply("Story asked #platform");
  const platform = story.slack.channel("#platform");
  const asked = await platform.expectMessage("Whose deployment is this?");
  await asked.press("Yes, this was me", { as: "grace" });
  await posted.expectReply("Grace Hopper answered: Yes, this was me");
  await asked.expectText("answered at");
  const sent = (await platform.messages()).map(({ blocks }) => JSON.stringify(blocks));
  expect(sent.filter((blocks) => blocks.includes("Whose deployment is this?"))).toHaveLength(1);
  await story.slack.ask("setApp", { scopes });
  await story.api("PUT", "/slack/app", { mode: "http" });
});

test("an unreachable recipient is named in the thread, which mentions the person who asked", async () => {
  const deactivated = {
    method: "conversations.open",
    times: 1,
    what: { kind: "error", error: "user_disabled" },
  } as const;
  await story.slack.ask("faults", { faults: [deactivated] });
  const { posted, id } = await adaAsks("Left meanwhile", { question: "Are you still with us?" });
  await posted.expectReply("Eve Adler could not be asked: their Slack account is deactivated");
  expect((await posted.replies()).join("\n")).toMatch(/deactivated @?.*ada/i);
  const { body } = await story.api("GET", `/alerts/${id}/boomerangs`);
  expect(body.results).toMatchObject([{ state: "expired", recipients: [{ state: "unreachable" }] }]);
});
