import { Link } from "@tanstack/react-router";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Time } from "../../components/time.tsx";
import { SourceMenu } from "./source-menu.tsx";
import css from "./sources.module.css";

interface Props {
  source: SourceBody;
  /** Undefined if only a newer version of Tocsin knows the source's kind. */
  kind: SourceKindBody | undefined;
  /** Undefined without the permission to edit. */
  onEdit: (() => void) | undefined;
}

/** A source in the list; its page has the rest. */
export function SourceCard({ source, kind, onEdit }: Props) {
  const { id, name, url, lastReceivedAt, refusedBodies } = source;
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h2 className="wrap">
          <Link to="/configure/sources/$source" params={{ source: id }}>
            {name}
          </Link>
        </h2>
        <span className={css.dim}>{kind?.label ?? source.kind}</span>
        <span className={lastReceivedAt ? css.arrived : css.pending}>
          {lastReceivedAt ? (
            <>
              Last received <Time at={lastReceivedAt} />
            </>
          ) : (
            "Nothing received yet"
          )}
        </span>
        {refusedBodies > 0 ? (
          <Link
            to="/configure/sources/$source"
            params={{ source: id }}
            hash="not-understood"
            className={css.refused}
          >
            <Icon name="warning" size={14} />
            {refusedText(refusedBodies)}
          </Link>
        ) : null}
        {onEdit ? <SourceMenu source={source} onEdit={onEdit} /> : null}
      </div>
      <CopyBlock text={url} label="URL" />
    </li>
  );
}

function refusedText(count: number): string {
  if (count === 1) return "1 body was not understood";
  return `${count >= 1000 ? "Over 1,000" : count} bodies were not understood`;
}
