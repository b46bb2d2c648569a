// A conversion between the forms in plain values: which files it makes, which of them would overwrite another, and what is lost.

export interface ShownFile {
  /** The file to write. */
  uri: string;
  path: string;
  /** What it is made of, relative to the folder of the files. */
  source: string;
  sourceUri: string;
  state: 'new' | 'same' | 'differs';
  losses: string[];
}

export interface ShownConversion {
  phase: 'reading' | 'preview' | 'writing' | 'done' | 'problem';
  /** The file or folder, for people. */
  what: string;
  to: 'spec' | 'git';
  /** The folder that is written to, where it is another one. */
  out?: string | undefined;
  files: ShownFile[];
  already: number;
  losses: string[];
  /** What was done, or what went wrong. */
  message?: string | undefined;
}

/** What the user has decided. */
export interface Wishes {
  /** Whether what is there with another text is overwritten. */
  overwrites: boolean;
  /** Whether the files that were converted go. */
  deletesSources: boolean;
}

export interface ConvertWords {
  title: string;
  to: string;
  toSpec: string;
  toGit: string;
  where: string;
  inPlace: string;
  elsewhere: string;
  chooseFolder: string;
  inPlaceAgain: string;
  reading: string;
  nothing: string;
  nothingHint: string;
  already: string;
  losses: string;
  noLosses: string;
  new: string;
  same: string;
  differs: string;
  files: string;
  made: string;
  compare: string;
  compareThere: string;
  openSource: string;
  overwrite: string;
  deleteSources: string;
  convert: string;
  convertHint: string;
  close: string;
  again: string;
  willWrite: string;
  willDelete: string;
  willKeep: string;
  writing: string;
}

export type ToConvertView = { type: 'show'; shown: ShownConversion };

export type FromConvertView =
  | { type: 'ready' }
  | { type: 'to'; to: 'spec' | 'git' }
  | { type: 'chooseFolder' }
  | { type: 'inPlace' }
  | { type: 'compare'; uri: string; with: 'source' | 'there' }
  | { type: 'open'; uri: string }
  | { type: 'convert'; wishes: Wishes }
  | { type: 'again' }
  | { type: 'close' };

/** What the wishes come to. A file goes only when all that is made of it is there. */
export function decide(
  files: readonly ShownFile[],
  { overwrites, deletesSources }: Wishes,
): { write: ShownFile[]; kept: ShownFile[]; remove: string[] } {
  const write = files.filter(({ state }) => state === 'new' || (state === 'differs' && overwrites));
  const kept = files.filter(({ state }) => state === 'differs' && !overwrites);
  const unsafe = new Set(kept.map(({ sourceUri }) => sourceUri));
  const sources = [...new Set(files.map(({ sourceUri }) => sourceUri))];
  const written = new Set(files.map(({ uri }) => uri));
  return { write, kept, remove: deletesSources ? sources.filter((uri) => !unsafe.has(uri) && !written.has(uri)) : [] };
}
