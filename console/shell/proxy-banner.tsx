import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../api/setup.ts";
import { Icon } from "../components/icon.tsx";
import { Time } from "../components/time.tsx";
import { usePermission } from "../session/use-session.ts";
import css from "./fault-banner.module.css";

/** More would push the page out of view; each proxy that is trusted shows the next one. */
const maxShown = 2;
const fresh = 60_000;

/** Warns people who can change settings of a proxy that is not trusted, because everybody behind it has its address. */
export function ProxyBanner() {
  const canChange = usePermission("Manage Settings");
  const { data } = useQuery({
    queryKey: ["untrusted-proxies"],
    queryFn: setupApi.untrustedProxies,
    enabled: canChange,
    staleTime: fresh,
  });
  const proxies = data?.results ?? [];
  if (!canChange || proxies.length === 0) return null;
  return (
    <section className={css.banner} data-kind="warning" aria-label="Proxies that are not trusted">
      <ul>
        {proxies.slice(0, maxShown).map(({ address, advice, lastSeenAt }) => (
          <li key={address} className={css.fault}>
            <Icon name="warning" />
            <div>
              <p>
                <strong>A proxy is not trusted.</strong> <span className="wrap">{advice}</span>
              </p>
              <p className={css.facts}>
                <span>
                  Last seen <Time at={lastSeenAt} />
                </span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
