import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, quantile } from "../figure.ts";
import { repositoryRoot } from "../repository-root.ts";
import { freePort } from "../server/free-port.ts";
import { serverProcess } from "../server/server-process.ts";

const rounds = 5;

/** The time from `tocsin serve` to ready with the embedded database, on a new data folder and on a used one. */
export async function start(): Promise<Figure[]> {
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const work = await mkdtemp(join(tmpdir(), "tocsin-start-"));
    const env = { DATA_DIR: join(work, "data") };
    const server = serverProcess(repositoryRoot, { port: await freePort(), env });
    try {
      for (const times of [first, later]) {
        const begun = performance.now();
        await server.start();
        times.push((performance.now() - begun) / 1000);
        await server.stop();
      }
    } finally {
      await server.stop();
      // PostgreSQL may still remove files of its own.
      await rm(work, { recursive: true, maxRetries: 20 });
    }
  }
  return [
    {
      name: "first start",
      unit: "s",
      values: first,
      goal: "under 1.5 s",
      met: quantile(first, 0.5) < 1.5,
    },
    { name: "later start", unit: "s", values: later, goal: "under 0.5 s", met: quantile(later, 0.5) < 0.5 },
  ];
}
