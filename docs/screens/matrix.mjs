// Messages as a Matrix client shows them: a page with styles like Element's (our own), around the HTML that was sent.

import { html } from './markdown.mjs';

const STYLE = `
  * { box-sizing: border-box; }
  body { margin: 0; background: #fff; font: 15px/1.47 Inter, 'DejaVu Sans', sans-serif; color: #1b1d22; }
  main { padding: 16px; }
  .event { display: grid; grid-template-columns: 40px 1fr; column-gap: 8px; margin-top: 12px; }
  .event:first-child { margin-top: 0; }
  .face { width: 32px; height: 32px; border-radius: 50%; display: grid; place-items: center; color: #fff; font-weight: 600; }
  .who { font-weight: 600; font-size: 14px; }
  .bubble { background: #f0f2f5; border-radius: 0 12px 12px 12px; padding: 8px 12px; margin-top: 2px; width: fit-content; max-width: 100%; overflow-wrap: anywhere; }
  .own .bubble { background: #e0f8f0; }
  .quote { border-left: 3px solid #0dbd8b; padding-left: 8px; color: #656d77; font-size: 13px; margin-bottom: 6px; }
  .bubble h3 { font-size: 1.17em; margin: 0 0 8px; line-height: 1.3; } .bubble h4 { font-size: 1em; margin: 14px 0 6px; }
  .bubble p { margin: 0 0 8px; } .bubble > :last-child { margin-bottom: 0; }
  .bubble ul, .bubble ol { margin: 0 0 8px; padding-left: 24px; } .bubble li ul { margin: 2px 0 0; } .bubble li { margin-bottom: 4px; }
  .bubble blockquote { margin: 0 0 8px; padding-left: 10px; border-left: 2px solid #c1c6cd; color: #4b5059; }
  .bubble blockquote > :last-child { margin-bottom: 0; }
  .bubble code { background: #e3e8f0; border-radius: 4px; padding: 1px 4px; font: 13px 'DejaVu Sans Mono', monospace; }
  .bubble table { border-collapse: collapse; } .bubble th, .bubble td { border: 1px solid #c1c6cd; padding: 4px 8px; text-align: left; }
  .bubble a { color: #0b7f5f; } .bubble details { margin: 0 0 8px; } .bubble summary { cursor: pointer; font-weight: 600; }
  .reactions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
  .reaction { border: 1px solid #d4d9e0; border-radius: 12px; padding: 1px 8px; font-size: 14px; background: #fff; }
`;

const event = (own, name, inner, reactions = []) => `<div class="event ${own ? 'own' : ''}">
  <div class="face" style="background: ${own ? '#7a6ff0' : '#0d8f6b'}">${name[0]}</div>
  <div><div class="who">${name}</div><div class="bubble">${inner}</div>
  ${reactions.length ? `<div class="reactions">${reactions.map((key) => `<span class="reaction">${html(key)} 1</span>`).join('')}</div>` : ''}
  </div></div>`;

export function page(scene, { width, open }) {
  const quoted = scene.typed ? `<div class="quote">alice : ${html(scene.typed)}</div>` : '';
  const said = scene.messages.map((message, rank) =>
    event(false, 'Vigie', (rank ? '' : quoted) + (message.html ?? html(message.body)), message.reactions));
  const typed = scene.typed ? event(true, 'alice', html(scene.typed)) : '';
  const all = open ? said.join('').replaceAll('<details>', '<details open>') : said.join('');
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><style>${STYLE} body { width: ${width}px; }</style>
<body><main>${typed}${all}</main><script>document.fonts.ready.then(() => { document.title = 'ready'; });</script></body></html>`;
}
