'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const at = (id) => document.getElementById(id);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const face = getComputedStyle(document.body).fontFamily;
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(at('picture'), { nodes, edges }, data.options);
  const colours = Object.fromEntries(data.nodes.map((node) => [node.id, [node.color.background, node.dark]]));
  const sizes = Object.fromEntries(data.nodes.map((node) => [node.id, node.font.size]));
  const lines = Object.fromEntries(data.edges.map((edge) => [edge.id, edge.color]));
  const near = data.things.map(() => new Set());
  data.ties.forEach(([source, target], tie) => {
    near[source].add([target, tie]);
    near[target].add([source, tie]);
  });

  // --- how it looks

  const dark = matchMedia('(prefers-color-scheme: dark)');
  function dress() {
    const font = { face, color: css('--ink'), strokeWidth: 4, strokeColor: css('--paper') };
    network.setOptions({
      nodes: { font, chosen: true },
      edges: { font: { ...font, size: 12, color: css('--quiet'), align: 'horizontal' }, arrows: { to: { enabled: true, scaleFactor: 0.45 } }, selectionWidth: 1.5 },
    });
    paint(chosen);
  }
  let chosen = null;
  function faded(colour) {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
    return `rgba(${r},${g},${b},0.12)`;
  }
  function paint(id) {
    // what is chosen and its neighbours stay, all else steps back
    chosen = id;
    const kept = id === null ? null : new Set([id, ...[...near[id]].map(([other]) => other)]);
    const ink = css('--ink');
    nodes.update(data.nodes.map(({ id: one }) => {
      const away = kept && !kept.has(one);
      const background = colours[one][Number(dark.matches)];
      const start = data.starts.includes(one);
      return {
        id: one,
        color: away ? { background: faded(background), border: faded(background) } : { background, border: start ? ink : background, highlight: { background, border: ink }, hover: { background, border: ink } },
        font: { size: sizes[one], color: away ? (dark.matches ? '#4b525b' : '#c3c9d1') : ink },
      };
    }));
    edges.update(data.edges.map(({ id: one, from, to }) => {
      const away = kept && from !== id && to !== id;
      const busy = data.edges.length > 200 && !kept;
      return { id: one, color: { ...lines[one], opacity: away ? 0.06 : busy ? 0.4 : 0.9 } };
    }));
  }
  dark.addEventListener('change', dress);
  dress();
  network.once('afterDrawing', () => network.fit());

  // --- details

  function made(name, words, className) {
    const element = document.createElement(name);
    if (words !== undefined) element.textContent = words;
    if (className) element.className = className;
    return element;
  }
  function spoken(name, words, className) {
    // words of a source, which may run from right to left
    const element = made(name, undefined, className);
    element.append(made('bdi', words));
    return element;
  }
  function linked(words, iri) {
    if (!/^https?:\/\//i.test(iri)) return spoken('span', words);
    const link = spoken('a', words);
    link.href = iri;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    return link;
  }
  function show(parts) {
    at('details').replaceChildren(...parts);
    at('details').parentElement.scrollTop = 0;
  }
  function showThing(id) {
    const thing = data.things[id];
    const parts = [made('p', thing.called + (thing.count ? ` × ${thing.count}` : ''), 'quiet'), spoken('h2', thing.label)];
    if (thing.about.length) {
      const list = made('dl');
      for (const [name, value] of thing.about) list.append(made('dt', name), spoken('dd', value));
      parts.push(list);
    }
    for (const [words, source] of thing.quotes) {
      const quote = spoken('blockquote', words);
      quote.append(made('br'), spoken('cite', source, 'quiet'));
      parts.push(quote);
    }
    if (thing.count) {
      parts.push(made('p', thing.count > thing.members.length ? `前 ${thing.members.length} 个，共 ${thing.count} 个 · the first ${thing.members.length} of ${thing.count}` : '其中 members', 'quiet'));
      const list = made('ul');
      for (const [label, iri] of thing.members) {
        const item = made('li');
        item.append(linked(label, iri));
        list.append(item);
      }
      parts.push(list);
    }
    const ties = [...near[id]];
    if (ties.length) {
      parts.push(made('p', `相连 tied to · ${ties.length}`, 'quiet'));
      const list = made('ul');
      for (const [other, tie] of ties.slice(0, 40)) {
        const item = made('li', `${data.ties[tie][2]}${data.ties[tie][4] > 1 ? ` × ${data.ties[tie][4]}` : ''}：`);
        const button = spoken('button', data.things[other].label.slice(0, 80), 'plain');
        button.type = 'button';
        button.addEventListener('click', () => choose(other));
        item.append(button);
        list.append(item);
      }
      if (ties.length > 40) list.append(made('li', `…… ${ties.length}`));
      parts.push(list);
    }
    if (thing.iri) {
      const place = made('p', undefined, 'iri');
      place.append(linked(thing.iri, thing.iri));
      parts.push(place);
    }
    show(parts);
  }
  function showTie(id) {
    const [source, target, relation, words, count] = data.ties[id];
    const parts = [made('p', '关系 relation', 'quiet'), spoken('h2', relation + (count > 1 ? ` × ${count}` : ''))];
    for (const end of [source, target]) {
      const place = made('p');
      const button = spoken('button', data.things[end].label, 'plain');
      button.type = 'button';
      button.addEventListener('click', () => choose(end));
      place.append(button);
      parts.push(place);
    }
    if (words) parts.splice(2, 0, spoken('blockquote', words));
    show(parts);
  }
  function choose(id, move = true) {
    network.selectNodes([id]);
    paint(id);
    showThing(id);
    if (move) network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 250 } });
  }
  network.on('click', ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) choose(node, false);
    else {
      paint(null);
      if (edge !== undefined) showTie(edge);
    }
  });
  network.on('doubleClick', ({ nodes: [node] }) => {
    const iri = node === undefined ? '' : data.things[node].iri;
    if (/^https?:\/\//i.test(iri)) window.open(iri, '_blank', 'noopener,noreferrer');
  });

  // --- search

  const sounds = data.things.map((thing) => thing.sound.split(' '));
  const folded = data.things.map((thing) => thing.label.toLowerCase());
  function sounding(typed, signs) {
    for (let from = 0; from + typed.length <= signs.length; from += 1)
      if ([...typed].every((letter, index) => signs[from + index].includes(letter))) return true;
    return false;
  }
  function find(text) {
    const typed = text.trim().toLowerCase();
    if (!typed) return [];
    const letters = /^[a-z0-9]+$/.test(typed);
    return data.things.flatMap((_, id) => {
      if (folded[id].includes(typed)) return [[folded[id].startsWith(typed) ? 0 : 1, id]];
      return letters && sounding(typed, sounds[id]) ? [[2, id]] : [];
    }).sort((a, b) => a[0] - b[0] || folded[a[1]].length - folded[b[1]].length).map(([, id]) => id);
  }
  const box = at('find');
  const list = at('found');
  let index = -1;
  function close() {
    list.hidden = true;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
    index = -1;
  }
  function mark(next) {
    const items = [...list.children];
    if (!items.length) return;
    index = (next + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
    items[index].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', items[index].id);
  }
  function take(id) {
    close();
    choose(id);
  }
  box.addEventListener('input', () => {
    const found = find(box.value);
    at('said').textContent = box.value.trim() ? `找到 ${found.length} 个 found` : '';
    list.replaceChildren(...found.slice(0, 50).map((id, i) => {
      const item = spoken('li', `${data.things[id].label.slice(0, 120)}`);
      item.append(' ', made('span', data.things[id].called, 'quiet'));
      item.id = `found-${i}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      item.dataset.thing = id;
      item.addEventListener('mousedown', (event) => { event.preventDefault(); take(id); });
      return item;
    }));
    list.hidden = !found.length;
    box.setAttribute('aria-expanded', String(found.length > 0));
    index = -1;
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(index + 1);
    else if (event.key === 'ArrowUp') mark(index - 1);
    else if (event.key === 'Enter' && list.children.length) take(Number(list.children[Math.max(index, 0)].dataset.thing));
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  box.addEventListener('blur', close);

  // --- tools, legend, list

  const zoom = (by) => network.moveTo({ scale: network.getScale() * by });
  at('nearer').addEventListener('click', () => zoom(1.3));
  at('farther').addEventListener('click', () => zoom(1 / 1.3));
  at('fit').addEventListener('click', () => { paint(null); network.unselectAll(); network.fit(); });
  at('move')?.addEventListener('change', (event) => network.setOptions({ physics: { enabled: event.target.checked } }));
  for (const check of document.querySelectorAll('[data-kind]'))
    check.addEventListener('change', () => nodes.update(data.nodes.filter((node) => node.kind === check.dataset.kind).map(({ id }) => ({ id, hidden: !check.checked }))));
  for (const button of document.querySelectorAll('[data-id]'))
    button.addEventListener('click', () => {
      choose(Number(button.dataset.id));
      at('picture').scrollIntoView({ block: 'nearest' });
    });
  window.zhengpu = { network, nodes, edges, find, choose }; // for whoever looks into the page
})();
