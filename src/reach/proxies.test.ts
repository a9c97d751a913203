import { expect, test } from "vitest";
import { parseExceptions, parseProxy, proxyFor } from "./proxies.ts";

const [https, http] = [new URL("http://secure.example:3128"), new URL("http://plain.example:3128")];

test.each([
  ["https://slack.com/api/", "", https],
  ["wss://wss-primary.slack.com/link", "", https],
  ["http://hooks.corp.example/", "", http],
  ["ws://127.0.0.1:4001/link", "", null],
  ["https://localhost:4001/", "", null],
  ["https://[::1]/", "", null],
  ["https://127.9.9.9/", "", null],
  ["https://slack.com/", "*", null],
  ["https://slack.com/", "slack.com", null],
  ["https://api.slack.com/", ".slack.com", null],
  ["https://api.slack.com/", "*.Slack.com", null],
  ["https://notslack.com/", "slack.com", https],
  ["https://slack.com/", "slack.com:8443 , other.example", https],
  ["https://slack.com:8443/", "slack.com:8443", null],
  ["https://10.1.2.3/", "10.0.0.0/8", null],
  ["https://[::ffff:10.1.2.3]/", "10.0.0.0/8", null],
  ["https://11.1.2.3/", "10.0.0.0/8", https],
  ["https://[fd00::7]:8443/", "[fd00::7]:8443", null],
  ["https://[fd00::7]/", "fd00::/8", null],
  ["https://[fd00::7]/", "fd00::8 fd00::7", null],
])("%s with NO_PROXY=%s goes through the right proxy, or none", (address, text, expected) => {
  const exceptions = parseExceptions(text) ?? [];
  expect(proxyFor(new URL(address), { https, http, exceptions })).toBe(expected);
});

test.each(["a b://", "10.0.0.0/33", "[fd00::7", "a..b", "http://proxy"])("NO_PROXY=%s is refused", (text) => {
  expect(parseExceptions(text)).toBeUndefined();
});

test.each([
  ["proxy.example:3128", "http://proxy.example:3128/"],
  ["https://u:p@proxy.example", "https://u:p@proxy.example/"],
  ["socks5://proxy.example:1080", undefined],
  ["http://proxy.example/path", undefined],
  ["http://", undefined],
])("HTTPS_PROXY=%s is read as %s", (text, href) => {
  expect(parseProxy(text)?.href).toBe(href);
});
