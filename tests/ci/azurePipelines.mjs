// The part of Azure Pipelines' YAML that our recipes use, after Microsoft's "YAML schema reference" and its reference of tasks. Microsoft's own
// JSON Schema comes with an organisation of Azure DevOps or an extension only, and no registry has it.

const closed = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });
const text = { type: 'string' };
const common = {
  displayName: text,
  condition: text,
  env: { type: 'object', additionalProperties: text },
  name: text,
  enabled: { type: 'boolean' },
};

/** The inputs of tasks, by their names. */
const tasks = {
  'UseDotNet@2': closed({ packageType: { enum: ['runtime', 'sdk'] }, version: text, useGlobalJson: { type: 'boolean' } }, ['version']),
  'AzureCLI@2': closed(
    {
      azureSubscription: text,
      scriptType: { enum: ['ps', 'pscore', 'batch', 'bash'] },
      scriptLocation: { enum: ['inlineScript', 'scriptPath'] },
      inlineScript: text,
      arguments: text,
      workingDirectory: text,
      addSpnToEnvironment: { type: 'boolean' },
    },
    ['azureSubscription', 'scriptType'],
  ),
  'PublishTestResults@2': closed(
    {
      testResultsFormat: { enum: ['JUnit', 'NUnit', 'VSTest', 'XUnit', 'CTest'] },
      testResultsFiles: text,
      testRunTitle: text,
      failTaskOnFailedTests: { type: 'boolean' },
    },
    ['testResultsFormat', 'testResultsFiles'],
  ),
  'PublishBuildArtifacts@1': closed({ pathToPublish: text, artifactName: text, publishLocation: { enum: ['Container', 'FilePath'] } }, [
    'pathToPublish',
    'artifactName',
  ]),
};

const step = {
  oneOf: [
    closed({ bash: text, workingDirectory: text, ...common }, ['bash']),
    closed({ checkout: { enum: ['self', 'none'] }, ...common }, ['checkout']),
    closed({ publish: text, artifact: text, ...common }, ['publish']),
    ...Object.entries(tasks).map(([name, inputs]) => closed({ task: { const: name }, inputs, ...common }, ['task', 'inputs'])),
  ],
};
const steps = { type: 'array', items: step, minItems: 1 };
const pool = closed({ vmImage: text, name: text });
const variables = { type: 'object', additionalProperties: text };
const deployment = closed(
  {
    deployment: text,
    displayName: text,
    pool,
    environment: text,
    variables,
    strategy: closed({ runOnce: closed({ deploy: closed({ steps }, ['steps']) }, ['deploy']) }, ['runOnce']),
  },
  ['deployment', 'environment', 'strategy'],
);
const job = closed({ job: text, displayName: text, pool, variables, steps }, ['job', 'steps']);
const stage = closed({ stage: text, displayName: text, dependsOn: {}, jobs: { type: 'array', items: { oneOf: [job, deployment] } } }, [
  'stage',
  'jobs',
]);
const top = {
  trigger: { oneOf: [{ const: 'none' }, closed({ branches: closed({ include: { type: 'array', items: text }, exclude: {} }) })] },
  pr: {},
  variables,
  pool,
};

export const pipelineSchema = {
  oneOf: [closed({ ...top, steps }, ['steps']), closed({ ...top, stages: { type: 'array', items: stage, minItems: 1 } }, ['stages'])],
};
