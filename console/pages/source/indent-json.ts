const longest = 200_000;

/**
 * JSON on lines of its own, indented by its braces. Nothing but white space between its tokens changes, so that all
 * digits and all mistakes stay. Text that has lines already, or is too long to look at, stays as it is.
 */
export function indentJson(text: string): string {
  if (text.length > longest || /\n./.test(text) || !/^\s*[[{]/.test(text)) return text;
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.max(0, depth))}`;
  // Whole strings first, so that braces inside of them don't count.
  return text.replace(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{[]|[}\]]|[,:]|\s+/g, (token) => {
    if (token === "{" || token === "[") {
      depth++;
      return token + line();
    }
    if (token === "}" || token === "]") {
      depth--;
      return line() + token;
    }
    if (token === ",") return `,${line()}`;
    if (token === ":") return ": ";
    return /^\s/.test(token) ? "" : token;
  });
}
