/** On the page of an address that does not exist: lead a short address in another spelling to the right one. */

const root = new URL("../../", import.meta.url);
const asked = /^([sfb])\/(.+?)\/?$/.exec(decodeURIComponent(location.pathname.slice(root.pathname.length)));
if (asked) {
  const [, kind, number] = asked;
  const small = number.normalize("NFKC").toLowerCase();
  const spellings = [small.replace(/[^a-z0-9]+/g, "-"), small.replace(/[^a-z0-9-]+/g, "")];
  for (const spelling of spellings) {
    const target = new URL(`${kind}/${spelling}/`, root);
    const { ok } = await fetch(target, { method: "HEAD" });
    if (ok) {
      location.replace(target);
      break;
    }
  }
}
