import { Link } from "@tanstack/react-router";
import { Empty } from "../parts/lists/empty.tsx";

export function NotFound() {
  return (
    <main>
      <Empty title="There is no such page">
        <p>The link may be old, or mistyped.</p>
        <Link to="/alerts">Go to the alerts</Link>
      </Empty>
    </main>
  );
}
