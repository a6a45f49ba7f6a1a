"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const OUTCOMES = [
    { key: "fail", word: "Failed", mark: "✕" },
    { key: "unknown", word: "Unknown", mark: "?" },
    { key: "pass", word: "Passed", mark: "✓" },
    { key: "na", word: "Not applicable", mark: "–" },
    { key: "exempt", word: "Exempt", mark: "E" },
  ];
  const SEVERITIES = ["Informational", "Low", "Medium", "High", "Critical"];
  // The columns of a row of data.findings; evidence follows, four texts a piece.
  const SERVER = 0, CONTROL = 1, OUTCOME = 2, SEVERITY = 3, REMEDIABLE = 4, REASON = 5, OBSERVED = 6, EXPECTED = 7,
    ADVICE = 8, EXEMPTION = 9, SOURCE = 10, EVIDENCE = 11;
  const FAIL = 0, UNKNOWN = 1, PASS = 2, EXEMPT = 4;
  // Which of two outcomes for one control of one server the map shows.
  const WORST_FIRST = [0, 1, 3, 4, 2];
  const GROUPS_AT_ONCE = 60, FINDINGS_AT_ONCE = 20, FINDINGS_IN_PRINT = 400, ROW = 28, OVERSCAN = 5;
  // The most that the map is high (report.css); before rows are drawn it is only as high as its head.
  const MAP_HEIGHT = 640, EVIDENCE_AT_ONCE = 3;
  const PAPER_WIDTH = 960, SERVER_WIDTH = 230, CELL = 26;

  const { controls, servers, findings, texts, sections } = data;
  const state = {
    words: [], outcomes: new Set([FAIL, UNKNOWN, EXEMPT]), severity: "", section: "", group: "control", remediable: false,
    sort: data.scoreIsKnown ? "score" : "failed",
  };

  /* Everything is built from nodes and text: no text of a finding ever becomes markup. */
  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (key === "class") node.className = value;
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  const count = (number) => number.toLocaleString("en-US");
  const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
  const bdi = (text) => el("bdi", null, text);
  const outcomeBadge = (outcome, severity) =>
    el("span", { class: `badge ${outcome === FAIL ? SEVERITIES[severity].toLowerCase() : OUTCOMES[outcome].key}` },
      outcome === FAIL ? `Failed, ${SEVERITIES[severity].toLowerCase()}` : OUTCOMES[outcome].word);

  /* What is searched: each text once, then rows point to it. */
  const lowTexts = texts.map((text) => text.toLowerCase());
  const lowControls = controls.map((control) => `${control.id} ${control.title} ${control.section} ${control.benchmarks.join(" ")}`.toLowerCase());
  const lowServers = servers.map((server) => `${server.name} ${server.group} ${server.subscription} ${server.id}`.toLowerCase());

  function matcher() {
    const tests = state.words.map((word) => ({
      texts: lowTexts.map((text) => text.includes(word)),
      controls: lowControls.map((text) => text.includes(word)),
      servers: lowServers.map((text) => text.includes(word)),
    }));
    return (row) => {
      if (!state.outcomes.has(row[OUTCOME])) return false;
      if (state.severity !== "" && row[SEVERITY] < state.severity) return false;
      if (state.section !== "" && controls[row[CONTROL]].section !== state.section) return false;
      if (state.remediable && !row[REMEDIABLE]) return false;
      return tests.every((test) => {
        if (test.controls[row[CONTROL]] || test.servers[row[SERVER]]) return true;
        for (let i = REASON; i < row.length; i++) if (test.texts[row[i]]) return true;
        return false;
      });
    };
  }

  /* The finding of each server and control, for the map. */
  const cells = servers.map(() => new Int32Array(controls.length).fill(-1));
  findings.forEach((row, index) => {
    const known = cells[row[SERVER]][row[CONTROL]];
    if (known < 0 || WORST_FIRST[row[OUTCOME]] < WORST_FIRST[findings[known][OUTCOME]]) cells[row[SERVER]][row[CONTROL]] = index;
  });
  const failedWeight = new Float64Array(servers.length);
  const weights = [0, 1, 3, 6, 10];
  for (const row of findings) if (row[OUTCOME] === FAIL) failedWeight[row[SERVER]] += weights[row[SEVERITY]];

  const sectionOrder = new Map(sections.map(([name], index) => [name, index]));
  const controlOrder = controls.map((_, index) => index).sort((a, b) =>
    sectionOrder.get(controls[a].section) - sectionOrder.get(controls[b].section) || (controls[a].id < controls[b].id ? -1 : 1));

  /* ---- one finding ---- */
  function commandOf(row) {
    const server = servers[row[SERVER]], control = controls[row[CONTROL]];
    return row[OUTCOME] === FAIL && row[REMEDIABLE] && server.command && control.argument
      ? `${server.command}${control.argument} | Repair-PgSecurityFinding -WhatIf`
      : null;
  }

  async function copy(text, button) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      const area = el("textarea", { class: "sr", "aria-hidden": "true" });
      area.value = text;
      (button.closest("dialog") || document.body).append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = done ? "Copied" : "Select and copy";
    say(done ? "The command was copied." : "The command could not be copied. Select it and copy it.");
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  function commandNode(row) {
    const command = commandOf(row);
    if (!command) return null;
    const button = el("button", { type: "button", "aria-label": `Copy the command that shows the repair of ${controls[row[CONTROL]].id} on ${servers[row[SERVER]].name}` }, "Copy");
    button.addEventListener("click", () => copy(command, button));
    return el("div", { class: "command" }, el("code", null, command), button);
  }

  function evidenceNode(row) {
    if (row.length <= EVIDENCE) return null;
    const body = el("tbody");
    for (let i = EVIDENCE; i < row.length; i += 4) {
      const [resource, field, observed, expected] = [texts[row[i]], texts[row[i + 1]], texts[row[i + 2]], texts[row[i + 3]]];
      body.append(el("tr", null,
        el("th", { scope: "row" }, bdi([resource, field].filter(Boolean).join(" ") || servers[row[SERVER]].name)),
        el("td", { "data-label": "Observed" }, bdi(observed)), el("td", { "data-label": "Expected" }, bdi(expected))));
    }
    return el("table", { class: "evidence" }, el("caption", { class: "sr" }, "Evidence"),
      el("thead", null, el("tr", null, ...["Evidence", "Observed", "Expected"].map((head) => el("th", { scope: "col" }, head)))), body);
  }

  function findingNode(row, shown) {
    const server = servers[row[SERVER]], control = controls[row[CONTROL]];
    const facts = el("dl");
    const fact = (name, text) => { if (text) facts.append(el("dt", null, name), el("dd", null, bdi(text))); };
    const evidence = evidenceNode(row);
    const pieces = (row.length - EVIDENCE) / 4;
    // Evidence that is shown says what was observed and expected already.
    if (pieces === 0 || pieces > EVIDENCE_AT_ONCE) {
      if (row[OBSERVED] !== row[REASON]) fact("Observed", texts[row[OBSERVED]]);
      if (row[OUTCOME] !== PASS && texts[row[EXPECTED]] !== control.title) fact("Expected", texts[row[EXPECTED]]);
    }
    fact("Exemption", texts[row[EXEMPTION]]);
    fact("Source", texts[row[SOURCE]]);
    return el("article", { class: "finding" },
      outcomeBadge(row[OUTCOME], row[SEVERITY]), " ",
      shown === "control" ? el("h3", null, el("span", { class: "id" }, control.id), " ", bdi(control.title)) : el("h3", null, bdi(server.name)),
      shown === "control" ? null : el("div", { class: "where muted" }, bdi(server.group), " · ", bdi(server.subscription)),
      texts[row[REASON]] ? el("p", null, bdi(texts[row[REASON]])) : null,
      facts.childElementCount ? facts : null,
      pieces > EVIDENCE_AT_ONCE ? el("details", null, el("summary", null, `Evidence: ${plural(pieces, "piece")}`), evidence) : evidence,
      shown === "control" && texts[row[ADVICE]] ? el("p", null, el("strong", null, "What to do: "), texts[row[ADVICE]]) : null,
      commandNode(row));
  }

  function aboutControl(control, advice) {
    const about = el("div", { class: "about" });
    const line = (name, text) => { if (text) about.append(el("p", null, el("strong", null, `${name}: `), text)); };
    line("Why", control.why);
    line("What to do", advice);
    line("Impact", control.impact);
    line("Benchmarks", control.benchmarks.join(", "));
    if (control.references.length) {
      const links = el("p", null, el("strong", null, "Read on: "));
      control.references.forEach((address, index) => links.append(index ? ", " : "", el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, new URL(address).hostname + new URL(address).pathname.replace(/\/$/, ""))));
      about.append(links);
    }
    return about.childElementCount ? about : null;
  }

  /* ---- the list of findings ---- */
  const list = el("div", { id: "list" });
  const status = el("p", { class: "status", role: "status", "aria-live": "polite" });
  const say = (text) => { status.textContent = text; };
  let groups = [];
  let shownGroups = 0;

  function makeGroups(matches) {
    const byKey = new Map();
    const key = state.group === "control" ? CONTROL : SERVER;
    for (const row of matches) {
      const rows = byKey.get(row[key]);
      if (rows) rows.push(row); else byKey.set(row[key], [row]);
    }
    const made = [...byKey].map(([index, rows]) => {
      const counts = [0, 0, 0, 0, 0];
      let severity = 0, weight = 0;
      for (const row of rows) {
        counts[row[OUTCOME]]++;
        severity = Math.max(severity, row[SEVERITY]);
        if (row[OUTCOME] === FAIL) weight += weights[row[SEVERITY]];
      }
      return { index, rows, counts, severity, weight };
    });
    if (state.group === "control") made.sort((a, b) => (b.counts[FAIL] > 0) - (a.counts[FAIL] > 0) || b.severity - a.severity || b.counts[FAIL] - a.counts[FAIL] || (controls[a.index].id < controls[b.index].id ? -1 : 1));
    else made.sort((a, b) => b.weight - a.weight || b.rows.length - a.rows.length || (servers[a.index].name < servers[b.index].name ? -1 : 1));
    return made;
  }

  function groupNode(group) {
    const isControl = state.group === "control";
    const control = isControl ? controls[group.index] : null, server = isControl ? null : servers[group.index];
    const counts = el("span", { class: "counts" });
    group.counts.forEach((number, outcome) => {
      if (number) counts.append(el("span", { class: `badge ${outcome === FAIL ? (isControl ? SEVERITIES[group.severity].toLowerCase() : "high") : OUTCOMES[outcome].key}` }, `${count(number)} ${OUTCOMES[outcome].word.toLowerCase()}`));
    });
    const summary = isControl
      ? el("summary", null, el("span", { class: `badge ${SEVERITIES[group.severity].toLowerCase()}` }, SEVERITIES[group.severity]), el("span", { class: "id" }, bdi(control.id)), el("span", { class: "name" }, bdi(control.title)), counts)
      : el("summary", null, server.score === undefined ? el("span") : el("span", { class: "number" }, `Score ${server.score.toFixed(1)}`), el("span", { class: "muted" }, bdi(server.group)), el("span", { class: "name" }, bdi(server.name)), counts);
    const details = el("details", { class: "group" }, summary);
    details.addEventListener("toggle", () => { if (details.open) fill(details, group, FINDINGS_AT_ONCE); });
    return details;
  }

  function fill(details, group, most) {
    if (details.dataset.filled) return;
    details.dataset.filled = "1";
    const isControl = state.group === "control";
    const body = el("div", { class: "body" });
    if (isControl) {
      const withAdvice = group.rows.find((row) => row[ADVICE]);
      const about = aboutControl(controls[group.index], withAdvice ? texts[withAdvice[ADVICE]] : "");
      if (about) body.append(about);
    }
    const rows = [...group.rows].sort((a, b) => WORST_FIRST[a[OUTCOME]] - WORST_FIRST[b[OUTCOME]] || b[SEVERITY] - a[SEVERITY]);
    let shown = 0;
    const more = el("button", { type: "button", class: "more" });
    const add = (number) => {
      const fragment = document.createDocumentFragment();
      const until = Math.min(rows.length, shown + number);
      let first = null;
      for (; shown < until; shown++) {
        const node = findingNode(rows[shown], isControl ? "server" : "control");
        first = first || node;
        fragment.append(node);
      }
      body.insertBefore(fragment, more);
      more.hidden = shown >= rows.length;
      more.textContent = `Show ${count(Math.min(100, rows.length - shown))} more of ${count(rows.length - shown)}`;
      return first;
    };
    more.addEventListener("click", () => {
      const first = add(100);
      if (first) { first.tabIndex = -1; first.focus(); }
    });
    body.append(more);
    add(most);
    details.append(body);
  }

  function showGroups(number) {
    const more = list.querySelector(":scope > .more");
    if (more) more.remove();
    const fragment = document.createDocumentFragment();
    const until = Math.min(groups.length, shownGroups + number);
    for (; shownGroups < until; shownGroups++) fragment.append(groupNode(groups[shownGroups]));
    list.append(fragment);
    if (shownGroups < groups.length) {
      list.append(el("button", { type: "button", class: "more", onclick: () => showGroups(GROUPS_AT_ONCE) }, `Show more of ${count(groups.length - shownGroups)}`));
    }
  }

  function render() {
    const isMatch = matcher();
    const matches = findings.filter(isMatch);
    groups = makeGroups(matches);
    shownGroups = 0;
    list.replaceChildren();
    if (groups.length) showGroups(GROUPS_AT_ONCE);
    else list.append(el("p", { class: "empty" }, findings.length ? "No finding meets the filter." : "There are no findings."));
    if (groups.length === 1) list.querySelector("details").open = true;
    say(`${plural(matches.length, "finding")} of ${count(findings.length)}, in ${plural(groups.length, state.group)}.`);
    map.update(matches);
  }

  /* ---- filters ---- */
  function option(value, text) { return el("option", { value }, text); }

  const search = el("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false", placeholder: "Server, control, group, text…", "aria-keyshortcuts": "/" });
  const severity = el("select", { id: "severity" }, option("", "Any"), ...[4, 3, 2, 1].map((level) => option(level, level === 4 ? "Critical" : `${SEVERITIES[level]} or worse`)));
  const section = el("select", { id: "section" }, option("", "All"), ...sections.map(([name, title]) => option(name, title)));
  const grouping = el("select", { id: "group" }, option("control", "Control"), option("server", "Server"));
  const remediable = el("input", { type: "checkbox", id: "remediable" });
  const outcomeTotals = OUTCOMES.map((_, outcome) => findings.reduce((sum, row) => sum + (row[OUTCOME] === outcome), 0));
  const outcomeBoxes = OUTCOMES.map((outcome, index) => {
    const box = el("input", { type: "checkbox", value: index });
    box.checked = state.outcomes.has(index);
    box.addEventListener("change", () => { if (box.checked) state.outcomes.add(index); else state.outcomes.delete(index); render(); });
    return box;
  });

  let waiting = 0;
  const readSearch = () => {
    state.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    render();
  };
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(readSearch, 120); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value) { event.preventDefault(); search.value = ""; readSearch(); }
    else if (event.key === "Enter") { clearTimeout(waiting); readSearch(); }
  });
  severity.addEventListener("change", () => { state.severity = severity.value === "" ? "" : Number(severity.value); render(); });
  section.addEventListener("change", () => { state.section = section.value; render(); });
  grouping.addEventListener("change", () => { state.group = grouping.value; render(); });
  remediable.addEventListener("change", () => { state.remediable = remediable.checked; render(); });
  const clear = el("button", { type: "button", id: "clear", onclick: () => {
    search.value = ""; severity.value = ""; section.value = ""; remediable.checked = false;
    state.words = []; state.severity = ""; state.section = ""; state.remediable = false;
    state.outcomes = new Set([FAIL, UNKNOWN, EXEMPT]);
    outcomeBoxes.forEach((box, index) => { box.checked = state.outcomes.has(index); });
    render();
    search.focus();
  } }, "Clear");

  document.addEventListener("keydown", (event) => {
    const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey && !dialog.open) { event.preventDefault(); search.focus(); search.select(); }
  });

  function focusControl(id) {
    clear.click();
    search.value = id;
    readSearch();
    const section = document.getElementById("findings");
    section.scrollIntoView();
    section.focus({ preventScroll: true });
  }
  for (const link of document.querySelectorAll("a[data-control]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); focusControl(link.dataset.control); });
  }

  /* ---- the dialog of one finding ---- */
  const dialog = el("dialog", { "aria-labelledby": "dialog-title" });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  function open(row) {
    const control = controls[row[CONTROL]];
    const close = el("button", { type: "button", onclick: () => dialog.close() }, "Close");
    dialog.replaceChildren(
      el("header", null, el("h2", { id: "dialog-title" }, el("span", { class: "id" }, bdi(control.id)), " ", bdi(control.title)), close),
      findingNode(row, "server"), aboutControl(control, texts[row[ADVICE]]) || "");
    dialog.showModal();
    close.focus();
  }

  /* ---- the map: servers × controls; only the rows that are seen are there ---- */
  const map = (() => {
    const body = el("tbody"), head = el("thead");
    const table = el("table", { class: "map", role: "grid", "aria-labelledby": "map-title", "aria-readonly": "true" }, head, body);
    const frame = el("div", { class: "map-frame" }, table);
    const sort = el("select", { id: "sort" }, data.scoreIsKnown ? option("score", "Score, worst first") : null, option("failed", "Failures, worst first"), option("name", "Name"));
    const note = el("p", { class: "status" });
    let rows = [], columns = [], from = -1, to = -1, active = { row: 0, column: 0 };

    function order(list) {
      const byName = (a, b) => (servers[a].name < servers[b].name ? -1 : servers[a].name > servers[b].name ? 1 : a - b);
      if (state.sort === "name") list.sort(byName);
      else if (state.sort === "failed") list.sort((a, b) => failedWeight[b] - failedWeight[a] || byName(a, b));
      else list.sort((a, b) => (servers[a].score ?? 101) - (servers[b].score ?? 101) || byName(a, b));
      return list;
    }

    function update(matches) {
      const usedServers = new Uint8Array(servers.length), usedControls = new Uint8Array(controls.length);
      for (const row of matches) { usedServers[row[SERVER]] = 1; usedControls[row[CONTROL]] = 1; }
      rows = order(servers.map((_, index) => index).filter((index) => usedServers[index]));
      columns = controlOrder.filter((index) => usedControls[index]);
      active = { row: Math.min(active.row, Math.max(0, rows.length - 1)), column: Math.min(active.column, Math.max(0, columns.length - 1)) };
      table.setAttribute("aria-rowcount", rows.length + 2);
      table.setAttribute("aria-colcount", columns.length + 1);
      // On paper the map is as wide as a landscape page.
      table.style.setProperty("--print-zoom", Math.min(0.8, PAPER_WIDTH / (SERVER_WIDTH + columns.length * CELL)).toFixed(3));
      drawHead();
      frame.scrollTop = 0;
      frame.hidden = rows.length === 0;
      note.textContent = rows.length ? `${plural(rows.length, "server")} × ${plural(columns.length, "control")} with a finding that meets the filter.` : "No server meets the filter.";
      draw(true);
    }

    function drawHead() {
      const titles = el("tr", { "aria-rowindex": 1 }, el("th", { class: "corner", scope: "col", rowspan: 2 }, el("span", { class: "sr" }, "Server")));
      const ids = el("tr", { "aria-rowindex": 2 });
      let run = null;
      for (const index of columns) {
        const control = controls[index];
        if (!run || run.name !== control.section) {
          run = { name: control.section, cell: el("th", { scope: "colgroup" }, (sections.find(([name]) => name === control.section) || [])[1] || control.section), span: 0 };
          titles.append(run.cell);
        }
        run.span++;
        run.cell.colSpan = run.span;
        run.cell.title = run.cell.textContent;
        ids.append(el("th", { scope: "col" }, el("button", { type: "button", title: `${control.id} ${control.title}`, "aria-label": `${control.id} ${control.title}: show its findings`, onclick: () => focusControl(control.id) }, control.id.slice(0, 9))));
      }
      head.replaceChildren(titles, ids);
    }

    function cellNode(serverIndex, controlIndex, rowIndex, columnIndex) {
      const index = cells[serverIndex][controlIndex];
      if (index < 0) return el("td", { class: "gap", role: "gridcell", tabindex: "-1", "data-r": rowIndex, "data-c": columnIndex, "aria-label": `${controls[controlIndex].id} on ${servers[serverIndex].name}: no finding` });
      const row = findings[index], outcome = row[OUTCOME];
      const severityName = SEVERITIES[row[SEVERITY]].toLowerCase();
      return el("td", {
        class: outcome === FAIL ? severityName : OUTCOMES[outcome].key, role: "gridcell", tabindex: "-1", "data-r": rowIndex, "data-c": columnIndex,
        "aria-label": `${controls[controlIndex].id} on ${servers[serverIndex].name}: ${OUTCOMES[outcome].word.toLowerCase()}${outcome === FAIL ? `, ${severityName}` : ""}`,
      }, OUTCOMES[outcome].mark);
    }

    function spacer(height) {
      const cell = el("td", { colspan: columns.length + 1 });
      cell.style.height = `${height}px`;
      return el("tr", { class: "spacer", "aria-hidden": "true" }, cell);
    }

    function draw(anew, all) {
      const first = all ? 0 : Math.max(0, Math.floor((frame.scrollTop - 90) / ROW) - OVERSCAN);
      const last = all ? Math.min(rows.length, all) : Math.min(rows.length, Math.ceil((frame.scrollTop + Math.max(frame.clientHeight, MAP_HEIGHT)) / ROW) + OVERSCAN);
      if (!anew && first >= from && last <= to) return;
      from = Math.max(0, first - OVERSCAN);
      to = all ? last : Math.min(rows.length, last + OVERSCAN);
      const hadFocus = body.contains(document.activeElement);
      const fragment = document.createDocumentFragment();
      if (from > 0) fragment.append(spacer(from * ROW));
      for (let r = from; r < to; r++) {
        const server = servers[rows[r]];
        const line = el("tr", { "aria-rowindex": r + 3 }, el("th", { scope: "row", title: `${server.name} (${server.group})` }, el("span", null, bdi(server.name), server.score === undefined ? null : el("em", null, server.score.toFixed(0)))));
        for (let c = 0; c < columns.length; c++) line.append(cellNode(rows[r], columns[c], r, c));
        fragment.append(line);
      }
      if (to < rows.length && !all) fragment.append(spacer((rows.length - to) * ROW));
      body.replaceChildren(fragment);
      const cell = cellAt(active.row, active.column) || body.querySelector("td[data-r]");
      if (cell) { cell.tabIndex = 0; if (hadFocus) cell.focus({ preventScroll: true }); }
    }

    const cellAt = (r, c) => body.querySelector(`td[data-r="${r}"][data-c="${c}"]`);

    function go(r, c) {
      active = { row: Math.max(0, Math.min(rows.length - 1, r)), column: Math.max(0, Math.min(columns.length - 1, c)) };
      const top = active.row * ROW, head = 90;
      if (top < frame.scrollTop) frame.scrollTop = top;
      else if (top + ROW + head > frame.scrollTop + frame.clientHeight) frame.scrollTop = top + ROW + head - frame.clientHeight;
      draw(false);
      for (const old of body.querySelectorAll('td[tabindex="0"]')) old.tabIndex = -1;
      const cell = cellAt(active.row, active.column);
      if (!cell) return;
      cell.tabIndex = 0;
      cell.focus({ preventScroll: true });
      const side = body.querySelector("th").getBoundingClientRect().right, box = cell.getBoundingClientRect(), view = frame.getBoundingClientRect();
      if (box.left < side) frame.scrollLeft -= side - box.left;
      else if (box.right > view.right) frame.scrollLeft += box.right - view.right + 4;
    }

    function choose(cell) {
      const index = cells[rows[Number(cell.dataset.r)]][columns[Number(cell.dataset.c)]];
      if (index >= 0) open(findings[index]);
    }

    body.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-r]");
      if (!cell) return;
      go(Number(cell.dataset.r), Number(cell.dataset.c));
      choose(cell);
    });
    body.addEventListener("keydown", (event) => {
      const page = Math.max(1, Math.floor(frame.clientHeight / ROW) - 3);
      const { row, column } = active;
      const moves = {
        ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
        PageUp: [row - page, column], PageDown: [row + page, column],
        Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? rows.length - 1 : row, columns.length - 1],
      };
      if (moves[event.key]) { event.preventDefault(); go(...moves[event.key]); }
      else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); const cell = cellAt(row, column); if (cell) choose(cell); }
    });
    let framePending = false;
    frame.addEventListener("scroll", () => {
      if (framePending) return;
      framePending = true;
      requestAnimationFrame(() => { framePending = false; draw(false); });
    }, { passive: true });
    sort.value = state.sort;
    sort.addEventListener("change", () => { state.sort = sort.value; rows = order(rows); frame.scrollTop = 0; draw(true); });

    const legend = el("ul", { class: "legend" });
    const sample = (css, mark, text) => legend.append(el("li", null, el("span", { class: css }, mark), text));
    for (const level of [4, 3, 2, 1]) sample(SEVERITIES[level].toLowerCase(), "✕", `failed, ${SEVERITIES[level].toLowerCase()}`);
    for (const outcome of [1, 2, 4, 3]) sample(OUTCOMES[outcome].key, OUTCOMES[outcome].mark, OUTCOMES[outcome].word.toLowerCase());

    const host = document.getElementById("map");
    host.append(
      el("h2", { id: "map-title" }, "Servers × controls"),
      el("div", { class: "map-tools" }, el("label", null, "Sort ", sort), legend),
      frame, note,
      el("p", { class: "status keys" }, "Arrow keys move in the map, Enter opens a finding. The filters below hold for the map too."));
    host.hidden = false;
    return { update, draw };
  })();

  /* ---- the section of findings ---- */
  const host = document.getElementById("findings");
  host.append(
    el("h2", { id: "findings-title" }, "Findings"),
    el("div", { class: "filters", role: "search" },
      el("label", { class: "search" }, el("span", null, "Search ", el("kbd", null, "/")), search),
      el("label", { class: "half" }, "Severity", severity),
      el("label", { class: "half" }, "Section", section),
      el("label", { class: "half" }, "Group by", grouping),
      el("fieldset", { class: "outcomes" }, el("legend", null, "Outcome"),
        ...OUTCOMES.map((outcome, index) => el("label", null, outcomeBoxes[index], `${outcome.word} ${count(outcomeTotals[index])}`)),
        el("label", null, remediable, "Has a repair")),
      clear),
    status, list);
  host.hidden = false;
  document.body.append(dialog);

  /* ---- print: what the filter leaves, opened, up to a limit that is said ---- */
  let opened = [];
  addEventListener("beforeprint", () => {
    let left = FINDINGS_IN_PRINT;
    showGroups(groups.length);
    const nodes = list.querySelectorAll("details.group");
    groups.forEach((group, index) => {
      const details = nodes[index];
      if (!details || details.open || left <= 0) return;
      fill(details, group, Math.min(left, group.rows.length));
      left -= group.rows.length;
      details.open = true;
      opened.push(details);
    });
    if (left < 0) list.prepend(el("p", { class: "status", id: "print-note" }, `Printed are the first ${FINDINGS_IN_PRINT} findings in full; narrow the filter for others.`));
    map.draw(true, 150);
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
    const note = document.getElementById("print-note");
    if (note) note.remove();
    map.draw(true);
  });

  /* ---- theme ---- */
  const theme = document.getElementById("theme");
  const themes = ["system", "light", "dark"];
  const remember = (value) => { try { if (value === undefined) return localStorage.getItem("pgsecurity-theme"); localStorage.setItem("pgsecurity-theme", value); } catch { /* A page without storage forgets. */ } return null; };
  function wear(name) {
    if (name === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    theme.textContent = `Theme: ${name}`;
  }
  let worn = Math.max(0, themes.indexOf(remember() || "system"));
  wear(themes[worn]);
  theme.addEventListener("click", () => { worn = (worn + 1) % themes.length; wear(themes[worn]); remember(themes[worn]); });
  theme.hidden = false;

  render();
})();
