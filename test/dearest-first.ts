import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take half a minute or more, the longest first: one of them begun last would be waited for alone. */
const dearest = [
  "test/stories/setup-wizard.test.ts",
  "test/stories/console-setup.test.ts",
  "simulator/test/page.test.ts",
  "simulator/test/apps/your-apps.test.ts",
  "cli/demo.test.ts",
  "test/stories/path-of-an-alert.test.ts",
  "test/stories/every-scope-and-event.test.ts",
  "test/stories/boomerang.test.ts",
  "test/stories/console.test.ts",
  "test/stories/console-faults.test.ts",
  "cli/set-up-verbs.test.ts",
  "test/stories/custom-webhook.test.ts",
];

/** Runs the dearest files first, and the others in vitest's own order. */
export class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

function place({ moduleId }: TestSpecification): number {
  const at = dearest.findIndex((file) => moduleId.endsWith(`/${file}`));
  return at < 0 ? dearest.length : at;
}
