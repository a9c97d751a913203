import { expect, test } from "vitest";
import { html } from "./html.ts";

test("html escapes text in elements and attributes, and inserts nested markup as it is", () => {
  const name = `<img src=x onerror="alert('x')"> & more`;
  const inner = html`<b>${name}</b>`;
  expect(html`<p title="${name}">${inner}${[inner]}${false}${undefined}${3}</p>`.markup).toBe(
    `<p title="&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt; &amp; more">${`<b>&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt; &amp; more</b>`.repeat(2)}3</p>`,
  );
});
