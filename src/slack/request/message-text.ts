const entities = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
]);

/** Slack's mrkdwn as plain text. Brackets without meaning stay: many tools forget to escape them. */
export function plainText(mrkdwn: string): string {
  return decodeEntities(mrkdwn.replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, readAngle));
}

/** Slack decodes exactly these three, in plain_text objects too. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities.get(entity) ?? entity);
}

function readAngle(whole: string, target: string, label: string | undefined): string {
  const [sign, rest] = [target.charAt(0), target.slice(1)];
  if (sign === "@" || sign === "#") return withSign(sign, label || rest);
  if (sign === "!") return special(rest, label);
  if (!/^(https?|mailto|tel|ftp):/i.test(target)) return whole;
  const address = target.replace(/^(mailto|tel):/i, "");
  return !label || label === address || label === target ? address : `${label} (${address})`;
}

/** `<!here>`, `<!subteam^S012|@secops>`, `<!date^1700000000^{date}|14 Nov>`: a label is what people would see. */
function special(name: string, label: string | undefined): string {
  const [kind, id] = name.split("^");
  if (kind === "date") return label || id || "";
  return withSign("@", label || id || name);
}

function withSign(sign: string, name: string): string {
  return name.startsWith(sign) ? name : sign + name;
}
