import type { DemoFacts } from "../../cli/demo/demo-facts.ts";

const count = 1400;
const words = [
  "Brute force against grace@acme.example",
  "Bucket acme-logs was made public",
  "Repository acme/infra was made public",
  "New key for a service account",
  "Root signed in without a second factor",
];
const detections = [
  "Okta.BruteForce",
  "AWS.S3.PublicRead",
  "GitHub.RepoPublic",
  "GCP.NewKey",
  "AWS.RootLogin",
  "Okta.NewDevice",
  "Zoom.OpenMeeting",
  "Box.Shared",
  "Duo.Bypass",
];

function severityOf(n: number): string {
  if (n % 200 === 7) return "CRITICAL";
  return n % 7 < 5 ? "HIGH" : (["MEDIUM", "LOW", "INFO"][n % 3] ?? "LOW");
}

/** Sends 1,400 alerts at once into #security, of which 1,000 wait for cards of their own; gives its destination's id. */
export async function beginStorm({ apiUrl, apiToken, sources }: DemoFacts): Promise<string> {
  const reports = Array.from({ length: count }, (_, n) => {
    const id = detections[(n * n) % detections.length];
    const title = `${words[n % words.length]}, account ${n}`;
    return { title, severity: severityOf(n), detection: { id, name: id }, destinations: ["Security"] };
  });
  const headers = { "x-api-key": sources.native.key, "content-type": "application/json" };
  const sent = await fetch(sources.native.url, { method: "POST", headers, body: JSON.stringify(reports) });
  if (sent.status !== 202) throw new Error(`${sent.status}: ${await sent.text()}`);
  const asked = await fetch(`${apiUrl}/destinations`, { headers: { authorization: `Bearer ${apiToken}` } });
  const { results }: { results: { id: string; displayName: string }[] } = await asked.json();
  return results.find(({ displayName }) => displayName === "Security")?.id ?? "";
}
