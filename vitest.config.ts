import { defineConfig } from "vitest/config";
import { DearestEarly } from "./test/slowest-first.ts";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "simulator/**/*.test.ts",
      "cli/**/*.test.ts",
      "console/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    globalSetup: ["test/postgres.ts"],
    // Nothing is kept in modules, so that files may share a worker: to load all of Tocsin anew for each of them
    // takes as long as the tests do.
    isolate: false,
    // Room for young objects, which the collector else goes through a hundred times a second: a tenth of all work.
    execArgv: ["--max-semi-space-size=64"],
    // Stories mostly wait for the pace that Slack asks for, so two cores have room for four.
    maxWorkers: 4,
    sequence: { sequencer: DearestEarly },
    // A busy machine is slow, not wrong: what is waited for gets more time than it ever needs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
