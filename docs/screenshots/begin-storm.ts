import type { DemoFacts } from "../../cli/demo/demo-facts.ts";

const count = 1400;
/** Each detection says what it saw, at which of many; the first are seen most often. */
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

/** Sends 1,400 alerts at once into #security, of which 1,000 wait for cards of their own; gives its destination's id. */
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
