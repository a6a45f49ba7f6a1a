// What of a page cannot be seen well enough: WCAG 2.2, 1.4.3 (text) and 1.4.11 (fields, and where the focus is).
(() => {
  const parse = (color) => {
    const parts = /^rgba?\(([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\)$/.exec(color);
    if (!parts) throw new Error(`not a colour that is understood: ${color}`);
    return [parts[1] / 255, parts[2] / 255, parts[3] / 255, parts[4] === undefined ? 1 : Number(parts[4])];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const luminance = (color) => color.slice(0, 3).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [1, 1, 1, 1]);
  };
  const faults = [];
  let tried = 0;
  const hold = (what, front, back, least) => {
    tried++;
    const found = ratio(over(front, back), back);
    if (found < least) faults.push(`${what}: ${found.toFixed(2)}, not ${least}`);
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.tagName) || node.closest(".sr, .skip") || !node.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const color = parse(node instanceof SVGElement ? style.fill : style.color);
    hold(`"${text.data.trim().slice(0, 40)}" in ${node.tagName} ${node.getAttribute("class") ?? ""}`, color, ground(node instanceof SVGElement ? node.closest("svg").parentElement : node), isLarge ? 3 : 4.5);
  }

  for (const field of document.querySelectorAll("input, select")) {
    if (!field.checkVisibility()) continue;
    if (field.placeholder) hold(`the placeholder "${field.placeholder}"`, parse(getComputedStyle(field, "::placeholder").color), ground(field), 4.5);
    if (field.type !== "checkbox") hold(`the border of ${field.id}`, parse(getComputedStyle(field).borderTopColor), ground(field.parentElement), 3);
  }

  // The ring of a cell lies inside it, between the card around it and a second ring.
  const focused = document.activeElement;
  const ring = parse(getComputedStyle(focused).outlineColor);
  hold(`the focus on ${focused.tagName}`, ring, ground(focused.parentElement), 3);
  if (focused.tagName === "TD") hold("the focus on a cell, inside", ring, parse(getComputedStyle(focused).boxShadow.split(") ")[0] + ")"), 3);

  return { faults, tried };
})()
