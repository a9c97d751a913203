import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The slowest files, slowest first, as a whole run lists them. */
const slowest = [
  "test/stories/setup/setup-wizard.test.ts",
  "test/stories/console/setup.test.ts",
  "test/stories/console/configure.test.ts",
  "test/stories/console/analyst.test.ts",
  "simulator/test/page.test.ts",
  "simulator/test/apps/your-apps.test.ts",
  "cli/demo.test.ts",
  "test/stories/alerts/path-of-an-alert.test.ts",
  "test/stories/setup/every-scope-and-event.test.ts",
  "test/stories/boomerang/boomerang.test.ts",
  "cli/setup-verbs.test.ts",
  "test/stories/delivery/custom-webhook.test.ts",
];

/**
 * Starts with two of the slowest files and spreads the others over the run. They keep the CPU busy while other
 * files wait for Slack's pace, and a slow file at the end of the run would run alone.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const inOrder = (await super.sort(files)).filter((file) => rank(file) < 0);
    const slow = files.filter((file) => rank(file) >= 0).toSorted((one, other) => rank(one) - rank(other));
    const apart = Math.ceil(files.length / (slow.length + 1));
    slow.forEach((file, n) => {
      inOrder.splice(Math.max(0, n - 1) * apart, 0, file);
    });
    return inOrder;
  }
}

const rank = ({ moduleId }: TestSpecification) => slowest.findIndex((file) => moduleId.endsWith(`/${file}`));
