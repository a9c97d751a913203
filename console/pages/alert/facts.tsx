import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { LinkOrText } from "../../components/out-link.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import type { Filters } from "../alerts/filters/filters.ts";
import css from "./alert.module.css";
import { JsonPanel, Samples } from "./json-panel.tsx";

/** What the source said, in the order one needs it. All of it is text: nothing from outside is ever HTML. */
export function Facts({ alert }: { alert: AlertBody }) {
  return (
    <div className={css.facts}>
      <Told alert={alert} />
      <section className={css.panel} aria-labelledby="facts">
        <h2 id="facts">Facts</h2>
        <dl className={css.list}>
          <Fact name="Detection">
            <FilterLink search={{ detection: [alert.detection.id] }}>
              {reveal(alert.detection.name ?? alert.detection.id)}
            </FilterLink>
            {alert.detection.name ? <code>{reveal(alert.detection.id)}</code> : null}
          </Fact>
          <Fact name="Source">
            <FilterLink search={{ source: [alert.source.id] }}>{alert.source.name}</FilterLink>
          </Fact>
          <Fact name="Log types">
            {alert.logTypes.map((name) => (
              <FilterLink key={name} search={{ logType: [name] }}>
                {reveal(name)}
              </FilterLink>
            ))}
          </Fact>
          <Fact name="Tags">{alert.tags.length > 0 ? reveal(alert.tags.join(", ")) : null}</Fact>
          {Object.entries(alert.reports).map(([framework, ids]) => (
            <Fact key={framework} name={reveal(framework)}>
              {reveal(ids.join(", "))}
            </Fact>
          ))}
          <Fact name="Reference">{alert.reference ? <LinkOrText text={alert.reference} /> : null}</Fact>
          <Fact name="First event">
            <Time at={alert.firstEventOccurredAt} />
          </Fact>
          <Fact name="Last received">
            <Time at={alert.lastReceivedEventAt} />
          </Fact>
          <Fact name="Dedup string">
            <code>{reveal(alert.dedupString)}</code>
          </Fact>
        </dl>
      </section>
      {Object.keys(alert.context).length > 0 ? (
        <JsonPanel title="Context" what="context" value={alert.context} />
      ) : null}
      <Samples alertId={alert.id} eventCount={alert.eventCount} />
    </div>
  );
}

function Told({ alert: { description, runbook } }: { alert: AlertBody }) {
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

/** A line of the list; what the alert doesn't have is left out. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || (Array.isArray(children) && children.length === 0)) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className="wrap">{children}</dd>
    </>
  );
}

/** Leads to the open alerts that have the same. */
function FilterLink({ search, children }: { search: Filters; children: ReactNode }) {
  return (
    <Link to="/alerts" search={search}>
      {children}
    </Link>
  );
}
