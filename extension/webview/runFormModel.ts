// The form that asks for a run's parameters, in plain values: which texts are given, which are left as the pipeline has them, and what is said.
import { fill } from './words';

/** A parameter as the server tells what to ask with. */
export interface FormField {
  name: string;
  /** As declared. */
  type?: string | null;
  kind: 'text' | 'secret' | 'integer' | 'number' | 'boolean' | 'list' | 'object';
  required: boolean;
  /** The default as a form shows it; absent where there is none, and of secrets. */
  text?: string | null;
}

/** What is given, by the names of parameters; what is absent stays as the pipeline has it. */
export type Entries = Record<string, string>;

export interface Problem {
  name: string;
  message: string;
}

/** What is said in the form, for its language. `{0}` stands for what is put in. */
export interface RunFormWords {
  title: string;
  inTarget: string;
  emulator: string;
  changeTarget: string;
  whatRuns: string;
  deployed: string;
  deployedHint: string;
  scratch: string;
  scratchHint: string;
  parameters: string;
  noParameters: string;
  required: string;
  isDefault: string;
  secretDefault: string;
  noDefault: string;
  given: string;
  emptyText: string;
  neverKept: string;
  reset: string;
  clear: string;
  resetAll: string;
  layOut: string;
  earlier: string;
  run: string;
  runHint: string;
  cancel: string;
  ready: string;
  toMend: string;
  running: string;
  unset: string;
}

/** What the extension tells the form. */
export type ToRunForm =
  | {
      type: 'show';
      pipeline: string;
      factory: string;
      isEmulator: boolean;
      fields: FormField[];
      entries: Entries;
      scratch: boolean;
      /** Where the values come from, for people. */
      origin?: string;
    }
  | { type: 'target'; factory: string; isEmulator: boolean }
  | { type: 'entries'; entries: Entries; origin: string }
  | { type: 'checked'; id: number; problems: Problem[] }
  | { type: 'failed'; message: string };

/** What the form tells the extension. */
export type FromRunForm =
  | { type: 'ready' }
  | { type: 'check'; id: number; entries: Entries }
  | { type: 'run'; entries: Entries; scratch: boolean }
  | { type: 'earlier' }
  | { type: 'changeTarget' }
  | { type: 'cancel' };

/** Stands for a secret where only its presence matters. */
const mask = '**********';

/** The text that a field shows. */
export const textOf = (field: FormField, entries: Entries): string => entries[field.name] ?? field.text ?? '';

/** Whether an empty text is a value: of a text it is. */
const takesEmpty = ({ kind }: FormField) => kind === 'text' || kind === 'secret';

/** What a run is given: without what is left empty where that is no value, and without what no field asks for. */
export function toSend(fields: readonly FormField[], entries: Entries): Entries {
  const kept = fields.filter((field) => {
    const text = entries[field.name];
    return text !== undefined && (text.trim() !== '' || takesEmpty(field));
  });
  return Object.fromEntries(kept.map(({ name }) => [name, entries[name] ?? '']));
}

/** What may be kept for the next time: no secret. */
export function toKeep(fields: readonly FormField[], entries: Entries): Entries {
  const open = fields.filter(({ kind }) => kind !== 'secret');
  return toSend(open, entries);
}

/** The same with secrets covered. */
export function withoutSecrets(fields: readonly FormField[], entries: Entries): Entries {
  const secrets = new Set(fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name));
  return Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, secrets.has(name) ? mask : text]));
}

/** Values to run with: what was covered is what was typed. */
export function withSecrets(fields: readonly FormField[], values: Record<string, unknown>, entries: Entries): Record<string, unknown> {
  const secrets = fields.filter(({ name, kind }) => kind === 'secret' && entries[name] !== undefined);
  return { ...values, ...Object.fromEntries(secrets.map(({ name }) => [name, entries[name]])) };
}

/** The values of an earlier run as a form shows them; none of secrets, and none of what the pipeline does not take any more. */
export function entriesOf(fields: readonly FormField[], parameters: unknown): Entries {
  const values = new Map(
    typeof parameters === 'object' && parameters !== null
      ? Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value as unknown])
      : [],
  );
  const entries: Entries = {};
  for (const field of fields) {
    const value = values.get(field.name.toLowerCase());
    if (value === undefined || value === null || field.kind === 'secret') {
      continue;
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (!isSameText(field, text)) {
      entries[field.name] = text;
    }
  }
  return entries;
}

/** Whether a text is the default's, however that is laid out. */
function isSameText({ kind, text }: FormField, other: string): boolean {
  if (text === undefined || text === null) {
    return false;
  }
  if (kind === 'text') {
    return text === other;
  }
  const plain = (value: string) => {
    try {
      return JSON.stringify(JSON.parse(value.toLowerCase() === 'true' || value.toLowerCase() === 'false' ? value.toLowerCase() : value));
    } catch {
      return value;
    }
  };
  return plain(text) === plain(other);
}

/** JSON over several lines; the same text where it is none. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What stands below a field: whether it is the default, and what that is. */
export function hintOf(words: RunFormWords, field: FormField, entries: Entries): string {
  const text = entries[field.name];
  if (field.kind === 'secret') {
    const state = text === undefined ? (field.required ? words.noDefault : words.secretDefault) : words.given;
    return `${state} ${words.neverKept}`;
  }
  if (text === undefined) {
    return field.required ? words.noDefault : words.isDefault;
  }
  return text === '' && takesEmpty(field) ? words.emptyText : words.given;
}

/** Problems in the order of the fields; those of no field come first. */
export const inOrder = (fields: readonly FormField[], problems: readonly Problem[]): Problem[] => {
  const placeOf = ({ name }: Problem) => fields.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
  return [...problems].sort((a, b) => placeOf(a) - placeOf(b));
};

/** The sentence that is read out: what is to be mended, or that it can run. */
export const statusOf = (words: RunFormWords, pipeline: string, problems: readonly Problem[]): string =>
  problems.length === 0 ? fill(words.ready, pipeline) : fill(words.toMend, [...new Set(problems.map(({ name }) => name))].join(', '));
