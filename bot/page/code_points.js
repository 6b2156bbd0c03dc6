// Offsets of quotes count code points; JavaScript's strings count UTF-16 units, two of them for
// an emoji. Everything that cuts text by an offset goes through here.

/** The part of `text` between two offsets in code points. */
export function slice(text, start, end) {
  return Array.from(text).slice(start, end).join("");
}

/** `text` cut at a span: what is before it, inside it and after it. */
export function split(text, start, end) {
  const points = Array.from(text);
  return [
    points.slice(0, start).join(""),
    points.slice(start, end).join(""),
    points.slice(end).join(""),
  ];
}
