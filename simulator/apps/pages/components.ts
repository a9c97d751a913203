import type { ManifestError } from "../manifest/schema/manifest.ts";
import { type Html, html } from "./html.ts";

type Field = { name: string; label: string; value: string; hint?: string; type?: string };

/** A one-line input with its label. */
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

/** A text textArea with its label. */
export const textArea = ({
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

/** A checkbox with its label. */
export const checkbox = (given: {
  name: string;
  label: string;
  on: boolean;
  value?: string;
  hint?: string;
}): Html => html`<div class="tick">
  <input type="checkbox" id="${given.name}-${given.value}" name="${given.name}" value="${given.value ?? "on"}"${given.on && html` checked`}>
  <label for="${given.name}-${given.value}">${given.label}${given.hint && html`<small>${given.hint}</small>`}</label>
</div>`;

/** A read-only value with a *Copy* button; a secret is hidden until *Show* is pressed. */
export const readOnlyField = ({
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

/** A form with one button that posts to the URL of an action of the page. */
export const actionForm = (
  { to, label, variant = "" }: { to: string; label: string; variant?: "primary" | "danger" | "" },
  ...fields: Html[]
): Html => html`<form method="post" action="${to}">${fields}
  <button class="button ${variant}">${label}</button>
</form>`;

/** The errors of a submitted form, or `false` if there are none. */
export const errorList = (errors: readonly ManifestError[]): Html | false =>
  errors.length > 0 &&
  html`<div class="refused" role="alert">
    <h2>${errors.length === 1 ? "There is an error" : `There are ${errors.length} errors`}</h2>
    <ul>${errors.map(({ message, pointer }) => html`<li>${message}${pointer && html` <code>${pointer}</code>`}</li>`)}</ul>
  </div>`;

/** A section of a page with its heading. */
export const section = (title: string, ...body: (Html | false | undefined)[]): Html =>
  html`<section class="card"><h2>${title}</h2>${body}</section>`;
