import { afterAll, afterEach, describe, expect, test } from "vitest";
import { commonErrors } from "../web-api/answer.ts";
import { openConnectionMethod } from "../web-api/apps.ts";
import { methods } from "../web-api/methods.ts";
import { allCauses } from "./causes/all-causes.ts";
import type { Cause } from "./causes/cause.ts";
import { type SimulatorWithApp, startWithApp } from "./fixtures/simulator-with-app.ts";

let env: SimulatorWithApp | undefined;
let shared: SimulatorWithApp | undefined;
afterEach(async () => {
  await env?.end();
  env = undefined;
});
afterAll(() => shared?.end());

async function simulatorFor({ isHarmless, options }: Cause): Promise<SimulatorWithApp> {
  if (isHarmless) {
    shared ??= await startWithApp();
    return shared;
  }
  env = await startWithApp(options);
  return env;
}

describe("every error can be caused:", () => {
  test.each(allCauses)("$method answers $error for $situation", async (cause) => {
    const answer = await cause.call(await simulatorFor(cause));
    expect(answer).toMatchObject({ ok: false, error: cause.error });
  });
});

describe("the documented errors", () => {
  const causedIn = (method: string) =>
    new Set(allCauses.flatMap((cause) => (cause.method === method ? [cause.error] : [])));

  test.each([...methods.values(), openConnectionMethod])("of $name all have a cause", ({ name, errors }) => {
    const caused = causedIn(name);
    expect(errors.filter((error) => !caused.has(error) && error !== "missing_scope")).toEqual([]);
  });

  test("that all methods share all have a cause", () => {
    const caused = new Set(allCauses.map(({ error }) => error));
    expect(commonErrors.filter((error) => !caused.has(error))).toEqual([]);
  });

  test("include every error that has a cause", () => {
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
