// One scene as a page of Discord's look-alike.

import { blocks, html, inline } from './markdown.mjs';

const face = (letter, colour) =>
  'data:image/svg+xml;base64,' + Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="${colour}"/>` +
    `<text x="40" y="54" text-anchor="middle" font-family="sans-serif" font-size="40" fill="#fff">${letter}</text></svg>`,
  ).toString('base64');

export const BOT = face('V', '#3b6ea5');
const ALICE = face('a', '#8a5a9e');
const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive', 5: 'secondary' };

function component(part) {
  if (part.type === 2) {
    const link = part.url ? ' ↗' : '';
    return `<discord-button type="${STYLES[part.style]}">${html(part.label)}${link}</discord-button>`;
  }
  return `<discord-string-select-menu placeholder="${html(part.placeholder ?? '')}"></discord-string-select-menu>` +
    (part.shown ? menu(part) : '');
}

// The options as the opened select shows them.
const menu = (part) => `<div class="menu">${part.options.map((option) =>
  `<div class="option"><div>${html(option.label)}</div><div class="more">${html(option.description ?? '')}</div></div>`,
).join('')}</div>`;

function embed(box) {
  const colour = '#' + box.color.toString(16).padStart(6, '0');
  const title = box.title ? `<div class="title">${inline(box.title)}</div>` : '';
  const text = box.description ? `<div class="md">${blocks(box.description)}</div>` : '';
  return `<discord-embed slot="embeds" color="${colour}"><discord-embed-description slot="description">` +
    `${title}${text}</discord-embed-description></discord-embed>`;
}

function message(sent, first, done, open) {
  const body = sent.data ?? sent;
  const used = first && done.typed
    ? `<discord-command slot="reply" author="alice" avatar="${ALICE}" command="${html(done.typed.slice(1).split(/ \w+:/)[0])}"></discord-command>`
    : '';
  const rows = (body.components ?? []).map((row) => {
    const parts = row.components.map((part) => component(open ? { ...part, shown: true } : part));
    return `<discord-action-row>${parts.join('')}</discord-action-row>`;
  });
  const under = rows.length ? `<discord-attachments slot="components">${rows.join('')}</discord-attachments>` : '';
  const alone = (body.flags ?? 0) & 64 ? ' ephemeral' : '';
  return `<discord-message author="Vigie" avatar="${BOT}" bot timestamp="09:00"${alone}>${used}${html(body.content ?? '')}${(body.embeds ?? []).map(embed).join('')}${under}</discord-message>`;
}

function modal(sent) {
  const form = sent.data;
  const fields = form.components.flatMap((row) => row.components).map((field) =>
    `<label>${html(field.label)}${field.required ? ' <b>*</b>' : ''}</label>` +
    `<div class="input ${field.style === 2 ? 'tall' : ''}">${html(field.value ?? field.placeholder ?? '')}</div>`);
  return `<discord-messages><div class="modal"><h2>${html(form.title)}</h2>` +
    '<p class="warn">Ce formulaire sera envoyé à Vigie. Ne communiquez ni mot de passe ni information sensible.</p>' +
    `${fields.join('')}<div class="foot"><span>Annuler</span><span class="send">Envoyer</span></div></div></discord-messages>`;
}

const STYLE = `
  body { margin: 0; background: #313338; }
  discord-messages { border: 0 !important; padding-bottom: 12px; --discord-font: 'gg sans', 'Noto Sans', 'DejaVu Sans', sans-serif; }
  .title { font-weight: 600; font-size: 16px; line-height: 22px; color: #fff; margin: 4px 0 8px; white-space: pre-wrap; }
  .md { font-size: 14px; line-height: 18px; white-space: pre-wrap; color: #dbdee1; }
  .md .line { display: block; min-height: 18px; }
  .md h1, .md h2, .md h3 { margin: 12px 0 6px; color: #f2f3f5; font-weight: 600; line-height: 1.375em; }
  .md h1 { font-size: 20px; } .md h2 { font-size: 17px; } .md h3 { font-size: 15px; }
  .md > :first-child { margin-top: 0; }
  .md ul, .md ol { margin: 4px 0 0 16px; padding: 0; }
  .md ol { margin-left: 20px; } .md ul { list-style: disc; } .md ul ul { list-style: circle; }
  .md li { margin-bottom: 4px; white-space: break-spaces; }
  .md small { display: block; font-size: 12px; line-height: 16px; color: #949ba4; }
  .md code { background: #1e1f22; border-radius: 4px; padding: 0 .2em; font: 12px/16px Consolas, 'DejaVu Sans Mono', monospace; }
  .md blockquote { margin: 0; padding: 0 8px 0 12px; border-left: 4px solid #4e5058; border-radius: 4px; }
  .md a { color: #00a8fc; }
  .chip { background: rgba(88, 101, 242, .3); color: #c9cdfb; border-radius: 3px; padding: 0 2px; font-weight: 500; }
  .time { background: rgba(255, 255, 255, .06); border-radius: 3px; padding: 0 2px; }
  .modal { background: #313338; border: 1px solid #1e1f22; border-radius: 8px; margin: 12px auto; width: 440px; color: #dbdee1; font: 14px/18px sans-serif; padding: 16px; box-sizing: border-box; }
  .modal h2 { margin: 0 0 12px; font-size: 20px; color: #f2f3f5; } .modal .warn { background: #2b2d31; border-radius: 4px; padding: 8px; margin: 0 0 12px; }
  .modal label { display: block; font-weight: 600; margin: 12px 0 6px; } .modal b { color: #f23f43; }
  .modal .input { background: #1e1f22; border-radius: 4px; min-height: 20px; padding: 8px; } .modal .tall { min-height: 72px; }
  .modal .foot { display: flex; justify-content: flex-end; gap: 16px; margin-top: 16px; align-items: center; } .modal .send { background: #5865f2; border-radius: 4px; padding: 8px 20px; color: #fff; }
  .menu { background: #2b2d31; border: 1px solid #1e1f22; border-radius: 4px; margin-top: 4px; width: 400px; max-width: 100%; }
  .option { padding: 8px 12px; color: #dbdee1; font-size: 14px; } .more { color: #949ba4; font-size: 12px; }
`;

export function page(scene, { width, open }) {
  const isForm = scene.sent.some((sent) => sent.type === 9);
  const shown = isForm
    ? modal(scene.sent.find((sent) => sent.type === 9))
    : `<discord-messages>${scene.sent.map((sent, rank) => message(sent, rank === 0, scene.done, open)).join('')}</discord-messages>`;
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><style>${STYLE} body { width: ${width}px; }</style>
<script type="importmap">{ "imports": {
  "lit": "/node_modules/lit/index.js", "lit/": "/node_modules/lit/",
  "lit-html": "/node_modules/lit-html/lit-html.js", "lit-html/": "/node_modules/lit-html/",
  "lit-element": "/node_modules/lit-element/lit-element.js", "lit-element/": "/node_modules/lit-element/",
  "@lit/reactive-element": "/node_modules/@lit/reactive-element/reactive-element.js",
  "@lit/reactive-element/": "/node_modules/@lit/reactive-element/",
  "@lit/context": "/node_modules/@lit/context/index.js" } }</script>
<script>window.$discordMessage = { avatars: { default: "${BOT}" } };</script>
<body>${shown}
<script type="module">
  import '/node_modules/@skyra/discord-components-core/dist/index.js';
  // Discord speaks the reader's language; the look-alike speaks English.
  const FRENCH = new Map(Object.entries({
    'used': 'a utilisé', 'Only you can see this •': 'Vous seul pouvez voir ceci •', 'Dismiss message': 'Rejeter le message',
    'Submit': 'Envoyer', 'Cancel': 'Annuler', 'This form will be submitted to': 'Ce formulaire sera envoyé à',
    '. Do not share passwords or other sensitive information.': '. Ne communiquez ni mot de passe ni information sensible.',
    'App': 'APP', 'APP': 'APP',
  }));
  const speak = (node) => {
    for (const child of node.childNodes) {
      const words = (child.nodeType === 3 ? child.data : '').trim().replace(/\\s+/g, ' ');
      if (FRENCH.has(words)) child.data = child.data.replace(/\\S[\\s\\S]*\\S/, FRENCH.get(words));
      speak(child);
    }
    if (node.shadowRoot) speak(node.shadowRoot);
  };
  await new Promise((done) => setTimeout(done, 300));
  speak(document.body);
  document.title = 'ready';
</script></body></html>`;
}
