/**
 * What somebody typed into a command, as they saw it: Slack sends `<@U1|grace>` for a person, `<#C1|general>`
 * for a channel, `<https://a.example|…>` for an address, and escapes the rest.
 */
export function typedText(text: string): string {
  return text
    .replace(/<([@#])([^<>|]+)(?:\|([^<>]*))?>/g, (_, sign: string, id: string, name?: string) => {
      return `${sign}${name || id}`;
    })
    .replace(/<([^<>|]+)(?:\|[^<>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
