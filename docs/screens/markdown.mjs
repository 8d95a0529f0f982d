// Discord's Markdown as its client shows it, as HTML: what the bot's renderer writes, and what it escapes.

const escaped = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const html = (text) => text.replace(/[&<>"]/g, (c) => escaped[c]);

const INLINE = [
  // A backslash goes before ASCII punctuation only; elsewhere it is shown.
  [/^\\([!-/:-@[-`{-~])/, (m) => html(m[1])],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => `<code>${html(m[2].replace(/^ (?=`)|(?<=`) $/g, ''))}</code>`],
  [/^<\/([^:>]+):\d+>/, (m) => `<span class="chip">/${html(m[1])}</span>`],
  [/^<@!?(\d+)>/, () => `<span class="chip">@alice</span>`],
  [/^<t:(\d+)(?::\w)?>/, (m) => `<span class="time">${date(m[1])}</span>`],
  [/^<((?:https?|mailto):[^\s>]+)>/, (m) => `<a>${html(m[1])}</a>`],
  [/^\[((?:\\.|[^\]\\])+)\]\(<?([^)>\s]+)>?\)/, (m) => `<a>${inline(m[1])}</a>`],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, (m) => `<strong>${inline(m[1])}</strong>`],
  [/^\*(?=\S)((?:\\.|\*\*|[^*\\])+?)\*(?!\*)/, (m) => `<em>${inline(m[1])}</em>`],
  [/^https?:\/\/[^\s<]+/, (m) => `<a>${html(m[0])}</a>`],
];

const date = (seconds) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Paris' })
    .format(new Date(Number(seconds) * 1000));

export function inline(text) {
  let out = '';
  while (text) {
    const rule = INLINE.map(([pattern, show]) => [pattern.exec(text), show]).find(([found]) => found);
    const length = rule ? rule[0][0].length : 1;
    out += rule ? rule[1](rule[0]) : html(text[0]);
    text = text.slice(length);
  }
  return out;
}

const ITEM = /^( *)([*-]|\d+\.) +/;

export function blocks(text) {
  const lines = text.split('\n');
  let out = '';
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,3}) +(.*)$/.exec(line);
    const small = /^-# +(.*)$/.exec(line);
    if (/^> /.test(line)) {
      const from = at;
      while (at < lines.length && /^> /.test(lines[at])) at += 1;
      out += `<blockquote>${blocks(lines.slice(from, at).map((l) => l.slice(2)).join('\n'))}</blockquote>`;
      // The line end after a quote is part of it.
      continue;
    }
    if (heading) {
      out += `<h${heading[1].length}>${inline(heading[2])}</h${heading[1].length}>`;
      at += 1;
      continue;
    }
    if (small) {
      out += `<small>${inline(small[1])}</small>`;
      at += 1;
      continue;
    }
    if (ITEM.test(line)) {
      const from = at;
      at += 1;
      // Blank lines end a list unless an item or an indented line follows; neighbouring lists are joined.
      while (at < lines.length) {
        if (/^ /.test(lines[at]) || ITEM.test(lines[at])) at += 1;
        else if (lines[at] === '' && lines[at + 1] && (/^ /.test(lines[at + 1]) || ITEM.test(lines[at + 1]))) at += 1;
        else break;
      }
      out += list(lines.slice(from, at));
      // One empty line after a list goes with it.
      if (lines[at] === '') at += 1;
      continue;
    }
    out += `<span class="line">${inline(line) || '<br>'}</span>`;
    at += 1;
  }
  return out;
}

function list(lines) {
  const indent = /^ */.exec(lines[0])[0].length;
  const first = ITEM.exec(lines[0])[2];
  const items = [];
  for (const line of lines) {
    const mark = ITEM.exec(line);
    if (mark && mark[1].length <= indent) items.push({ lines: [line.slice(mark[0].length)], width: mark[0].length });
    else items.at(-1).lines.push(line.replace(new RegExp(`^ {1,${items.at(-1).width}}`), ''));
  }
  const shown = items.map((item) => `<li>${blocks(item.lines.join('\n'))}</li>`).join('');
  return /\d/.test(first) ? `<ol start="${parseInt(first, 10)}">${shown}</ol>` : `<ul>${shown}</ul>`;
}
