import { Pagination } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { PreviewBody } from "../../../src/ingest/contract.ts";
import { errorText } from "../../api/request.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { Icon } from "../../components/icon.tsx";
import { MessageParts } from "../../components/message-parts.tsx";
import { Time } from "../../components/time.tsx";
import css from "./expressions.module.css";
import { fieldTexts } from "./fields.ts";

type PreviewedReport = PreviewBody["results"][number];

interface Props {
  query: UseQueryResult<PreviewBody>;
  /** Which report of the sample is shown. */
  index: number;
  onIndex: (index: number) => void;
}

/** What would become of the sample: the alert and its card, or why there is none. */
export function Result({ query: { data, error, isFetching }, index, onIndex }: Props) {
  const report = data?.results[index] ?? data?.results[0];
  return (
    <section className={css.result} aria-labelledby="result" aria-busy={isFetching}>
      <div className={css.resultHead}>
        <h2 id="result">What becomes of it</h2>
        {data && data.results.length > 1 ? (
          <Pagination
            size="sm"
            total={data.results.length}
            value={Math.min(index + 1, data.results.length)}
            onChange={(page) => onIndex(page - 1)}
            siblings={0}
            getItemProps={(page) => ({ "aria-label": `Report ${page}` })}
            getControlProps={(control) => ({
              "aria-label": control === "next" ? "Next report" : "Previous report",
            })}
          />
        ) : null}
      </div>
      {error ? <Notice text={errorText(error)} /> : null}
      {data?.problem ? <Notice text={problemText(data.problem)} /> : null}
      {data && data.bad.length > 0 ? <Notice text={badText(data.bad)} /> : null}
      {report ? <ReportResult report={report} /> : null}
    </section>
  );
}

export function Notice({ text }: { text: string }) {
  return (
    <p className={css.notice} role="alert">
      <Icon name="warning" />
      <span className="wrap">{text}</span>
    </p>
  );
}

function problemText({ field, expected, fault }: NonNullable<PreviewBody["problem"]>): string {
  if (field === "reports")
    return fault ? `Reports can't be found: ${fault}` : "No report was found in the sample.";
  return field === "body" ? `The sample should be ${expected}.` : `${field} should be ${expected}.`;
}

function badText(bad: PreviewBody["bad"]): string {
  const names = bad.map(
    ({ field }) => Object.entries(fieldTexts).find(([name]) => name === field)?.[1].label ?? field,
  );
  const list = new Intl.ListFormat("en-GB").format(names);
  return `${list} can't be read and ${bad.length === 1 ? "is" : "are"} left out here.`;
}

function ReportResult({ report: { alert, invalid, card, warnings } }: { report: PreviewedReport }) {
  if (!alert)
    return (
      <Notice text={`This report would be refused: ${invalid?.field} should be ${invalid?.expected}.`} />
    );
  const { says, severity, detection, identity, periodMinutes, occurredAt, logTypes, tags } = alert;
  const window = periodMinutes === null ? "without a window" : `for ${periodMinutes} minutes`;
  return (
    <>
      {says === "resolved" ? (
        <p className={css.dimmed}>It resolves the alert of the same identity, whose card becomes:</p>
      ) : null}
      <MessageParts parts={card} />
      <dl className={css.facts}>
        <dt>Severity</dt>
        <dd>
          <SeverityBadge severity={severity} />
        </dd>
        {detection === null ? null : (
          <>
            <dt>Detection</dt>
            <dd className="wrap">{detection}</dd>
          </>
        )}
        <dt>Belongs together by</dt>
        <dd className="wrap">
          <code>{identity}</code> <span className={css.dimmed}>{window}</span>
        </dd>
        {occurredAt ? (
          <>
            <dt>Time</dt>
            <dd>
              <Time at={occurredAt} />
            </dd>
          </>
        ) : null}
        {logTypes.length > 0 ? <Texts name="Log types" texts={logTypes} /> : null}
        {tags.length > 0 ? <Texts name="Tags" texts={tags} /> : null}
      </dl>
      {warnings.length > 0 ? (
        <p className={css.dimmed}>
          {warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`}: the report is taken, and the
          answer to the tool says so.
        </p>
      ) : null}
    </>
  );
}

function Texts({ name, texts }: { name: string; texts: string[] }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="wrap">{texts.join(", ")}</dd>
    </>
  );
}
