/** Text that is safe in HTML as it stands. */
export interface Html {
  html: string;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML from a template, whose values are text and escaped unless they are HTML already. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  return { html: parts.reduce((before, part, n) => before + write(values[n - 1] ?? "") + part) };
}

function write(value: string | Html | Html[]): string {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return Array.isArray(value) ? value.map(write).join("\n") : value.html;
}
