import { beforeAll, expect, test } from "vitest";
import { everyAnswer } from "./every-answer.ts";
import { oracle } from "./oracle.ts";
import { referencedMethods, referenceOf } from "./reference.ts";
import { lackingIn, shapeOf, without } from "./value-paths.ts";

// Compares answers with the example answers in Slack's reference.

/** Keys of the examples that the simulator lacks, with the reason. */
const exceptions: { method: RegExp; lacks: RegExp; reason: string }[] = [
  {
    method: /^apps\.manifest/,
    lacks: /./,
    reason: "they need configuration tokens, which the simulator does not have",
  },
  { method: /^oauth\./, lacks: /./, reason: "it takes no token; apps/oauth.test.ts compares its example" },
  {
    method: /^chat\.postMessage$/,
    lacks: /^message\.(username|subtype)$/,
    reason: "the example is of a legacy app, which sets its own name",
  },
  {
    method: /^conversations\.replies$/,
    lacks: /^messages\.\*\.(last_read|unread_count)$/,
    reason: "the example is for a person who follows the thread; bots follow none",
  },
  { method: /^usergroups\.list$/, lacks: /^usergroups\.\*/, reason: "there are no user groups" },
];

const isExcused = (method: string, path: string) =>
  exceptions.some((one) => one.method.test(method) && one.lacks.test(path));

oracle("answers, compared with the examples in Slack's reference,", () => {
  let answers: Awaited<ReturnType<typeof everyAnswer>> = [];
  const examples = () =>
    referencedMethods().flatMap((method) =>
      referenceOf(method).examples.map(({ name, example }) => ({ method, name, example })),
    );
  type Example = ReturnType<typeof examples>[number];

  const lacking = ({ method, example }: Example, ours: unknown) =>
    lackingIn(example, ours).filter((path) => !isExcused(method, path));

  /** The simulator's answer that is closest to an example. */
  const closest = (one: Example) =>
    answers
      .filter(({ method }) => method === one.method)
      .map(({ answer }): unknown => answer)
      .reduce(
        (best, answer) => (lacking(one, answer).length < lacking(one, best).length ? answer : best),
        undefined,
      );

  beforeAll(async () => {
    answers = await everyAnswer();
  }, 30_000);

  test("have every key of each example with a value of the same type", () => {
    const all = examples();
    const keys = all.reduce(
      (sum, { method, example }) =>
        sum + [...shapeOf(example).keys()].filter((path) => !isExcused(method, path)).length,
      0,
    );
    const methods = new Set(answers.map(({ method }) => method)).size;
    console.info(`answers: ${keys} key paths of ${all.length} examples compared, of ${methods} methods`);
    const wrong = all.flatMap((one) =>
      lacking(one, closest(one)).map((path) => `${one.method} ${one.name}: ${path}`),
    );
    expect(wrong).toEqual([]);
    expect(keys).toBeGreaterThan(500);
  });

  test("need every exception", () => {
    const used = (one: (typeof exceptions)[number]) =>
      examples().some(
        (example) =>
          one.method.test(example.method) &&
          answers
            .filter(({ method, answer }) => method === example.method && Object(answer).ok)
            .every(({ answer }) => lackingIn(example.example, answer).some((path) => one.lacks.test(path))),
      );
    expect(exceptions.filter((one) => !used(one))).toEqual([]);
  });

  test("fail the comparison if any key is removed", () => {
    let removed = 0;
    for (const one of examples().filter(({ name }) => name.startsWith("success"))) {
      const good = closest(one);
      for (const path of [...shapeOf(one.example).keys()].filter((key) => !isExcused(one.method, key))) {
        expect(lacking(one, without(good, path)), `${one.method} without ${path}`).toContain(path);
        removed += 1;
      }
    }
    expect(removed).toBeGreaterThan(400);
  });
});
