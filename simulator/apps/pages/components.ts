import type { ManifestError } from "../manifest/schema/manifest.ts";
import { type Html, html } from "./html.ts";

type Field = { name: string; label: string; value: string; hint?: string; type?: string };

/** One line to fill in, with its label. */
export const field = ({
  name,
  label,
  value,
  hint,
  type = "text",
}: Field): Html => html`<div class="input-block">
  <label for="${name}">${label}</label>
  <input class="input" type="${type}" id="${name}" name="${name}" value="${value}"${hint && html` aria-describedby="${name}-hint"`}>
  ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
</div>`;

/** Several lines to fill in. */
export const area = ({
  name,
  label,
  value,
  hint,
  rows = 6,
}: Field & { rows?: number }): Html => html`<div class="input-block">
  <label for="${name}">${label}</label>
  <textarea class="input code" id="${name}" name="${name}" rows="${rows}" spellcheck="false"${hint && html` aria-describedby="${name}-hint"`}>
${value}</textarea>
  ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
</div>`;

/** Something to tick. */
export const tick = (given: {
  name: string;
  label: string;
  on: boolean;
  value?: string;
  hint?: string;
}): Html => html`<div class="tick">
  <input type="checkbox" id="${given.name}-${given.value}" name="${given.name}" value="${given.value ?? "on"}"${given.on && html` checked`}>
  <label for="${given.name}-${given.value}">${given.label}${given.hint && html`<small>${given.hint}</small>`}</label>
</div>`;

/** A value to read and to copy; a secret is hidden until *Show* is pressed. */
export const reading = ({
  label,
  value,
  secret = false,
}: {
  label: string;
  value: string;
  secret?: boolean;
}): Html => {
  const id = label.toLowerCase().replace(/[^a-z]+/g, "-");
  return html`<div class="input-block reading">
    <label id="${id}-label" for="${id}">${label}</label>
    <div class="with-buttons">
      <input class="input code" id="${id}" readonly value="${value}" type="${secret ? "password" : "text"}" autocomplete="off">
      ${secret && html`<button type="button" class="button" data-show="${id}" aria-describedby="${id}-label">Show</button>`}
      <button type="button" class="button" data-copy="${id}" aria-describedby="${id}-label">Copy</button>
    </div>
  </div>`;
};

/** A button that does something of a page: its form is sent to the page's address with the deed's name. */
export const deed = (
  { to, label, look = "" }: { to: string; label: string; look?: "primary" | "danger" | "" },
  ...fields: Html[]
): Html => html`<form method="post" action="${to}">${fields}
  <button class="button ${look}">${label}</button>
</form>`;

/** All that was wrong with what was sent, and where. */
export const refusals = (errors: readonly ManifestError[]): Html | false =>
  errors.length > 0 &&
  html`<div class="refused" role="alert">
    <h2>${errors.length === 1 ? "There is an error" : `There are ${errors.length} errors`}</h2>
    <ul>${errors.map(({ message, pointer }) => html`<li>${message}${pointer && html` <code>${pointer}</code>`}</li>`)}</ul>
  </div>`;

/** A part of a page, with its heading. */
export const section = (title: string, ...body: (Html | false | undefined)[]): Html =>
  html`<section class="card"><h2>${title}</h2>${body}</section>`;
