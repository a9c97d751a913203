import { afterAll, expect, test } from "vitest";
import type { Expressions } from "../../alert/expressions.ts";
import { openEvaluator } from "./evaluator.ts";
import { openExpressionPool } from "./expression-pool.ts";

const pool = openExpressionPool();
afterAll(() => pool.close());

const sample = {
  name: "Door",
  user: { name: "eve" },
  backtrack: `${"a".repeat(32)}b`,
  constructor: "own",
};

/** What the title of the sample is. */
async function title(expression: string, rest: Expressions = {}, body: unknown = sample): Promise<unknown> {
  const expressions = { ...rest, title: expression };
  const picked = await pool.pick("source", { expressions, body: JSON.stringify(body), reports: null });
  if (picked.kind !== "reports") return picked;
  const [first] = picked.reports;
  if (first?.kind !== "picked") return first;
  const { value, fault } = JSON.parse(first.json).fields.title;
  return fault ?? value;
}

const runaways: [name: string, expression: string][] = [
  ["endless recursion", "($f := function($n) { $f($n + 1) }; $f(1))"],
  ["catastrophic backtracking", "$contains(backtrack, /^(a+)+$/)"],
  [
    "an object that doubles",
    '($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; $string($f(1, 40)))',
  ],
  ["a text beyond the memory of the thread", "$uppercase($pad(name, 150000000))"],
];

// V8 ends the whole process for the last of them.
test.each(runaways)("%s ends the thread, and the next body gets a new one", async (_, expression) => {
  expect(await title(expression)).toEqual({
    kind: "ended",
    of: expect.stringMatching(/^(?:time|memory|budget)$/),
  });
  expect(await title("name")).toBe("Door");
});

test.each([
  ["deep recursion", "($f := function($n) { 1 + $f($n + 1) }; $f(1))", /Stack overflow/],
  ["a list of ten million", "$shuffle([1..10000000])", /maximum sequence length/],
  [
    "a list that doubles",
    "($f := function($s, $n) { $n = 0 ? $s : $f($append($s, $s), $n - 1) }; $f([1, 2, 3, 4], 40))",
    /maximum sequence length/,
  ],
  [
    "a wrong argument",
    "$uppercase(user)",
    /Argument 1 of \$uppercase\(\) has the wrong type\. It met \{"name":"eve"\}\./,
  ],
  ["$eval", "$eval(name)", /\$eval\(\) is not available/],
  ["the time", "$now()", /\$now\(\) is not available/],
  ["chance", "$random()", /\$random\(\) is not available/],
  ["a function as the result", "$sum", /gives a function/],
  ["more text than an alert holds", "$pad(name, 500000)", /more than 400,000 characters/],
])("%s is a fault of the expression", async (_, expression, fault) => {
  expect(await title(expression)).toMatch(fault);
});

test("an expression reaches nothing but the body", async () => {
  const reached = [
    "process",
    "$process",
    "globalThis",
    "__proto__",
    "user.constructor",
    "$$.toString",
    "$require",
  ];
  for (const expression of reached) expect(await title(expression), expression).toBeUndefined();
  expect(await title("constructor")).toBe("own");
});

test("bodies of one source are evaluated in order, and another source needn't wait for them", async () => {
  const order: string[] = [];
  const [[, runaway] = ["", ""]] = runaways;
  const pick = (source: string, expression: string) =>
    pool
      .pick(source, { expressions: { title: expression }, body: "{}", reports: null })
      .then(() => order.push(source));
  // Starts both processes.
  await Promise.all([pick("one", "1"), pick("two", "2")]);
  order.length = 0;
  await Promise.all([pick("slow", runaway), pick("slow", runaway), pick("quick", "1")]);
  expect(order.indexOf("quick")).toBeLessThan(order.lastIndexOf("slow"));
});

test("a source with too many waiting bodies is asked to wait", async () => {
  const pick = () => pool.pick("many", { expressions: { title: "1" }, body: "{}", reports: null });
  const outcomes = await Promise.allSettled(Array.from({ length: 210 }, pick));
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(9);
  expect(refused[0]).toMatchObject({ reason: { status: 429 } });
});

test("a body that is null is one report, and an expression that finds nothing finds none", async () => {
  const pick = (expressions: Expressions) =>
    pool.pick("source", { expressions, body: "null", reports: null });
  expect(await pick({ title: "name" })).toMatchObject({ kind: "reports", reports: [{ kind: "picked" }] });
  expect(await pick({ title: "name", reports: "events" })).toEqual({ kind: "reports", reports: [] });
});

test("a process that can't start is answered 503, and started again for the next body", async () => {
  const missing = new URL("./no-such-program.ts", import.meta.url);
  const broken = openExpressionPool(() => openEvaluator(missing));
  const pick = () => broken.pick("source", { expressions: { title: "name" }, body: "{}", reports: null });
  for (let tries = 0; tries < 2; tries++)
    await expect(pick()).rejects.toMatchObject({ status: 503, options: { retryAfter: 10 } });
  broken.close();
});
