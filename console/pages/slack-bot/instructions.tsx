import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { ExternalLink } from "../../components/external-link.tsx";
import { Time } from "../../components/time.tsx";
import { instructionsFor } from "./install-steps.ts";
import css from "./wizard.module.css";

interface Props {
  approval: boolean;
  grid: boolean;
  mode: "http" | "socket";
  /** URL of Slack's page Your Apps. */
  appsUrl: string;
  requestText: string;
}

/** The steps to follow in Slack, with the names of Slack's own buttons. */
export function Instructions({ approval, grid, mode, appsUrl, requestText }: Props) {
  return (
    <section className={css.panel} aria-labelledby="instructions">
      <h2 id="instructions">In Slack</h2>
      <ol className={css.instructions}>
        {instructionsFor({ approval, grid, mode }).map((step) => (
          <li key={step}>
            <StepText text={step} appsUrl={appsUrl} />
          </li>
        ))}
      </ol>
      {mode === "http" ? <RequestStatus /> : null}
      {approval ? (
        <>
          <p>Message for the request:</p>
          <CopyBlock text={requestText} label="message" />
        </>
      ) : null}
    </section>
  );
}

/** Slack's verification request causes no live event. */
const pollMs = 3000;

/** Shows when Slack's verification request arrives. */
function RequestStatus() {
  const { data } = useQuery({
    queryKey: ["slack-app"],
    queryFn: setupApi.slackApp,
    refetchInterval: pollMs,
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
        "Waiting for Slack's request. Press Verify in Slack to send it."
      )}
    </p>
  );
}

/** The text of a step, with Slack's button names in bold and Your Apps as a link. */
function StepText({ text, appsUrl }: { text: string; appsUrl: string }) {
  return text.split(/(\*\*.+?\*\*|\[.+?\])/).map((part, index) => {
    const inner = part.replaceAll(/^\*\*|\*\*$|^\[|\]$/g, "");
    const key = `${index}`;
    if (part.startsWith("**")) return <strong key={key}>{inner}</strong>;
    if (part.startsWith("["))
      return (
        <ExternalLink key={key} href={appsUrl}>
          {inner}
        </ExternalLink>
      );
    return part;
  });
}
