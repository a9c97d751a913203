import { defineConfig } from "vitest/config";
import { SlowestFiles } from "./test/slowest-files.ts";
import { SlowestFirst } from "./test/slowest-first.ts";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "simulator/**/*.test.ts",
      "cli/**/*.test.ts",
      "console/**/*.test.ts",
      "test/**/*.test.ts",
      "deploy/**/*.test.ts",
      "bench/**/*.test.ts",
    ],
    globalSetup: ["test/postgres.ts"],
    setupFiles: ["test/fast-check.ts"],
    // Modules keep no state, so files share a worker. Loading all of Tocsin for each file takes as long as its tests.
    isolate: false,
    // A larger young generation: minor GCs were 10% of CPU time. Parallel GC threads only get in each other's way: four
    // workers share two cores.
    execArgv: ["--max-semi-space-size=64", "--single-threaded-gc"],
    // Some stories wait for Slack's pace, so two cores have room for four workers.
    maxWorkers: 4,
    sequence: { sequencer: SlowestFirst },
    // On a busy machine tests are slow, not wrong. Only a failing test waits this long.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    reporters: ["default", new SlowestFiles()],
  },
});
