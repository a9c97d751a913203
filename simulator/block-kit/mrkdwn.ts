/** A piece of formatted text in mrkdwn. */
export type Span =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike" | "quote"; of: Span[] }
  | { kind: "code" | "preformatted"; text: string }
  | { kind: "link"; url: string; text: string }
  | { kind: "user" | "channel" | "usergroup"; id: string }
  | { kind: "broadcast"; range: string }
  | { kind: "break" };

/** Decodes the three entities that Slack supports. */
export const decodeEntities = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Encodes the three entities, as Slack does with typed text. */
export const encodeEntities = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const bareLink = /\bhttps?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]'"]/g;

function plainSpans(text: string, verbatim: boolean): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const found of verbatim ? [] : text.matchAll(bareLink)) {
    if (found.index > from) spans.push({ kind: "text", text: decodeEntities(text.slice(from, found.index)) });
    const url = decodeEntities(found[0]);
    spans.push({ kind: "link", url, text: url });
    from = found.index + found[0].length;
  }
  if (from < text.length) spans.push({ kind: "text", text: decodeEntities(text.slice(from)) });
  return spans;
}

/** Parses the text between `<` and `>`; anything but links, people, channels, groups and broadcasts stays text. */
export function token(inside: string): Span {
  const [target = "", label] = inside.split(/\|(.*)/s);
  const id = target.slice(1);
  if (target.startsWith("@")) return { kind: "user", id };
  if (target.startsWith("#")) return { kind: "channel", id };
  if (target.startsWith("!subteam^")) return { kind: "usergroup", id: target.slice(9) };
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: "broadcast", range: id };
  if (target.startsWith("!")) return { kind: "text", text: decodeEntities(label ?? `<${target}>`) };
  const url = decodeEntities(target);
  if (/^(https?:\/\/|mailto:|tel:)/i.test(url))
    return { kind: "link", url, text: decodeEntities(label || target) };
  return { kind: "text", text: `<${decodeEntities(inside)}>` };
}

const preformatted = /```\n?([\s\S]+?)```/y;
const code = /`([^`\n]+)`/y;
const angle = /<([^<>\n]+)>/y;
const markers = [
  { kind: "bold", form: /\*(?=\S)([^*\n]*[^\s*])\*(?![\p{L}\p{N}])/uy },
  { kind: "italic", form: /_(?=\S)([^_\n]*[^\s_])_(?![\p{L}\p{N}])/uy },
  { kind: "strike", form: /~(?=\S)([^~\n]*[^\s~])~(?![\p{L}\p{N}])/uy },
] as const;

const matchAt = (form: RegExp, text: string, index: number) => {
  form.lastIndex = index;
  return form.exec(text);
};

type Found = { span: Span; length: number };

function special(text: string, index: number, verbatim: boolean): Found | undefined {
  const pre = matchAt(preformatted, text, index);
  if (pre)
    return { span: { kind: "preformatted", text: decodeEntities(pre[1] ?? "") }, length: pre[0].length };
  const literal = matchAt(code, text, index);
  if (literal)
    return { span: { kind: "code", text: decodeEntities(literal[1] ?? "") }, length: literal[0].length };
  const bracketed = matchAt(angle, text, index);
  if (bracketed) return { span: token(bracketed[1] ?? ""), length: bracketed[0].length };
  if (text[index] === "\n") return { span: { kind: "break" }, length: 1 };
  // Markers only count at the beginning of a word, so that snake_case and 2*3*4 stay unchanged.
  if (/[\p{L}\p{N}]/u.test(text[index - 1] ?? "")) return undefined;
  for (const { kind, form } of markers) {
    const found = matchAt(form, text, index);
    if (found) return { span: { kind, of: inline(found[1] ?? "", verbatim) }, length: found[0].length };
  }
  return undefined;
}

function inline(text: string, verbatim: boolean): Span[] {
  const spans: Span[] = [];
  let from = 0;
  let index = 0;
  const flush = () => spans.push(...plainSpans(text.slice(from, index), verbatim));
  while (index < text.length) {
    const found = /[`<*_~\n]/.test(text[index] ?? "") ? special(text, index, verbatim) : undefined;
    if (!found) index += 1;
    else {
      flush();
      spans.push(found.span);
      index += found.length;
      from = index;
    }
  }
  flush();
  return spans;
}

const quoted = /^(?:&gt; ?.*(?:\n|$))+/m;

/** Parses mrkdwn as Slack's clients do. With `verbatim`, bare URLs are not linked. */
export function parseMrkdwn(text: string, verbatim = false): Span[] {
  const quote = quoted.exec(text);
  if (!quote) return inline(text, verbatim);
  const lines = quote[0].replace(/\n$/, "").replaceAll(/^&gt; ?/gm, "");
  return [
    ...inline(text.slice(0, quote.index), verbatim),
    { kind: "quote", of: inline(lines, verbatim) },
    ...parseMrkdwn(text.slice(quote.index + quote[0].length), verbatim),
  ];
}
