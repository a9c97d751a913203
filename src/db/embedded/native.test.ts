import { expect, test } from "vitest";
import { chooseUser, failureReason, runAs, shortName } from "./native.ts";

test("PostgreSQL runs as nobody for root's data, and as the owner for other data", () => {
  expect(chooseUser(0, 0)).toBe(65534);
  expect(chooseUser(0, 1000)).toBe(1000);
  expect(chooseUser(1000, 1000)).toBe(1000);
  expect(() => chooseUser(1000, 0)).toThrow("Its database (postgres/) belongs to user id 0");
});

test("setpriv gets only the death signal when PostgreSQL runs as the same user", () => {
  expect(runAs(1000, 1000, false)).toEqual(["--pdeathsig", "INT"]);
  expect(runAs(1000, 1000, true)).toEqual(["--pdeathsig", "INT"]);
});

test("setpriv keeps a capability only when a folder is closed to the user", () => {
  expect(runAs(0, 65534, false).join(" ")).not.toContain("caps");
  expect(runAs(0, 65534, true).join(" ")).toContain("--ambient-caps +dac_read_search");
});

test.each([
  ["libpq.so.5.18", "libpq.so.5"],
  ["libicudata.so.60.2", "libicudata.so.60"],
  ["libxml2.so.2", null],
  ["libpgport.a", null],
])("the short name of %s is %s", (file, name) => {
  expect(shortName(file)).toBe(name);
});

test("the reason of a failure is the last error line, whatever follows it", () => {
  const output = ["LOG:  starting", "FATAL:  could not write: No space left on device", "LOG:  shut down"];
  expect(failureReason(output)).toBe("could not write: No space left on device");
  expect(failureReason(["setpriv: libcap-ng is too old"])).toBe("setpriv: libcap-ng is too old");
  expect(failureReason([])).toBe("it gave no reason");
});
