import { Button } from "@mantine/core";
import { resolvePolicyLabels } from "../../../src/alert/report.ts";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { CopyBlock } from "../../components/copy.tsx";
import css from "./source.module.css";

interface Props {
  source: SourceBody;
  /** Undefined without the permission to edit. */
  onEdit: (() => void) | undefined;
}

/** The source's address and settings. */
export function SourceFacts({ source, onEdit }: Props) {
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

function silenceText({ attention: { noData, noDataHours } }: SourceBody): string {
  return noData ? `Raises an alert after ${noDataHours} ${noDataHours === 1 ? "hour" : "hours"}` : "No alert";
}
