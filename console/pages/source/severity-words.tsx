import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Severity, severities } from "../../../src/alert/alert.ts";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import type { UnknownWord } from "../../../src/ingest/kept-bodies/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { sourceApi } from "../../api/sources.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { Icon } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { SeverityPreview } from "./severity-preview.tsx";
import css from "./source.module.css";

interface Props {
  source: SourceBody;
  canManage: boolean;
}

const fromHigh = severities.toReversed();

/** Words for severities that Tocsin doesn't know, each mapped with one click, and those that were mapped. */
export function SeverityWords({ source, canManage }: Props) {
  const { id, severityWords, defaultSeverity } = source;
  const { data } = useQuery({
    queryKey: ["sources", id, "severity-words"],
    queryFn: () => sourceApi.unknownWords(id),
  });
  const save = useApiMutation({
    mutationFn: (words: Record<string, Severity>) => setupApi.changeSource(id, { severityWords: words }),
    invalidates: "sources",
    failure: "The severity was not saved.",
  });
  const [tried, setTried] = useState<Record<string, Severity> | null>(null);
  const unknown = data?.results ?? [];
  const mapped = Object.entries(severityWords);
  if (unknown.length === 0 && mapped.length === 0) return null;
  const remove = (word: string) =>
    save.mutate(Object.fromEntries(mapped.filter(([other]) => other !== word)));
  return (
    <section className={css.panel} aria-labelledby="words" aria-busy={save.isPending}>
      <div className={css.panelHead}>
        <h2 id="words">Severity words</h2>
      </div>
      {unknown.length > 0 ? (
        <p className={css.quiet}>
          Tocsin doesn't know these words, so their alerts are <SeverityBadge severity={defaultSeverity} />.
          Choose what they mean from now on.
        </p>
      ) : null}
      <ul className={css.words}>
        {unknown.map((word) => {
          const mapping = (to: Severity) => ({ ...severityWords, [word.word.toLowerCase()]: to });
          return (
            <UnknownLine
              key={word.word}
              unknown={word}
              busy={save.isPending}
              onMap={canManage ? (to) => save.mutate(mapping(to)) : undefined}
              onTry={(to) => setTried(to && mapping(to))}
            />
          );
        })}
        {mapped.map(([word, severity]) => (
          <li key={word}>
            <code className="wrap">{reveal(word)}</code>
            <span className={css.mapped}>
              means <SeverityBadge severity={severity} />
            </span>
            {canManage ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                disabled={save.isPending}
                aria-label={`Forget what ${reveal(word)} means`}
                onClick={() => remove(word)}
              >
                <Icon name="close" size={14} />
              </ActionIcon>
            ) : null}
          </li>
        ))}
      </ul>
      {canManage && unknown.length > 0 ? <SeverityPreview sourceId={id} words={tried} /> : null}
    </section>
  );
}

interface LineProps {
  unknown: UnknownWord;
  busy: boolean;
  /** Undefined without the permission to edit. */
  onMap: ((to: Severity) => void) | undefined;
  /** Called with the choice that has the pointer or the focus, and with null when none has. */
  onTry: (to: Severity | null) => void;
}

function UnknownLine({ unknown: { word, bodies, lastAt }, busy, onMap, onTry }: LineProps) {
  const shown = reveal(word);
  return (
    <li>
      <span className={css.word}>
        <code className="wrap">{shown}</code>
        <span className={css.dim}>
          {bodies === 1 ? "once" : `${bodies.toLocaleString("en")} times`}, last <Time at={lastAt} />
        </span>
      </span>
      {onMap ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a flex line in all browsers.
        <span className={css.choices} role="group" aria-label={`What ${shown} means`}>
          {fromHigh.map((severity) => (
            <Button
              key={severity}
              variant="default"
              size="compact-xs"
              disabled={busy}
              aria-label={`${shown} means ${severity}`}
              onClick={() => onMap(severity)}
              onPointerEnter={() => onTry(severity)}
              onPointerLeave={() => onTry(null)}
              onFocus={() => onTry(severity)}
              onBlur={() => onTry(null)}
            >
              <SeverityBadge severity={severity} />
            </Button>
          ))}
        </span>
      ) : null}
    </li>
  );
}
