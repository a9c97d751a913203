import { CopyLine } from "../../parts/copy/copy-line.tsx";
import css from "./wizard.module.css";
import { Heard } from "../../slack-bot/instructions/heard.tsx";
import { StepText } from "../../slack-bot/instructions/step-text.tsx";
import { instructionsFor, type Way } from "./install-steps.ts";

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
