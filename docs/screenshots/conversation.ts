import type { DemoFacts } from "../../cli/demo/demo-facts.ts";
import type { Card } from "../../simulator/story/card.ts";
import { connectSimulator, type Slack } from "../../simulator/story/story.ts";

/** What a person sees at one moment of a conversation in the simulator. */
export interface Scene {
  name: string;
  /** Used in docs/triage.md; the others are only for review. */
  kept: boolean;
  url: string;
  /** The height of the content. */
  height?: number;
}

const title = "Impossible travel for eve@acme.example: Berlin, then São Paulo 38 minutes later";
const report = {
  title,
  severity: "HIGH",
  detection: { id: "Okta.ImpossibleTravel", name: "Impossible travel" },
  logTypes: ["Okta.SystemLog"],
  description:
    "Two sign-ins for eve@acme.example 38 minutes apart, 10,200 km from each other, the second without MFA.",
  runbook: "https://wiki.acme.example/runbooks/impossible-travel",
  context: {
    user: "eve@acme.example",
    first: { ip: "198.51.100.23", city: "Berlin", mfa: true, client: { os: "macOS", browser: "Firefox" } },
    second: {
      ip: "203.0.113.7",
      city: "São Paulo",
      mfa: false,
      client: { os: "Windows", browser: "Chrome" },
    },
  },
  event: {
    eventType: "user.session.start",
    actor: { alternateId: "eve@acme.example", displayName: "Eve Adler" },
    client: { ipAddress: "203.0.113.7", device: { hostname: "LAPTOP-7F2A" }, geo: { city: "São Paulo" } },
    debugContext: { requestUri: "/api/v1/authn", threatSuspected: "false" },
  },
};

/** Plays a triage from the card to the answer of the Boomerang, and yields each scene worth a picture. */
export async function* playConversation(facts: DemoFacts): AsyncGenerator<Scene> {
  const { url, key } = facts.sources.native;
  const headers = { "x-api-key": key, "content-type": "application/json" };
  await fetch(url, { method: "POST", headers, body: JSON.stringify(report) });
  const slack = await connectSimulator(facts.slackUrl);
  const card = await slack.channel("#security").expectCard(title, { timeoutMs: 30_000 });
  const ada = `${facts.slackUrl}#/ada/${card.channel}`;
  yield* details(slack, card, ada);
  yield* boomerang(slack, card, { ada, facts });
  yield { name: "triage-thread", kept: true, url: `${ada}/${card.ts}`, height: 960 };
  await card.choose("Status", "Resolved", {
    as: "ada",
    comment: "VPN exit in São Paulo, confirmed with Eve",
  });
  await card.expectText("Resolved");
  yield { name: "triage-resolved", kept: false, url: ada };
}

async function* details(slack: Slack, card: Card, url: string): AsyncGenerator<Scene> {
  yield { name: "triage-card", kept: false, url };
  await card.menu("Show alert details", { as: "ada" });
  const dialog = await slack.dialogOf("ada", { titled: "Alert" });
  yield { name: "triage-details", kept: false, url };
  await dialog.fill("Find a field or a value", "client");
  await dialog.submit();
  yield { name: "triage-search", kept: true, url };
  await dialog.press("Open");
  const value = await slack.dialogOf("ada", { titled: "Value from #" });
  yield { name: "triage-value", kept: false, url };
  await value.close();
}

async function* boomerang(
  slack: Slack,
  card: Card,
  { ada, facts }: { ada: string; facts: DemoFacts },
): AsyncGenerator<Scene> {
  await card.press("🪃 Boomerang", { as: "ada" });
  const form = await slack.dialogOf("ada", { titled: "Boomerang" });
  yield { name: "boomerang-form", kept: false, url: ada };
  await form.submit();
  const preview = await slack.dialogOf("ada", { titled: "Preview" });
  yield { name: "boomerang-preview", kept: false, url: ada };
  await preview.submit();
  const asked = await slack.channel("@eve").expectMessage("São Paulo", { timeoutMs: 20_000 });
  const eve = `${facts.slackUrl}#/eve/${asked.channel}`;
  yield { name: "boomerang-asked", kept: true, url: eve, height: 560 };
  await asked.press("Yes, this was me", { as: "eve" });
  await card.expectReply("answered", { timeoutMs: 20_000 });
  yield { name: "boomerang-answered", kept: false, url: eve, height: 560 };
}
