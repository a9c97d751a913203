import { afterEach, describe, expect, test } from "vitest";
import { commonErrors } from "../web-api/answer.ts";
import { openConnectionMethod } from "../web-api/apps.ts";
import { methods } from "../web-api/methods.ts";
import { allCauses } from "./causes/all-causes.ts";
import { type Setting, setting } from "./fixtures/simulator-with-app.ts";

let here: Setting | undefined;
afterEach(() => here?.end());

describe("every error has a cause in the pretended world", () => {
  test.each(allCauses)("$method says $error: $because", async ({ error, options, call }) => {
    here = await setting(options);
    expect(await call(here)).toMatchObject({ ok: false, error });
  });
});

describe("what a method says that it can refuse with", () => {
  const causedIn = (method: string) =>
    new Set(allCauses.flatMap((cause) => (cause.method === method ? [cause.error] : [])));

  test.each([...methods.values(), openConnectionMethod])(
    "$name refuses with all of it",
    ({ name, errors }) => {
      const caused = causedIn(name);
      expect(errors.filter((error) => !caused.has(error) && error !== "missing_scope")).toEqual([]);
    },
  );

  test("the door refuses with all that it names", () => {
    const caused = new Set(allCauses.map(({ error }) => error));
    expect(commonErrors.filter((error) => !caused.has(error))).toEqual([]);
  });

  test("none is refused for a reason that it doesn't name", () => {
    const named = new Map(
      [...methods.values(), openConnectionMethod].map(({ name, errors }) => [name, errors]),
    );
    const all: readonly string[] = commonErrors;
    expect(
      allCauses.filter(
        ({ method, error }) => !named.get(method)?.some((one) => one === error) && !all.includes(error),
      ),
    ).toEqual([]);
  });
});
