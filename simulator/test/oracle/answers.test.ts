import { beforeAll, expect, test } from "vitest";
import { everyAnswer } from "./every-answer.ts";
import { oracle } from "./oracle.ts";
import { referencedMethods, referenceOf } from "./reference.ts";
import { lackingIn, shapeOf, without } from "./value-paths.ts";

// Each method of Slack's reference brings examples of what it answers.

/** What some examples have and ours lack, each for its reason. */
const exceptions: { method: RegExp; lacks: RegExp; because: string }[] = [
  { method: /^apps\.manifest/, lacks: /./, because: "they take configuration tokens, and there are none" },
  { method: /^oauth\./, lacks: /./, because: "no token answers it: apps/oauth.test.ts compares its example" },
  {
    method: /^chat\.postMessage$/,
    lacks: /^message\.(username|subtype)$/,
    because: "an app of the old kind, which names itself, wrote it",
  },
  {
    method: /^conversations\.replies$/,
    lacks: /^messages\.\*\.(last_read|unread_count)$/,
    because: "a person asked, who follows the thread; a bot follows none",
  },
  { method: /^usergroups\.list$/, lacks: /^usergroups\.\*/, because: "there are no user groups" },
];

const isExcused = (method: string, path: string) =>
  exceptions.some((one) => one.method.test(method) && one.lacks.test(path));

oracle("what is answered, against the examples of Slack's reference", () => {
  let answers: Awaited<ReturnType<typeof everyAnswer>> = [];
  const examples = () =>
    referencedMethods().flatMap((method) =>
      referenceOf(method).examples.map(({ name, example }) => ({ method, name, example })),
    );
  type Example = ReturnType<typeof examples>[number];

  const lacking = ({ method, example }: Example, ours: unknown) =>
    lackingIn(example, ours).filter((path) => !isExcused(method, path));

  /** Of what we answered, what comes closest to the example. */
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

  test("each example's keys stand in one of ours, with values of their type", () => {
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

  test("no exception outlives its reason", () => {
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

  test("each answer is held to its examples: without any one key it fails", () => {
    let bent = 0;
    for (const one of examples().filter(({ name }) => name.startsWith("success"))) {
      const good = closest(one);
      for (const path of [...shapeOf(one.example).keys()].filter((key) => !isExcused(one.method, key))) {
        expect(lacking(one, without(good, path)), `${one.method} without ${path}`).toContain(path);
        bent += 1;
      }
    }
    expect(bent).toBeGreaterThan(400);
  });
});
