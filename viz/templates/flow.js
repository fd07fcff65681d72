'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const box = document.getElementById('flow');
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const face = getComputedStyle(document.body).fontFamily;
  const articles = [...document.querySelectorAll('article')];
  const said = document.getElementById('said');
  let only = '';
  box.style.height = `${data.height}px`;
  const chart = echarts.init(box, null, { renderer: 'svg' });

  function draw() {
    const ink = css('--ink');
    const wide = box.clientWidth;
    const margin = Math.min(270, Math.max(90, wide * 0.3));
    const shown = (link) => !only || link.outcome === only;
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: face },
      tooltip: { renderMode: 'richText', confine: true, backgroundColor: css('--paper'), borderColor: css('--quiet'), textStyle: { color: ink, fontFamily: face },
        formatter: ({ dataType, data: one }) => (dataType === 'edge' ? `${data.called[one.outcome]}${one.value > 1 ? ` × ${one.value}` : ''}\n${one.words}` : one.whole) },
      series: [{
        type: 'sankey', left: margin, right: margin, top: 16, bottom: 16, nodeWidth: 8, nodeGap: 6, layoutIterations: 0, draggable: false,
        emphasis: { focus: 'adjacency' },
        data: data.nodes.map((node) => ({
          ...node,
          itemStyle: { color: node.rest ? data.colours[node.rest] : css('--quiet'), borderWidth: 0 },
          label: { position: node.depth ? 'right' : 'left', color: ink, fontFamily: face, fontSize: 12, width: margin - 16, overflow: 'truncate', formatter: () => node.label },
        })),
        links: data.links.map((link) => ({ ...link, lineStyle: { color: data.colours[link.outcome], opacity: shown(link) ? 0.6 : 0.06, curveness: 0.5 } })),
      }],
    }, true);
  }
  function filter(outcome) {
    only = outcome;
    let count = 0;
    for (const article of articles) {
      article.hidden = Boolean(only) && article.dataset.outcome !== only;
      article.classList.remove('chosen');
      if (!article.hidden) count += 1;
    }
    said.textContent = `${count} 条 entries`;
    for (const button of document.querySelectorAll('button[data-outcome]')) button.setAttribute('aria-pressed', String(button.dataset.outcome === only));
    draw();
  }
  function choose(fits) {
    if (only) filter('');
    const found = articles.filter(fits);
    for (const article of articles) article.classList.toggle('chosen', found.includes(article));
    if (!found.length) return;
    found[0].scrollIntoView({ block: 'nearest' });
    found[0].focus({ preventScroll: true });
  }
  const rest = Object.fromEntries(data.nodes.map((node) => [node.name, node.rest]));
  const fits = (article, name, end) => (rest[name] ? article.dataset.outcome === rest[name] : article.dataset[end] === name);
  chart.on('click', ({ dataType, data: one }) => {
    if (dataType === 'edge') choose((article) => fits(article, one.source, 'a') && fits(article, one.target, 'b'));
    else choose((article) => fits(article, one.name, one.depth ? 'b' : 'a'));
  });
  for (const button of document.querySelectorAll('button[data-outcome]')) button.addEventListener('click', () => filter(button.dataset.outcome));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  filter('');
  window.zhengpu = { chart, data };
})();
