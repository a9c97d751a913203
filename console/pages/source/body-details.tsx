import { Link } from "@tanstack/react-router";
import type { BodyOutcome } from "../../../src/alert/report.ts";
import type { WholeBody } from "../../../src/ingest/kept-bodies/contract.ts";
import { CopyButton } from "../../components/copy.tsx";
import { reveal } from "../../components/reveal.ts";
import css from "./bodies.module.css";
import { indentJson } from "./indent-json.ts";

const outcomeLabels: Record<BodyOutcome, string> = {
  taken: "Taken",
  partly: "Partly understood",
  refused: "Refused",
};

export function OutcomePill({ outcome }: { outcome: BodyOutcome }) {
  return (
    <span className={css.pill} data-outcome={outcome}>
      {outcomeLabels[outcome]}
    </span>
  );
}

const shownCharacters = 20_000;
const shownResults = 10;

/** What became of each report of a body, and its text. */
export function BodyDetails({ body }: { body: WholeBody }) {
  const { text, results, reports, bytes } = body;
  const shown = results.slice(0, shownResults);
  return (
    <>
      <ul className={css.results}>
        {shown.map((result) => (
          <ResultLine key={result.index} result={result} only={reports === 1} />
        ))}
        {reports > shown.length ? (
          <li className={css.dim}>and {reports - shown.length} more reports</li>
        ) : null}
      </ul>
      {text === null ? (
        <p className={css.quiet}>
          This body of {bytes.toLocaleString("en")} bytes was taken and is too large to keep.
        </p>
      ) : (
        <RawText text={text} />
      )}
    </>
  );
}

function ResultLine({ result, only }: { result: WholeBody["results"][number]; only: boolean }) {
  const { index, outcome, number, field = "report", expected, warnings = [] } = result;
  const which = only ? "" : `Report ${index + 1}: `;
  if (outcome === "invalid")
    return (
      <li data-bad>
        {which}
        <code>{reveal(field)}</code> should be {reveal(expected ?? "a report")}
      </li>
    );
  return (
    <li>
      {which}
      {verbs[outcome]}
      {number === undefined ? null : (
        <>
          {" "}
          <Link to="/alerts/$alert" params={{ alert: String(number) }}>
            #{number}
          </Link>
        </>
      )}
      {warnings.map((warning) => (
        <span key={`${warning.field} ${warning.expected}`} className={css.warning}>
          <code>{reveal(warning.field)}</code> should be {reveal(warning.expected)}
        </span>
      ))}
    </li>
  );
}

const verbs = {
  opened: "Opened alert",
  joined: "Joined alert",
  resolved: "Resolved alert",
  duplicate: "Taken before",
  ignored: "Changed nothing: it says that something is over, and no alert is open for it",
} as const;

function RawText({ text }: { text: string }) {
  const indented = indentJson(text);
  const more = indented.length - shownCharacters;
  return (
    <div className={css.raw}>
      <CopyButton text={text} label="body" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard. */}
      <section tabIndex={0} aria-label="Body as received">
        <pre>
          {text === "" ? (
            <span className={css.dim}>(empty)</span>
          ) : (
            reveal(indented.slice(0, shownCharacters))
          )}
          {more > 0 ? <span className={css.dim}> … {more.toLocaleString("en")} more characters</span> : null}
        </pre>
      </section>
    </div>
  );
}
