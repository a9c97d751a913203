import { Button, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError, errorText } from "../../api/request.ts";
import css from "./lists.module.css";

type Query<T> = Pick<UseQueryResult<T>, "data" | "error" | "refetch">;

interface Props<T> {
  query: Query<T>;
  /** Names the data in the loading and error states: "alerts". */
  label: string;
  children: (data: T) => ReactNode;
}

/** Renders the query's data; a skeleton while it loads, or the error, with a button to try again where that may help. */
export function Loaded<T>({ query, label, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return <LoadError label={label} error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className={`delayed ${css.skeletons}`} role="status" aria-label={`Loading ${label}`}>
      {["95%", "80%", "88%", "72%", "84%", "60%"].map((width) => (
        <Skeleton key={width} height={16} width={width} />
      ))}
    </div>
  );
}

function LoadError({ label, error, onRetry }: { label: string; error: Error; onRetry: () => void }) {
  const forbidden = error instanceof ApiError && error.problem.status === 403;
  return (
    <div className={css.empty} role="alert">
      <h2>{forbidden ? `You have no access to ${label}` : `Couldn't load ${label}`}</h2>
      <p>{errorText(error)}</p>
      {forbidden ? null : (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** An empty state: why there is nothing, with the next step as children. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
