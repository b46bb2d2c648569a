// The servers that are compared: how each is started, and how it learns what a pipeline may hold.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
export const root = fileURLToPath(new URL('../../..', import.meta.url));
const kinds = ['pipeline', 'dataset', 'linkedService', 'trigger', 'dataflow'];
const schema = (form, kind) => `file://${join(root, 'schemas', 'published', form, `${kind}.schema.json`)}`;

export const pipewright = {
  name: 'Pipewright',
  command: process.env.PIPEWRIGHT_SERVER ?? join(root, 'artifacts', 'bin', 'pipewright'),
  args: ['lsp'],
  settings: { pipewright: {} },
};

export const yamlServer = {
  name: 'yaml-language-server',
  command: process.execPath,
  args: [require.resolve('yaml-language-server/bin/yaml-language-server'), '--stdio'],
  settings: {
    yaml: {
      validate: true,
      completion: true,
      hover: true,
      schemas: Object.fromEntries(kinds.map((kind) => [schema('spec', kind), `*.${kind}.yaml`])),
      schemaStore: { enable: false },
      maxItemsComputed: 100_000,
    },
    http: {},
    '[yaml]': {},
    editor: {},
    files: {},
  },
};

export const jsonServer = {
  name: "VS Code's JSON server",
  command: process.execPath,
  args: [require.resolve('vscode-langservers-extracted/bin/vscode-json-language-server'), '--stdio'],
  initializationOptions: { provideFormatter: true, handledSchemaProtocols: ['file'] },
  settings: {
    json: {
      validate: { enable: true },
      schemas: kinds.map((kind) => ({ fileMatch: [`/${kind}/*.json`, `*/${kind}/*.json`], url: schema('git', kind) })),
      resultLimit: 100_000,
    },
  },
};

/** The forms of a pipeline, each with the server that people use for it today. */
export const forms = {
  spec: {
    isJson: false,
    languageId: 'yaml',
    file: 'many.pipeline.yaml',
    fileOf: (kind, name) => `${name}.${kind}.yaml`,
    peer: yamlServer,
  },
  git: { isJson: true, languageId: 'json', file: 'pipeline/many.json', fileOf: (kind, name) => `${kind}/${name}.json`, peer: jsonServer },
};
