// The documents that all servers are measured on: one pipeline of many activities, in both forms, with places that are edited.

/** Lines that one activity takes in the spec form. */
const linesOfActivity = 10;

const days = ['"@pipeline().parameters.day"', '"@formatDateTime(pipeline().parameters.day, \'yyyy-MM-dd\')"'];

/** A pipeline of about `lines` lines of the spec form. */
export function specText(lines) {
  const head = ['description: A pipeline of many activities', 'parameters:', '  day: string', 'activities:'];
  const count = Math.max(2, Math.round((lines - head.length) / linesOfActivity));
  const activities = Array.from({ length: count }, (_, i) =>
    [
      `  - name: Clean${i}`,
      '    type: DatabricksNotebook',
      `    dependsOn: [${i === 0 ? '' : `Clean${i - 1}`}]`,
      '    linkedServiceName: Databricks',
      `    notebookPath: /Shared/clean/${i}`,
      '    policy: { retry: 2, timeout: "0.01:00:00" }',
      '    baseParameters:',
      `      day: ${days[i % days.length]}`,
      `      number: "${i}"`,
      '    description: One of many',
    ].join('\n'),
  );
  return `${head.join('\n')}\n${activities.join('\n')}\n`;
}

/** The same pipeline as Studio keeps it in Git. */
export function gitText(lines) {
  const count = Math.max(2, Math.round(lines / 27));
  const activities = Array.from({ length: count }, (_, i) => ({
    name: `Clean${i}`,
    type: 'DatabricksNotebook',
    dependsOn: i === 0 ? [] : [{ activity: `Clean${i - 1}`, dependencyConditions: ['Succeeded'] }],
    policy: { retry: 2, timeout: '0.01:00:00' },
    userProperties: [],
    typeProperties: {
      notebookPath: `/Shared/clean/${i}`,
      baseParameters: { day: { value: '@pipeline().parameters.day', type: 'Expression' }, number: `${i}` },
    },
    linkedServiceName: { referenceName: 'Databricks', type: 'LinkedServiceReference' },
  }));
  return `${JSON.stringify({ name: 'many', properties: { activities, parameters: { day: { type: 'string' } } } }, null, 4)}\n`;
}

/** A text with a place at which a number can be made wrong, and a place for a new key, both in the middle of it. */
export function marked(text, isJson) {
  const lines = text.split('\n');
  const middle = Math.floor(lines.length / 2);
  const retry = lines.findIndex((line, i) => i >= middle && /retry"?: \d/.test(line));
  const key = lines.findIndex((line, i) => i > retry && (isJson ? /"userProperties"/ : /^ {4}description:/).test(line));
  return {
    text,
    lineCount: lines.length,
    /** Where the number of retries stands: one character. */
    number: { line: retry, character: lines[retry].search(/\d(,|$| )/) },
    /** The line before which a key is typed, with the indentation that it has. */
    key: { line: key, indentation: lines[key].match(/^ */)[0] },
    /** A word that can be hovered. */
    word: { line: retry, character: lines[retry].indexOf('retry') + 1 },
  };
}
