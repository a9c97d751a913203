import { expect, test } from "vitest";
import { html } from "./try-page.ts";

test("values are escaped unless they are HTML already", () => {
  const link = html`<a href="${'x"><script>'}">${"A & B"}</a>`;
  expect(html`<p>${link}${[link]}</p>`.html).toBe(`<p>${link.html}${link.html}</p>`);
  expect(link.html).toBe(`<a href="x&quot;&gt;&lt;script&gt;">A &amp; B</a>`);
});
