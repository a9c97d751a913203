import { Button, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiFault } from "../../api/request.ts";
import css from "./lists.module.css";

type Query<T> = Pick<UseQueryResult<T>, "data" | "error" | "refetch">;

interface Props<T> {
  query: Query<T>;
  /** What is loading or missing, as "alerts". */
  what: string;
  children: (data: T) => ReactNode;
}

/** Shows what a query brought; until then a skeleton, and on a fault what happened and what to do. */
export function Loaded<T>({ query, what, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed what={what} error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className={`waiting ${css.skeletons}`} role="status" aria-label={`Loading ${what}`}>
      {["95%", "80%", "88%", "72%", "84%", "60%"].map((width) => (
        <Skeleton key={width} height={16} width={width} />
      ))}
    </div>
  );
}

function Failed({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  const told = error instanceof ApiFault ? error.problem.detail : "Something broke in this page. Reload it.";
  return (
    <div className={css.empty} role="alert">
      <h2>No {what} to show: something went wrong</h2>
      <p>{told}</p>
      <Button variant="default" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}

/** Nothing here yet: says why, and as children what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
