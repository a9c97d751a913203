import { Button } from "@mantine/core";
import { type Expressions, expressionFields, firstExpressions } from "../../../src/alert/expressions.ts";
import { reopenText, resolvePolicyLabels } from "../../../src/alert/report.ts";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { CopyBlock } from "../../components/copy.tsx";
import { fieldTexts } from "../expressions/fields.ts";
import css from "./source.module.css";

interface Props {
  source: SourceBody;
  /** Undefined if only a newer version of Tocsin knows the source's kind. */
  kind: SourceKindBody | undefined;
  /** Undefined without the permission to edit. */
  onEdit: (() => void) | undefined;
}

/** The source's address and settings. */
export function SourceFacts({ source, kind, onEdit }: Props) {
  const { perSecond, burst } = source.rateLimit;
  return (
    <section className={css.panel} aria-labelledby="settings">
      <div className={css.panelHead}>
        <h2 id="settings">Settings</h2>
        {onEdit ? (
          <Button variant="default" size="compact-sm" onClick={onEdit}>
            Edit
          </Button>
        ) : null}
      </div>
      <CopyBlock text={source.url} label="URL" />
      <dl className={css.facts}>
        <dt>Default severity</dt>
        <dd>
          <SeverityBadge severity={source.defaultSeverity} />
        </dd>
        <dt>Can resolve alerts</dt>
        <dd>{resolvePolicyLabels[source.resolves]}</dd>
        <dt>Reopens alerts</dt>
        <dd>{reopenText(source.reopenAfter)}</dd>
        {kind?.byExpressions || source.expressions ? (
          <>
            <dt>Expressions</dt>
            <dd>{namesOf(source.expressions ?? firstExpressions)}</dd>
          </>
        ) : null}
        <dt>Rate</dt>
        <dd>
          {perSecond.toLocaleString("en")} reports per second, {burst.toLocaleString("en")} at once
        </dd>
        <dt>When it falls silent</dt>
        <dd>{silenceText(source)}</dd>
        <dt>When its bodies become unreadable</dt>
        <dd>{source.attention.unreadable ? "Raises an alert" : "No alert"}</dd>
      </dl>
    </section>
  );
}

function namesOf(expressions: Expressions): string {
  const names = expressionFields
    .filter((field) => expressions[field])
    .map((field) => fieldTexts[field].label);
  return new Intl.ListFormat("en-GB").format(names);
}

function silenceText({ attention: { noData, noDataHours } }: SourceBody): string {
  return noData ? `Raises an alert after ${noDataHours} ${noDataHours === 1 ? "hour" : "hours"}` : "No alert";
}
