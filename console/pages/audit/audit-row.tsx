import { useState } from "react";
import { auditSentence } from "../../../src/alert/audit-sentence/audit-sentence.ts";
import type { AuditEntryBody } from "../../../src/people/audit-log/contract.ts";
import { Icon } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./audit.module.css";
import { ThingLink } from "./thing-link.tsx";

const ways: Record<string, string> = {
  slack: "Slack",
  console: "Console",
  api: "API",
  source: "Source",
  system: "System",
};

/** An entry as a sentence; its button shows all that is stored of it. */
export function AuditRow({ entry }: { entry: AuditEntryBody }) {
  const [isOpen, setOpen] = useState(false);
  const { at, via, ip, slack, outcome } = entry;
  const from = slack ? slack.userId : ip;
  return (
    <>
      <tr>
        <td className={css.when}>
          <Time at={at} />
        </td>
        <td className={css.sentence}>
          <Sentence entry={entry} />
        </td>
        <td className={css.from}>
          {ways[via] ?? via}
          {from ? <span className={css.faint}>{reveal(from)}</span> : null}
        </td>
        <td>{outcome === "refused" ? <strong className={css.refused}>Refused</strong> : "Accepted"}</td>
        <td>
          <button
            type="button"
            className={css.open}
            aria-expanded={isOpen}
            aria-label={`Details of: ${entry.sentence}`}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="down" size={14} />
          </button>
        </td>
      </tr>
      {isOpen ? (
        <tr className={css.details}>
          <td colSpan={5}>
            <Details entry={entry} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** Whole words stay together: only a word that is longer than the line is broken. */
function Sentence({ entry }: { entry: AuditEntryBody }) {
  return auditSentence(entry).map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence don't change.
    typeof part === "string" ? <span key={at}>{reveal(part)}</span> : <ThingLink key={at} {...part} />,
  );
}

function Details({ entry }: { entry: AuditEntryBody }) {
  const { actor, target, slack, chain } = entry;
  const facts: [string, string | null][] = [
    ["Time", entry.at],
    ["Action", entry.action],
    ["Actor", [actor.name, actor.type, actor.id].filter(Boolean).join(" · ")],
    ["Target", target && [target.name, target.type, target.id].filter(Boolean).join(" · ")],
    ["Slack", slack && [slack.name, slack.userId, slack.team, slack.teamId].filter(Boolean).join(" · ")],
    ["Address", entry.ip],
    ["Agent", entry.agent],
    ["Changes", json(entry.changes)],
    ["Data", json(entry.data)],
    ["Entry", entry.id],
    ["Chain", chain ? `#${chain.seq} · ${chain.hash}` : "Not chained yet"],
  ];
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{reveal(value)}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function json(value: object): string | null {
  return Object.keys(value).length > 0 ? JSON.stringify(value, null, 1) : null;
}
