import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buttonAddress, webLink } from "./addresses.ts";
import { clockTime } from "./clock-time.ts";
import { cut, escapeText, oneLine, pages, plain, reveal } from "./text.ts";

test("escapeText escapes the ampersand first", () => {
  expect(escapeText("<!channel> & &lt;")).toBe("&lt;!channel&gt; &amp; &amp;lt;");
});

describe("a long text", () => {
  test.each([
    ["between letters", "impossible", 5, "impo…"],
    ["before a whole emoji", "ab😀cd", 4, "ab…"],
    ["before a whole emoji sequence", "a👩‍🚀b", 5, "a…"],
    ["before a letter with its accent", "ae\u0301iou", 3, "a…"],
    ["nowhere if it fits", "abc", 3, "abc"],
    ["without a space before the ellipsis", "ab cd", 4, "ab…"],
  ])("is cut %s", (_, text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected);
  });

  test("is never cut within a character or above the limit", () => {
    const texts = fc.array(fc.constantFrom("a", "😀", "👩‍🚀", "\u0301", "🇩🇪")).map((found) => found.join(""));
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 80 }), (text, limit) => {
        expect(cut(text, limit).isWellFormed()).toBe(true);
        expect(cut(text, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  test("split into pages joins to the whole text", () => {
    const texts = fc.array(fc.constantFrom("word", "\n", "😀", " ")).map((found) => found.join(""));
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 40 }), (text, limit) => {
        const found = pages(text, limit);
        expect(found.join("")).toBe(text);
        expect(found.every((page) => page.length <= limit && page.isWellFormed())).toBe(true);
      }),
    );
    expect(pages("first\nsecond\nthird", 14)).toEqual(["first\nsecond\n", "third"]);
  });
});

describe("an invisible character", () => {
  test.each([
    ["a direction override", "a\u202Efdp.exe", "a⟨U+202E⟩fdp.exe"],
    ["a zero-width space", "pay\u200Bpal", "pay⟨U+200B⟩pal"],
    ["a null byte", "a\0b", "a⟨U+0000⟩b"],
    ["a lone surrogate", "a\uD800b", "a⟨U+D800⟩b"],
    ["a joiner outside an emoji", "a\u200Db", "a⟨U+200D⟩b"],
    ["a hidden tag", "a\u{E0041}b", "a⟨U+E0041⟩b"],
  ])("is written out: %s", (_, text, expected) => {
    expect(reveal(text)).toBe(expected);
  });

  test.each(["👩‍🚀", "👩🏽‍🚀", "❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "São Paulo", "東京", "line\n\tbreak"])(
    "stays if it belongs to the visible text: %s",
    (text) => {
      expect(reveal(text)).toBe(text);
    },
  );

  test("counts with its written-out length, also after a long blank", () => {
    expect(oneLine(`${" ".repeat(5000)}a\r\nb\u202E`, 20)).toBe("a b⟨U+202E⟩");
    expect(oneLine("\u202E".repeat(100_000), 20)).toBe("⟨U+202E⟩⟨U+202E⟩⟨U+…");
    expect(oneLine("\r\n".repeat(50), 20)).toBe("");
  });

  test("is not added to a blank text, which becomes a dash", () => {
    expect(plain(" \n ", 75)).toEqual({ type: "plain_text", text: "–", emoji: false });
  });
});

describe("an address", () => {
  test.each([
    ["https://wiki.acme.example/a/b", "<https://wiki.acme.example/a/b|wiki.acme.example/a/b>"],
    ["https://acme.example/?a=1&b=<x>|y", "<https://acme.example/?a=1&amp;b=%3Cx%3E%7Cy|acme.example>"],
    ["https://acme.example/a_b_c", "<https://acme.example/a_b_c|acme.example/…>"],
    ["https://аpple.example/", "<https://xn--pple-43d.example/|xn--pple-43d.example>"],
  ])("%s becomes a link whose label shows the target", (text, link) => {
    expect(webLink(text)).toBe(link);
  });

  test.each([
    "javascript:alert(1)",
    "see https://acme.example",
    "https://acme.example https://evil.example",
    "https://acme.example@evil.example/",
    "https://_acme_.example/",
    `https://acme.example/${"a".repeat(3000)}`,
    "",
  ])("%s doesn't become a link", (text) => {
    expect(webLink(text)).toBeNull();
  });

  test.each([
    ["https://tocsin.acme.example/alerts/1", "https://tocsin.acme.example/alerts/1"],
    ["http://10.0.0.7:4000/", "http://10.0.0.7:4000/"],
    ["http://[::1]:4000/", "http://[::1]:4000/"],
    ["http://localhost:4000/", null],
    ["ftp://acme.example/", null],
    ["tocsin", null],
  ])("%s is on a button: %s", (address, shown) => {
    expect(buttonAddress(address)).toBe(shown);
  });
});

describe("a time", () => {
  const at = new Date("2026-11-24T23:30:00Z");
  test.each([
    ["Europe/Berlin", "2026-11-25T08:00:00Z", "00:30 CET"],
    ["America/New_York", "2026-11-25T03:00:00Z", "18:30 EST"],
    ["America/New_York", "2026-11-26T08:00:00Z", "24 Nov 18:30 EST"],
    ["Asia/Kolkata", "2027-01-01T08:00:00Z", "25 Nov 2026 05:00 IST"],
    ["Asia/Tokyo", "2026-11-25T08:00:00Z", "08:30 GMT+9"],
  ])("in %s, seen at %s, reads %s %s", (timezone, now, expected) => {
    expect(clockTime(at, timezone, new Date(now))).toBe(expected);
  });
});
