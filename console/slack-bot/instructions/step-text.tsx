import { OutLink } from "../../components/out-link.tsx";

/** A step's words: Slack's button names in bold, and its list of apps as a link. */
export function StepText({ text, appsUrl }: { text: string; appsUrl: string }) {
  return text.split(/(\*\*.+?\*\*|\[.+?\])/).map((part, place) => {
    const inner = part.replaceAll(/^\*\*|\*\*$|^\[|\]$/g, "");
    const key = `${place}`;
    if (part.startsWith("**")) return <strong key={key}>{inner}</strong>;
    if (part.startsWith("["))
      return (
        <OutLink key={key} href={appsUrl}>
          {inner}
        </OutLink>
      );
    return part;
  });
}
