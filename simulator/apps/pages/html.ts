/** Markup that is safe to insert unescaped. */
export type Html = { readonly markup: string };

type Value = Html | string | number | false | undefined | readonly Value[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function render(value: Value): string {
  if (value === false || value === undefined) return "";
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(render).join("");
}

/** A template tag for markup. Text values are escaped; `false` and `undefined` give nothing. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  markup: parts.map((part, index) => part + render(values[index])).join(""),
});
