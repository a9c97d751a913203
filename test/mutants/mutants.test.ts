import { expect, test } from "vitest";
import { chooseMutants } from "./choose-mutants.ts";
import { applied, findMutants } from "./find-mutants.ts";
import { judge, type Result } from "./results.ts";

/** The changed lines of every mutant of a text. */
function changes(text: string, file = "src/dedup/x.ts"): string[] {
  return findMutants(file, text).map((mutant) => applied(text, mutant));
}

test("conditions, guards, constants, calls and orders are changed, one at a time", () => {
  expect(changes("while (go()) if (a < b) continue;")).toEqual([
    "while (go()) ;",
    "while (go()) if (a >= b) continue;",
  ]);
  expect(changes("const x = a && b;")).toEqual(["const x = a;", "const x = b;"]);
  expect(changes("const day = 24 * 3600;")).toEqual([
    "const day = 24 / 3600;",
    "const day = 240 * 3600;",
    "const day = 2 * 3600;",
    "const day = 24 * 36000;",
    "const day = 24 * 360;",
  ]);
  expect(changes("await append(tx);")).toEqual([""]);
  expect(changes("const all = found.filter(isNew);")).toEqual(["const all = found;"]);
  expect(changes('app.get(url, requires("View Users"));')).toContain('app.get(url, requires("signed in"));');
  expect(changes('log.info("said");')).toEqual([]);
});

test("a statement loses a condition, its locks, its order and its unit of time", () => {
  const select =
    "select id from t where a = $1 and t.until < now() - interval '24 hours' order by id desc for update";
  const found = changes(`await run(sql\`${select}\`);`).map((text) => /`(.*)`/.exec(text)?.[1]);
  expect(found).toEqual(
    expect.arrayContaining([
      select.replace("a = $1", "(true or a = $1)"),
      select.replace("desc", "asc"),
      select.replace("24 hours", "24 minutes"),
      select.replace(" < ", " >= "),
      select.replace("for update", ""),
    ]),
  );
});

test("a mutant belongs to the group that its file and statement are about", () => {
  const group = (file: string, text: string) => findMutants(file, text).at(-1)?.group;
  expect(group("src/dedup/x.ts", "const x = a && b;")).toBe("decisions");
  expect(group("src/dedup/x.ts", "await audit(tx, by, entry);")).toBe("audit");
  expect(group("src/dedup/x.ts", 'requires("View Users");')).toBe("permissions");
  expect(group("src/people/x.ts", "const x = a && b;")).toBe("permissions");
  expect(group("src/deliver/events/post.ts", "const x = a && b;")).toBe("transport");
  expect(group("src/people/x.ts", 'rows.where("id", "=", id);')).toBe("sql");
});

test("a choice has equal shares of the groups, and depends on the seed only", () => {
  const all = ["decisions", "sql"].flatMap((group) =>
    Array.from(
      { length: 50 },
      (_, n) => ({ key: `${group} ${n}`, group: group === "sql" ? "sql" : "decisions" }) as const,
    ),
  );
  const chosen = chooseMutants(all, { seed: "1", count: 10 });
  expect(chosen.filter(({ group }) => group === "sql")).toHaveLength(5);
  expect(chooseMutants(all.toReversed(), { seed: "1", count: 10 })).toEqual(chosen);
  expect(chooseMutants(all, { seed: "2", count: 10 })).not.toEqual(chosen);
});

test("a run passes when 95 percent are killed and each survivor is explained, and names stale explanations", () => {
  const result = (n: number, killedBy: string | null): Result => ({
    key: `${n}`,
    group: "sql",
    hash: "",
    killedBy,
    seconds: 1,
  });
  const results = Array.from({ length: 20 }, (_, n) => result(n, n === 0 ? null : "a.test.ts"));
  expect(judge(results, new Map())).toMatchObject({
    passed: false,
    text: expect.stringContaining("survived: 0"),
  });
  const explained = new Map(["0", "1"].map((key) => [key, "why"]));
  expect(judge(results, explained).passed).toBe(true);
  expect(judge(results, explained).text).toContain("listed as a survivor, but killed by a.test.ts: 1");
  expect(
    judge([...results.slice(0, 10), result(20, null)], new Map([...explained, ["20", "why"]])).passed,
  ).toBe(false);
});
