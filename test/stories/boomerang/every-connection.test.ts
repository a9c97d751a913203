import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

const connections = [
  ["over HTTP, in a workspace", {}],
  ["over Socket Mode", { transport: "socket" }],
  ["in an org-wide install", { organisation: "org-wide" }],
] as const;

describe.each(connections)("a question %s", (_, options) => {
  let story: Story;
  beforeAll(async () => {
    story = await startStory(options);
  });
  afterAll(() => story.close());

  test("reaches each recipient, returns answers with reasons, and on No mentions the assignee", async () => {
    const { slack } = story;
    const { body } = await story.send({
      title: "New admin",
      severity: "HIGH",
      description: "Not for their eyes",
      context: { actor: { email: "eve@acme.example" } },
    });
    const { alertId } = body.results[0];
    const card = await slack.channel("#security").expectCard("New admin");
    await card.choose("Assign to…", "ada", { as: "ada" });
    await card.expectReply("Ada took the alert");

    await card.press("🪃 Boomerang", { as: "grace" });
    const form = await slack.dialogOf("grace", { titled: "Boomerang" });
    await form.fill("People", ["eve", "mallory"]);
    await form.fill("How can they answer?", "Yes or No, with a reason");
    expect(await form.submit()).toBe("pushed");
    await (await slack.dialogOf("grace", { titled: "Preview" })).submit();
    await card.expectReply("Grace asked Eve Adler and");

    const toEve = await slack.channel("@eve").expectMessage("New admin. Was this you?");
    expect(await toEve.text()).not.toContain("Not for their eyes");
    await toEve.press("Why am I asked?", { as: "eve" });
    const why = await slack.dialogOf("eve", { titled: "Why am I asked?" });
    expect(await why.text()).toContain("nothing happens automatically");
    await why.close();
    await toEve.press("No, this wasn't me", { as: "eve" });
    const reason = await slack.dialogOf("eve", { titled: "Your answer" });
    await reason.fill("No, this wasn't me, because…", "I was on a plane");
    await reason.submit();
    await card.expectReply("Eve Adler answered: No, this wasn't me: I was on a plane");
    expect((await card.replies()).join("\n")).toMatch(/on a plane @?.*ada/i);
    await toEve.expectText("Thank you. You answered at");

    const toMallory = await slack.channel("@mallory").expectMessage("New admin. Was this you?");
    await toMallory.press("Yes, this was me", { as: "mallory" });
    const mallorysReason = await slack.dialogOf("mallory", { titled: "Your answer" });
    await mallorysReason.fill("Yes, this was me, because…", "CHG-77");
    await mallorysReason.submit();
    await card.expectReply("answered: Yes, this was me: CHG-77");

    const { body: alert } = await story.api("GET", `/alerts/${alertId}`);
    expect(alert.status).toBe("OPEN");
    const { results } = (await story.api("GET", `/alerts/${alertId}/history`)).body;
    const kinds = results.map(({ kind }: { kind: string }) => kind);
    expect(kinds.filter((kind: string) => kind.startsWith("boomerang"))).toEqual([
      "boomerang_asked",
      "boomerang_answered",
      "boomerang_answered",
    ]);
  });
});
