"use strict";
// Everything works without this script. It makes charts answer to the pointer, and shows which Korean sentences a
// statement of a brief rests on.

async function draw(figure) {
  const night = matchMedia("(prefers-color-scheme: dark)").matches;
  const address = new URL(figure.dataset.chart, location.href);
  address.searchParams.set("theme", night ? "dark" : "light");
  const answer = await fetch(address);
  if (!answer.ok) return;
  const live = document.createElement("div");
  live.className = "chart-live";
  const drawing = figure.querySelector("picture");
  drawing.before(live);
  drawing.hidden = true;
  try {
    // A strict content security policy forbids evaluating strings: Vega interprets its expressions instead.
    const options = { ast: true, defaultStyle: false, actions: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
    const { view } = await vegaEmbed(live, await answer.json(), options);
    view.addEventListener("click", (_, item) => {
      const link = item && item.datum && item.datum.link;
      if (typeof link === "string" && link.startsWith("/search?")) location.assign(link);
    });
  } catch (failure) {
    live.remove();
    drawing.hidden = false;
    console.error(failure);
  }
}

function pair(statement) {
  const cited = statement.dataset.cites.split(" ").filter(Boolean);
  const sentences = [...document.querySelectorAll(".sentence")].filter((each) => cited.includes(each.dataset.sentence));
  const show = (shown) => {
    statement.classList.toggle("is-shown", shown);
    for (const each of sentences) each.classList.toggle("is-shown", shown);
  };
  for (const [begin, end] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
    statement.addEventListener(begin, () => show(true));
    statement.addEventListener(end, () => show(false));
  }
}

for (const statement of document.querySelectorAll("[data-cites]")) pair(statement);
if (typeof vegaEmbed === "function") for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
