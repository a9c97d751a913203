import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { detectionLabel } from "../../../src/alert/alert.ts";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { ExternalLink, LinkOrText } from "../../components/external-link.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import type { Filters } from "../alerts/filters/filters.ts";
import css from "./alert.module.css";
import { frameworkLink } from "./framework-link.ts";
import { Tags } from "./tags.tsx";

/** What the source reported. All of it is rendered as text, never as HTML. */
export function AlertDetails({ alert }: { alert: AlertBody }) {
  return (
    <div className={css.details}>
      <Summary alert={alert} />
      <section className={css.panel} aria-labelledby="details">
        <h2 id="details">Details</h2>
        <dl className={css.list}>
          {alert.duplicateOf !== null ? (
            <Detail name="Duplicate of">
              <Link to="/alerts/$alert" params={{ alert: String(alert.duplicateOf) }}>
                #{alert.duplicateOf}
              </Link>
            </Detail>
          ) : null}
          {alert.detection ? (
            <Detail name="Detection">
              <FilterLink search={{ detection: [alert.detection.id] }}>
                {reveal(detectionLabel(alert))}
              </FilterLink>
              {alert.detection.name ? <code>{reveal(alert.detection.id)}</code> : null}
            </Detail>
          ) : null}
          <Detail name="Source">
            <FilterLink search={{ source: [alert.source.id] }}>{alert.source.name}</FilterLink>
          </Detail>
          <Detail name="Log types">
            {alert.logTypes.map((name) => (
              <FilterLink key={name} search={{ logType: [name] }}>
                {reveal(name)}
              </FilterLink>
            ))}
          </Detail>
          <Detail name="Tags">
            <Tags alert={alert} />
          </Detail>
          {Object.entries(alert.reports).map(([framework, ids]) => (
            <Detail key={framework} name={reveal(framework)}>
              {ids.map((id) => (
                <FrameworkId key={id} framework={framework} id={id} />
              ))}
            </Detail>
          ))}
          <Detail name="Reference">{alert.reference ? <LinkOrText text={alert.reference} /> : null}</Detail>
          <Detail name="First event">
            <Time at={alert.firstEventOccurredAt} />
          </Detail>
          <Detail name="Last received">
            <Time at={alert.lastReceivedEventAt} />
          </Detail>
          <Detail name="Dedup string">
            <code>{reveal(alert.dedupString)}</code>
          </Detail>
        </dl>
      </section>
    </div>
  );
}

function Summary({ alert: { description, runbook } }: { alert: AlertBody }) {
  if (!description && !runbook) return null;
  return (
    <section className={css.panel} aria-label="Summary">
      {description ? <p className={css.text}>{reveal(description)}</p> : null}
      {runbook ? (
        <div className={css.runbook}>
          <h2>Runbook</h2>
          <p className={css.text}>
            <LinkOrText text={runbook} />
          </p>
        </div>
      ) : null}
    </section>
  );
}

/** A row of the list, left out if the alert has no such value. */
function Detail({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || (Array.isArray(children) && children.length === 0)) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className="wrap">{children}</dd>
    </>
  );
}

function FrameworkId({ framework, id }: { framework: string; id: string }) {
  const href = frameworkLink(framework, id);
  return href ? <ExternalLink href={href}>{id}</ExternalLink> : <span>{reveal(id)}</span>;
}

/** Links to the open alerts with the same value. */
function FilterLink({ search, children }: { search: Filters; children: ReactNode }) {
  return (
    <Link to="/alerts" search={search}>
      {children}
    </Link>
  );
}
