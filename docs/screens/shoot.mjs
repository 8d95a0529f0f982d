// Pictures of what the bot really sent, in look-alikes of Discord and Element (not these themselves).
//
//   cargo run --example discord_screens -- out/ && cargo run --example matrix_screens -- out/
//   cd docs/screens && npm install && node shoot.mjs ../../out
//
// A third argument takes one picture alone, by its name. Those of Matrix need nothing from npm.
// Chromium is found on the path, or named by CHROMIUM.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { page as matrix } from './matrix.mjs';
import { page as discord } from './page.mjs';

const here = import.meta.dirname;
const [folder, target = here, only] = process.argv.slice(2);
if (!folder) throw new Error('the folder of the scenes is missing');

// name of the picture, scene, width in CSS pixels, pixels a CSS pixel, whether selects are open
const SHOTS = JSON.parse(readFileSync(join(here, 'shots.json'), 'utf8')).filter((shot) => !only || shot.picture === only);

const TYPES = { '.js': 'text/javascript', '.json': 'application/json' };
const pages = new Map();
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (pages.has(path)) return response.setHeader('content-type', 'text/html').end(pages.get(path));
  try {
    if (!path.startsWith('/node_modules/')) throw new Error('not there');
    response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain').end(readFileSync(join(here, path)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const base = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), 'screens-'));
const chromium = spawn(process.env.CHROMIUM ?? 'chromium', [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars', `--user-data-dir=${profile}`,
  '--remote-debugging-pipe', 'about:blank',
], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

const waiting = new Map();
let received = '';
chromium.stdio[4].setEncoding('utf8').on('data', (text) => {
  const messages = (received + text).split('\0');
  received = messages.pop();
  for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
    if (!waiting.has(id)) continue;
    const { done, failed } = waiting.get(id);
    waiting.delete(id);
    error ? failed(new Error(error.message)) : done(result);
  }
});
let last = 0;
const ask = (method, params = {}, sessionId = undefined) => new Promise((done, failed) => {
  last += 1;
  waiting.set(last, { done, failed });
  chromium.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId }) + '\0');
});

const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
const evaluate = async (expression) => (await ask('Runtime.evaluate', { expression }, sessionId)).result.value;

for (const { picture, scene, width, scale, height: least = 0, open = false } of SHOTS) {
  const [page, root] = scene.startsWith('matrix-') ? [matrix, 'main'] : [discord, 'discord-messages'];
  const path = `/${picture}`;
  pages.set(path, page(JSON.parse(readFileSync(join(folder, `${scene}.json`), 'utf8')), { width, open }));
  const size = { width, deviceScaleFactor: scale, mobile: false };
  await ask('Emulation.setDeviceMetricsOverride', { ...size, height: least || 600 }, sessionId);
  await ask('Page.navigate', { url: base + path }, sessionId);
  const until = Date.now() + 15000;
  while ((await evaluate('document.title')) !== 'ready') {
    if (Date.now() > until) throw new Error(`${picture} isn't ready within 15 s`);
    await new Promise((done) => setTimeout(done, 50));
  }
  const height = least || Math.ceil(await evaluate(`document.querySelector('${root}').getBoundingClientRect().height`));
  await ask('Emulation.setDeviceMetricsOverride', { ...size, height }, sessionId);
  const { data } = await ask('Page.captureScreenshot', { format: 'png' }, sessionId);
  writeFileSync(join(target, `${picture}.png`), Buffer.from(data, 'base64'));
  console.log(`${picture}.png ${width}×${height}`);
}

await ask('Browser.close').catch(() => {});
await new Promise((ended) => chromium.once('exit', ended));
server.close();
rmSync(profile, { recursive: true, force: true });
