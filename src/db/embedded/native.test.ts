import { expect, test } from "vitest";
import { chooseUser, failureReason, runAs, shortName } from "./native.ts";

test("root's data goes to nobody, a user's data to that user", () => {
  expect(chooseUser(0, 0)).toBe(65534);
  expect(chooseUser(0, 1000)).toBe(1000);
  expect(chooseUser(1000, 1000)).toBe(1000);
  expect(() => chooseUser(1000, 0)).toThrow("belongs to user id 0");
});

test("a plain user changes nothing but how PostgreSQL dies", () => {
  expect(runAs(1000, 1000, false)).toEqual(["--pdeathsig", "INT"]);
  expect(runAs(1000, 1000, true)).toEqual(["--pdeathsig", "INT"]);
});

test("a privilege is handed on only below a closed folder", () => {
  expect(runAs(0, 65534, false).join(" ")).not.toContain("caps");
  expect(runAs(0, 65534, true).join(" ")).toContain("--ambient-caps +dac_read_search");
});

test.each([
  ["libpq.so.5.18", "libpq.so.5"],
  ["libicudata.so.60.2", "libicudata.so.60"],
  ["libxml2.so.2", null],
  ["libpgport.a", null],
])("%s is loaded as %s", (file, name) => {
  expect(shortName(file)).toBe(name);
});

test("the reason of a failure is the last complaint, whatever follows it", () => {
  const output = ["LOG:  starting", "FATAL:  could not write: No space left on device", "LOG:  shut down"];
  expect(failureReason(output)).toBe("could not write: No space left on device");
  expect(failureReason(["setpriv: libcap-ng is too old"])).toBe("setpriv: libcap-ng is too old");
  expect(failureReason([])).toBe("it gave no reason");
});
