import { defineConfig } from "vitest/config";

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
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
