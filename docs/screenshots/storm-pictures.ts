import type { Page } from "playwright-core";
import type { DemoFacts } from "../../cli/demo/demo-facts.ts";
import { ofConsole, ofSlack, type Picture } from "./picture.ts";

const settled = (page: Page) => page.waitForTimeout(600);

async function toDigest(page: Page): Promise<void> {
  const digest = page.getByText("in this digest").last();
  await digest.waitFor({ timeout: 30_000 });
  await page.getByText("See all in Tocsin").last().scrollIntoViewIfNeeded();
  await settled(page);
}

/** Follows the link in the digest. */
async function toList(page: Page): Promise<void> {
  await toDigest(page);
  const opened = page.waitForEvent("popup");
  await page.getByText("See all in Tocsin").last().click();
  const list = await opened;
  await page.goto(list.url());
  await list.close();
  await settled(page);
}

/** A storm in the channel, in the list that its digest links to, and on the page of its destination. */
export function stormPictures(destinationId: string): Picture[] {
  const kept = { kept: true } as const;
  const dark = { scheme: "dark" } as const;
  const phone = { size: { width: 390, height: 844 } };
  const slack = { ...kept, size: { width: 1280, height: 960 }, prepare: toDigest };
  const list = { ...kept, signedIn: true, prepare: toList };
  const destination = `/configure/destinations/${destinationId}`;
  return [
    ofSlack("storm-slack", "ada", slack),
    ofSlack("storm-slack-dark", "ada", { ...slack, ...dark }),
    ofSlack("storm-alerts", "ada", list),
    ofSlack("storm-alerts-dark", "ada", { ...list, ...dark }),
    ofConsole("storm-destination", destination, kept),
    ofConsole("storm-destination-dark", destination, { ...kept, ...dark }),
    ofSlack("storm-slack-phone", "ada", { prepare: toDigest, ...phone }),
    ofConsole("storm-destination-phone", destination, phone),
  ];
}

const count = 1400;
/** Detections with the titles of their alerts; the first ones are the most frequent. */
const kinds: [detection: string, saw: (n: number) => string][] = [
  ["Okta.BruteForce", (n) => `Brute force against user-${n}@acme.example`],
  ["AWS.S3.PublicRead", (n) => `Bucket acme-logs-${n} can be read by anybody`],
  ["GitHub.RepoPublic", (n) => `Repository acme/service-${n} was made public`],
  ["GCP.NewKey", (n) => `New key for the service account runner-${n}`],
  ["AWS.RootLogin", (n) => `Root of account ${100_000_000_000 + n} signed in without a second factor`],
  ["Duo.Bypass", (n) => `A bypass code was made for user-${n}@acme.example`],
];
const often = [0, 0, 0, 1, 1, 2, 3, 4, 5];

function severityOf(n: number): string {
  if (n % 200 === 7) return "CRITICAL";
  return n % 7 < 5 ? "HIGH" : (["MEDIUM", "LOW", "INFO"][n % 3] ?? "LOW");
}

/** Sends 1,400 alerts at once to #security, 1,000 of which wait for a card. Returns the destination's id. */
export async function beginStorm({ apiUrl, apiToken, sources }: DemoFacts): Promise<string> {
  const reports = Array.from({ length: count }, (_, n) => {
    const [id, saw] = kinds[often[n % often.length] ?? 0] ?? ["", String];
    return {
      title: saw(n),
      severity: severityOf(n),
      detection: { id, name: id },
      destinations: ["Security"],
    };
  });
  const headers = { "x-api-key": sources.native.key, "content-type": "application/json" };
  const sent = await fetch(sources.native.url, { method: "POST", headers, body: JSON.stringify(reports) });
  if (sent.status !== 202) throw new Error(`${sent.status}: ${await sent.text()}`);
  const asked = await fetch(`${apiUrl}/destinations`, { headers: { authorization: `Bearer ${apiToken}` } });
  const { results }: { results: { id: string; displayName: string }[] } = await asked.json();
  return results.find(({ displayName }) => displayName === "Security")?.id ?? "";
}
