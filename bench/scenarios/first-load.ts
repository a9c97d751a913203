import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../simulator/start.ts";
import { type Browsing, startChromium } from "../../test/browser/chromium.ts";
import { type Figure, quantile } from "../figure.ts";
import { repositoryRoot } from "../repository-root.ts";
import { freePort } from "../server/free-port.ts";
import { serverProcess } from "../server/server-process.ts";
import { setUp } from "../server/setup.ts";

const rounds = 9;
const alerts = 200;
const password = "a long enough password";

/** The alert list in a browser without a cache: the size of its scripts, and when a row can be clicked. */
export async function firstLoad(): Promise<Figure[]> {
  const work = await mkdtemp(join(tmpdir(), "tocsin-console-"));
  const slack = await startSimulator({ port: 0 });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { DATA_DIR: join(work, "data"), SLACK_API_URL: slack.apiUrl, PUBLIC_URL: origin };
  const server = serverProcess(repositoryRoot, { port, env });
  const browser = await startChromium();
  try {
    await server.start();
    const setup = await setUp(repositoryRoot, {
      origin,
      env,
      slack: { origin: new URL(slack.apiUrl).origin, ...slack },
      count: 1,
    });
    await report(setup);
    const person = { email: "ada@acme.example", name: "Ada", role: "Analyst" };
    const cookie = await signIn(browser, origin, await setup.api("POST", "/users", person));
    const loads: Load[] = [];
    for (let n = 0; n < rounds; n++) loads.push(await load(browser, origin, cookie));
    return figures(loads);
  } finally {
    await browser.close();
    await server.stop();
    await slack.close();
    await rm(work, { recursive: true });
  }
}

interface Load {
  kilobytes: number;
  ms: number;
}

type Cookies = Awaited<ReturnType<Awaited<ReturnType<Browsing["newContext"]>>["cookies"]>>;

async function report({ ingestUrl, key }: { ingestUrl: string; key: string }): Promise<void> {
  const reports = Array.from({ length: alerts }, (_, n) => ({
    title: `Impossible travel of employee ${n}`,
    severity: "HIGH",
    detection: { id: `Travel.${n}` },
  }));
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const answer = await fetch(ingestUrl, { method: "POST", headers, body: JSON.stringify(reports) });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}

/** Signs a new user in with their link. Returns the session's cookies. */
async function signIn(browser: Browsing, origin: string, user: unknown): Promise<Cookies> {
  const { pathname, hash } = new URL(Object(user).setPasswordUrl);
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  await page.goto(pathname + hash);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.getByRole("table").waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function load(browser: Browsing, origin: string, cookies: Cookies): Promise<Load> {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  network.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  const begun = performance.now();
  await page.goto(`${origin}/alerts`, { waitUntil: "commit" });
  await page
    .getByRole("link", { name: /Impossible travel/ })
    .first()
    .click({ trial: true });
  const ms = performance.now() - begun;
  await page.waitForLoadState("networkidle");
  await context.close();
  return { kilobytes: bytes / 1000, ms };
}

function figures(loads: Load[]): Figure[] {
  const sizes = loads.map(({ kilobytes }) => kilobytes);
  const times = loads.map(({ ms }) => ms);
  return [
    {
      name: "Console, first load of the alert list: size of JavaScript",
      unit: "KB",
      values: sizes,
      goal: "under 250 KB",
      met: quantile(sizes, 0.5) < 250,
    },
    {
      name: "Console, first load of the alert list: time until a row can be clicked",
      unit: "ms",
      values: times,
      goal: "under 0.8 s",
      met: quantile(times, 0.5) < 800,
    },
  ];
}
