// SPDX-License-Identifier: EUPL-1.2
// Says while somebody fills in a ballot what is left of the money, the points or the places. Without this script the
// next page says the same; the server checks all of it again.

const frame = document.querySelector("[data-so-far]");
const form = frame.closest("form");
const costs = JSON.parse(frame.dataset.costs);
// The Dutch way in every language, as on the rest of the page.
const euros = new Intl.NumberFormat("nl-NL", { style: "currency", currency: "EUR" });

/** Return what stands on the ballot: how many plans, how many points, and what the plans cost together. */
function used() {
  const sums = { count: 0, points: 0, cents: 0 };
  for (const [name, value] of new FormData(form)) {
    const [kind, option] = name.split(".");
    if (kind === "marks" && value !== "") {
      sums.count += 1;
      sums.cents += costs[value] || 0;
    } else if (kind === "mark" && option) {
      sums.points += Number(value) || 0;
    }
  }
  return sums;
}

function show() {
  const sums = used();
  for (const line of frame.querySelectorAll("[data-limit]")) {
    const { limit, most, fits, over } = line.dataset;
    const written = (number) => (limit === "cents" ? euros.format(number / 100) : String(number));
    const left = most === undefined ? 0 : Number(most) - sums[limit];
    const sentence = left < 0 ? over : fits;
    line.textContent = sentence
      .replace("{used}", written(sums[limit]))
      .replace("{left}", written(left))
      .replace("{over}", written(-left));
    line.classList.toggle("so-far__line--over", left < 0);
  }
  frame.hidden = false;
}

frame.classList.add("so-far--live");
form.addEventListener("input", show);
// A browser that goes back fills a form in by itself, after this script ran.
window.addEventListener("pageshow", show);
show();
