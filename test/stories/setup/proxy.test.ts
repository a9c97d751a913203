import { afterAll, beforeAll, expect, test } from "vitest";
import { startDouble } from "../../doubles/http-double.ts";
import { startProxy } from "../../doubles/proxy.ts";
import { startSmtp } from "../../doubles/smtp.ts";
import { startTlsFront } from "../../doubles/tls-front.ts";
import { freePort } from "../../tocsin/empty-tocsin.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
const events: string[] = [];
const closing: (() => unknown)[] = [];

// No resolver knows these names, so whatever gets there went through the proxy.
beforeAll(async () => {
  const port = await freePort();
  const slack = await startTlsFront({ name: "slack.internal", to: port });
  smtp = await startSmtp();
  const receiver = await startDouble(({ text }) => {
    events.push(JSON.parse(text).title);
    return { status: 204 };
  });
  const hooks = await startTlsFront({
    name: "hooks.example.invalid",
    to: Number(new URL(receiver.origin).port),
  });
  proxy = await startProxy({
    credentials: "tocsin:p@ss",
    routes: {
      "slack.internal:443": slack.port,
      "hooks.example.invalid:443": hooks.port,
      "mail.example.invalid:2525": smtp.port,
    },
  });
  story = await startStory({
    transport: "socket",
    slackBehind: { origin: "https://slack.internal", port },
    env: {
      SLACK_API_URL: "https://slack.internal/api/",
      HTTPS_PROXY: proxy.url,
      SMTP_URL: "smtp://mail.example.invalid:2525",
    },
  });
  closing.push(story.close, proxy.close, slack.close, hooks.close, receiver.close, smtp.close);
});
afterAll(async () => {
  for (const close of closing) await close();
});

const common = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: [], timezone: "UTC" };

test("with HTTPS_PROXY, cards, clicks by Socket Mode, webhooks and email go through the proxy", async () => {
  const url = "https://hooks.example.invalid/tocsin";
  await created(
    story.api("POST", "/destinations", { type: "custom-webhook", displayName: "SOAR", url, ...common }),
  );
  const to = ["soc@acme.example"];
  await created(story.api("POST", "/destinations", { type: "email", displayName: "SOC", to, ...common }));
  await story.send({ title: "Through the proxy", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("Through the proxy");
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
  await card.choose("Status", "Resolved", { as: "mallory" });
  await story.slack.expectPrivately("mallory", "mallory@");
  await story.tocsin.idle();
  expect(events).toContain("Through the proxy");
  expect(smtp.mails.map((mail) => mail.to)).toContainEqual(to);
  expect(new Set(proxy.asked)).toEqual(
    new Set([
      "CONNECT slack.internal:443",
      "CONNECT hooks.example.invalid:443",
      "CONNECT mail.example.invalid:2525",
    ]),
  );
});

test("connections to Slack through the proxy are kept for the next call", async () => {
  const before = proxy.asked.length;
  for (const title of ["One", "Two", "Three"]) {
    await story.send({ title, severity: "LOW" });
    await story.slack.channel("#security").expectCard(title);
  }
  expect(proxy.asked.length - before).toBeLessThan(3);
});

test("a webhook to a private address is refused behind the proxy too, by address and by name", async () => {
  for (const host of ["10.0.0.7", "[::ffff:169.254.169.254]", "metadata.internal", "intranet"]) {
    const answer = await story.api("POST", "/destinations", {
      ...{ type: "custom-webhook", displayName: host, url: `https://${host}/`, ...common },
    });
    expect(answer, host).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/private/) } });
  }
  expect(proxy.asked.join()).not.toMatch(/10\.0|169|metadata|intranet/);
});

test("while the proxy asks for another password, alerts are held and Tocsin says why", async () => {
  proxy.refuse(407);
  const { body } = await story.send({ title: "Kept", severity: "LOW" });
  const alert = `/alerts/${body.results[0].alertId}`;
  const delivery = async () => (await story.api("GET", alert)).body.deliveries[0];
  await expect.poll(delivery).toMatchObject({ state: "held", error: "proxy_407" });
  const socket = async () => (await story.api("GET", "/slack/app")).body.socket;
  const remedy = expect.stringMatching(/^The proxy asks Tocsin to sign in \(407\).*HTTPS_PROXY/);
  await expect.poll(socket).toMatchObject({ kind: "connecting", fault: "proxy_407", remedy });
  const checked = await story.api("POST", "/slack/app/check", { botToken: story.slack.app.botToken });
  expect(checked.body.fields.botToken).toMatchObject({
    state: "unknown",
    remedy: expect.stringMatching(/HTTPS_PROXY/),
  });
  proxy.refuse(null);
  await story.pass("2 minutes");
  await story.slack.channel("#security").expectCard("Kept");
});
