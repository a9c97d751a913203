import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import { CopyLine } from "../../components/copy.tsx";
import { OutLink } from "../../components/out-link.tsx";
import { Time } from "../../components/time.tsx";
import { instructionsFor, type Way } from "./install-steps.ts";
import css from "./wizard.module.css";

interface Props {
  way: Way;
  mode: "http" | "socket";
  /** The list of one's apps at Slack. */
  appsUrl: string;
  requestText: string;
}

/** What to do on Slack's side, step by step, with the names that Slack's own buttons have. */
export function Instructions({ way, mode, appsUrl, requestText }: Props) {
  return (
    <section className={css.panel} aria-labelledby="instructions">
      <h2 id="instructions">In Slack</h2>
      <ol className={css.instructions}>
        {instructionsFor({ way, mode }).map((step) => (
          <li key={step}>
            <StepText text={step} appsUrl={appsUrl} />
          </li>
        ))}
      </ol>
      {mode === "http" ? <Heard /> : null}
      {way === "request" ? (
        <>
          <p>The message for the request:</p>
          <CopyLine text={requestText} what="message" />
        </>
      ) : null}
    </section>
  );
}

/** Nothing else tells that somebody pressed Verify. */
const lookMs = 3000;

/** Whether Slack reaches Tocsin: live, while somebody presses Verify there. */
function Heard() {
  const { data } = useQuery({
    queryKey: ["slack-app"],
    queryFn: setupApi.slackApp,
    refetchInterval: lookMs,
  });
  if (!data) return null;
  const at = data.heard.verifiedAt ?? data.heard.unverifiedAt;
  return (
    <p className={css.note} data-tone={at ? "good" : undefined} role="status">
      {at ? (
        <>
          Slack's request arrived <Time at={at} />.
        </>
      ) : (
        "Waiting for Slack's request, which comes when you press Verify."
      )}
    </p>
  );
}

/** A step's words: Slack's button names in bold, and its list of apps as a link. */
function StepText({ text, appsUrl }: { text: string; appsUrl: string }) {
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
