import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BaseSequencer, createVitest, type Reporter, type TestCase, type TestModule } from "vitest/node";
import { z } from "zod";

/** What the run asks for: these test files, in this order, after the change of a file. */
const requestSchema = z.union([
  z.literal("stop"),
  z.object({ changed: z.string(), tests: z.array(z.string()) }),
]);

class GivenOrder extends BaseSequencer {
  static order: string[] = [];
  override async sort(files: Parameters<BaseSequencer["sort"]>[0]) {
    const place = ({ moduleId }: (typeof files)[number]) => GivenOrder.order.indexOf(moduleId);
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

/** Notes the first failure of a run, and says that it goes on. */
class FirstFailure implements Reporter {
  failure: { test: string; name: string; why: string } | null = null;
  onTestCaseResult(test: TestCase): void {
    process.send?.({ kind: "alive" });
    const { state, errors } = test.result();
    if (state === "failed") this.note(test.module, test.fullName, errors?.[0]?.message);
  }
  onTestModuleEnd(module: TestModule): void {
    process.send?.({ kind: "alive" });
    if (module.state() === "failed") this.note(module, "(the file)", module.errors()[0]?.message);
  }
  private note({ relativeModuleId }: TestModule, name: string, why = ""): void {
    this.failure ??= { test: relativeModuleId, name, why: why.split("\n")[0]?.slice(0, 160) ?? "" };
  }
}

/** One vitest for all mutants, so that PostgreSQL starts once. It runs test files until the first failure. */
const root = process.cwd();
const reporter = new FirstFailure();
const vitest = await createVitest("test", {
  root,
  watch: false,
  bail: 1,
  maxWorkers: 1,
  fileParallelism: false,
  testTimeout: 45_000,
  hookTimeout: 45_000,
  reporters: [reporter],
  sequence: { sequencer: GivenOrder },
});
const [project] = vitest.projects;

/** The file that the previous request changed; it is as it was by now. */
let restored = "";
process.on("message", async (message) => {
  const request = requestSchema.parse(message);
  if (request === "stop" || !project) {
    await Promise.race([vitest.close(), sleep(20_000)]);
    process.exit(0);
  }
  reporter.failure = null;
  for (const file of [restored, request.changed]) vitest.invalidateFile(join(root, file));
  restored = request.changed;
  GivenOrder.order = request.tests.map((test) => join(root, test));
  const { unhandledErrors } = await vitest.runTestSpecifications(
    GivenOrder.order.map((file) => project.createSpecification(file)),
  );
  const unhandled = unhandledErrors.map((error) => ({
    test: "",
    name: "(unhandled error)",
    why: String(error),
  }));
  process.send?.({ kind: "done", failure: reporter.failure ?? unhandled[0] ?? null });
});
process.send?.({ kind: "ready" });
