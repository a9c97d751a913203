import { expect, test } from "vitest";
import { alertmanagerBody } from "../../builders/odd-bodies.ts";
import { created, type Story, sendTo } from "../../tocsin/story.ts";

const opened = async (story: Story, title: string, more: object = {}) =>
  (await story.send({ title, severity: "LOW", ...more })).body.results[0];
const patch = (story: Story, id: string, body: object) => story.api("PATCH", `/alerts/${id}`, body);

/** What the API does with dispositions, in a running story. */
export function dispositionTests(story: () => Story): void {
  test("a disposition is given on closing, changed later, listed, and cleared by reopening", async () => {
    const other = await opened(story(), "The first");
    const { alertId, number } = await opened(story(), "Closed with a reason");
    const refused = async (body: object) => (await patch(story(), alertId, body)).body.errors[0].field;
    expect(await refused({ disposition: "BENIGN" })).toBe("disposition");
    expect(await refused({ status: "CLOSED", disposition: "DUPLICATE" })).toBe("duplicateOf");
    expect(await refused({ status: "CLOSED", disposition: "DUPLICATE", duplicateOf: number })).toBe(
      "duplicateOf",
    );
    expect(await refused({ status: "CLOSED", disposition: "DUPLICATE", duplicateOf: 999_999 })).toBe(
      "duplicateOf",
    );
    expect(await refused({ status: "CLOSED", disposition: "WRONG" })).toBe("disposition");
    const closed = await patch(story(), alertId, {
      status: "RESOLVED",
      disposition: "BENIGN",
      comment: "VPN",
    });
    expect(closed.body).toMatchObject({ disposition: "BENIGN", duplicateOf: null, version: 2 });
    const duplicate = { disposition: "DUPLICATE", duplicateOf: other.number };
    expect((await patch(story(), alertId, duplicate)).body).toMatchObject({ ...duplicate, version: 2 });
    const late = await patch(story(), alertId, { status: "RESOLVED", disposition: "OTHER", version: 1 });
    expect([late.status, late.body.errors[0].field]).toEqual([409, "disposition"]);

    const listed = async (query: string) =>
      (await story().api("GET", `/alerts?${query}`)).body.results.map((alert: { id: string }) => alert.id);
    expect(await listed("disposition=DUPLICATE,OTHER")).toEqual([alertId]);
    expect(await listed("disposition=DUPLICATE&status=OPEN")).toEqual([]);

    expect((await patch(story(), alertId, { status: "OPEN" })).body).toMatchObject({
      disposition: null,
      duplicateOf: null,
    });
    const { body: history } = await story().api("GET", `/alerts/${alertId}/history`);
    // The card is posted meanwhile.
    const changes = history.results.filter(({ via }: { via: string }) => via === "api");
    expect(changes).toMatchObject([
      {
        sentence: "Story resolved the alert as Benign (expected) activity: VPN",
        data: { disposition: "BENIGN" },
      },
      {
        sentence: `Story changed the disposition from Benign (expected) activity to Duplicate of #${other.number}`,
      },
      { sentence: "Story reopened the alert", data: { was: duplicate } },
    ]);
    const metrics = await (await fetch(`${story().origin}/metrics`)).text();
    expect(metrics).toContain('tocsin_alerts_closed_total{disposition="BENIGN"} 1');
  });

  test("a required disposition binds one change and many, but no source", async () => {
    const [one, two] = [await opened(story(), "Needs a reason"), await opened(story(), "Needs one too")];
    await created(story().api("PATCH", "/settings", { dispositionRequired: true }));
    const { status, body } = await patch(story(), one.alertId, { status: "RESOLVED" });
    expect([status, body.errors]).toMatchObject([400, [{ field: "disposition" }]]);
    const ids = [one.alertId, two.alertId];
    const many = async (change: object) =>
      (await story().api("PATCH", "/alerts", { ids, ...change })).body.results;
    expect(await many({ status: "CLOSED" })).toMatchObject([{ outcome: "refused" }, { outcome: "refused" }]);
    const duplicates = { status: "CLOSED", disposition: "DUPLICATE", duplicateOf: one.number };
    expect(await many(duplicates)).toMatchObject([{ outcome: "refused" }, { outcome: "changed" }]);
    const { api, origin } = story();
    const prometheus = await created(api("POST", "/sources", { kind: "alertmanager", name: "Prometheus" }));
    const says = async (status: "firing" | "resolved") =>
      (await sendTo(prometheus, alertmanagerBody("f1", status, "2026-11-24T10:00:00Z"), origin)).body.results;
    await says("firing");
    expect(await says("resolved")).toMatchObject([{ outcome: "resolved" }]);
    await created(story().api("PATCH", "/settings", { dispositionRequired: false }));
  });
}

/** What the API does with tags that people set. */
export function tagTests(story: () => Story): void {
  test("tags are set as a list, without repeats, recorded with who, and filter the list", async () => {
    const { alertId } = await opened(story(), "Tagged", { tags: ["from the source"] });
    const tags = ["from the source", "vpn", "phishing"];
    const set = await patch(story(), alertId, { tags: [" vpn ", "from the source", "vpn", "phishing"] });
    expect(set.body.tags.toSorted()).toEqual(tags.toSorted());
    for (const wrong of [["x".repeat(101)], Array.from({ length: 51 }, (_, n) => `${n}`), [" "]]) {
      const { status, body } = await patch(story(), alertId, { tags: wrong });
      expect([status, body.errors[0].field]).toEqual([400, expect.stringMatching(/^tags/)]);
    }
    await patch(story(), alertId, { tags: ["vpn"] });
    const { body: history } = await story().api("GET", `/alerts/${alertId}/history`);
    const told = history.results.filter(({ kind }: { kind: string }) => kind === "tags_changed");
    expect(told).toMatchObject([
      { sentence: "Story added the tags “vpn” and “phishing”" },
      { sentence: "Story removed the tags “from the source” and “phishing”" },
    ]);
    const { body } = await story().api("GET", "/alerts?tag=vpn&tag=other");
    expect(body.results).toMatchObject([{ id: alertId, tags: ["vpn"] }]);
  });
}
