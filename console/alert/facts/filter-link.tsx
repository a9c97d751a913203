import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Filters } from "../../pages/alerts/filters/filters.ts";

/** Leads to the open alerts that have the same. */
export function FilterLink({ search, children }: { search: Filters; children: ReactNode }) {
  return (
    <Link to="/alerts" search={search}>
      {children}
    </Link>
  );
}
