import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take half a minute or more, the longest first. */
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

/**
 * Begins with two of the dearest files and spreads the others of them over the run: they work, while most of the
 * rest waits for the pace that Slack asks for, and one that was begun last would be waited for alone.
 */
export class DearestEarly extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const quick = (await super.sort(files)).filter((file) => place(file) < 0);
    const dear = files.filter((file) => place(file) >= 0).toSorted((one, other) => place(one) - place(other));
    const between = Math.ceil(quick.length / (dear.length + 1));
    return [
      ...dear.slice(0, 2),
      ...quick.flatMap((file, n) => {
        const next = n % between === between - 1 ? dear[2 + Math.floor(n / between)] : undefined;
        return next ? [file, next] : [file];
      }),
    ];
  }
}

const place = ({ moduleId }: TestSpecification) => dearest.findIndex((file) => moduleId.endsWith(`/${file}`));
