// Real factories as documents: a few files of each kind, of all sizes, in both forms.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipewright } from './servers.mjs';

const kinds = ['pipeline', 'dataset', 'linkedService', 'trigger', 'dataflow'];

/** The files that are chosen of the corpus; null where there is none. @param count How many, in all kinds together. */
export function readCorpus(count) {
  const corpus = process.env.PIPEWRIGHT_CORPUS;
  if (!corpus || !existsSync(corpus)) {
    return null;
  }

  const entries = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && e.name.endsWith('.json'));
  return kinds.flatMap((kind) => {
    const texts = entries.filter((e) => basename(e.parentPath) === kind).map((e) => ({ kind, text: read(join(e.parentPath, e.name)) }));
    return spread(
      texts.filter(({ text }) => isResource(text)),
      count / kinds.length,
    );
  });
}

const read = (file) => readFileSync(file, 'utf8').replace(/^\uFEFF/, '');

function isResource(text) {
  try {
    return typeof JSON.parse(text).name === 'string';
  } catch {
    return false;
  }
}

/** From the smallest to the largest, at equal distances. */
function spread(texts, count) {
  const sorted = texts.sort((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  const step = Math.max(1, (sorted.length - 1) / Math.max(1, count - 1));
  return Array.from({ length: Math.min(sorted.length, Math.floor(count)) }, (_, i) => sorted[Math.round(i * step)]);
}

/** The same in the spec form; a file that has no such form is left out. */
export function inSpecForm(files) {
  return files.flatMap(({ kind, text }) => {
    try {
      const options = { input: text, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 28 };
      return [
        {
          kind,
          text: execFileSync(pipewright.command, ['convert', '--stdin', `${kind}/${JSON.parse(text).name}.json`, '--to', 'spec'], options),
        },
      ];
    } catch {
      return [];
    }
  });
}
