// Dates as people read them. Articles carry days, not moments: they are never moved by a time zone.

const LONG = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const SHORT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

/** `2024-08-26` as “26 August 2024”; empty where there is no date, and as it is where it is none. */
export function longDate(day) {
  return written(day, LONG);
}

/** `2024-08-26` as “26 Aug 2024”. */
export function shortDate(day) {
  return written(day, SHORT);
}

function written(day, format) {
  if (!day) return "";
  const moment = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) ? day : format.format(moment);
}

/** Today where the reader is, as a masthead has it. */
export function today() {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full" }).format(new Date());
}
