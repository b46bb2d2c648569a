// The recipes of docs/ci: well formed, and their shell steps do what they say, against the emulator.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { at, which } from '../../extension/build/run.mjs';
import { startEmulator } from '../arm-client/emulator.mjs';
import { pipelineSchema } from './azurePipelines.mjs';

const skip = ['bash', 'jq', 'curl'].find((name) => !which(name)) ? 'bash, jq and curl are needed' : false;
const recipe = async (...file) => readFile(at('docs', 'ci', ...file), 'utf8');
const wrong = 'activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n';

/** A repository with the sample, in which a command finds our program; programs of a build service are written down only. */
async function makeRepository(t, endpoint = '') {
  const root = await mkdtemp(path.join(tmpdir(), 'pipewright-ci-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  await cp(at('samples', 'medallion'), root, { recursive: true });
  await mkdir(path.join(root, '.git'));
  const bin = path.join(root, '.git', 'bin');
  await mkdir(bin);
  const program = async (name, text) => {
    await writeFile(path.join(bin, name), `#!/usr/bin/env bash\n${text}\n`);
    await chmod(path.join(bin, name), 0o755);
  };
  const log = path.join(root, '.git', 'log.txt');
  await writeFile(log, '');
  // Where a recipe means Azure, the emulator takes its place.
  await program(
    'pipewright',
    `case $1 in plan|deploy) set -- "$@" --endpoint ${endpoint};; esac\nexec ${process.env.PIPEWRIGHT_SERVER} "$@"`,
  );
  await program('dotnet', `echo "dotnet $*" >> ${log}`);
  await program('gh', `echo "gh $*" >> ${log}`);
  return { root, bin, log: async () => (await readFile(log, 'utf8')).trim().split('\n') };
}

/** An emulator that has the factory of the sample's target `prod`. */
async function startFactory(t) {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-medallion-prod';
  const made = await fetch(
    `${emulator.address}${group}/providers/Microsoft.DataFactory/factories/adf-medallion-prod?api-version=2018-06-01`,
    {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ location: 'westeurope' }),
    },
  );
  assert.ok(made.ok, await made.text());
  return emulator;
}

/** Runs a step's script as build services do. */
function runScript(script, { root, bin }, env) {
  return new Promise((resolve) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
      cwd: root,
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The steps of GitHub's workflow, run one after another; gives what became of each by its name. */
async function runWorkflow(text, repository, given) {
  const [job] = Object.values(parse(text).jobs);
  const summary = path.join(repository.root, '.git', 'summary.md');
  const results = {};
  for (const step of job.steps.filter(({ run }) => run)) {
    const values = Object.entries({ ...job.env, ...step.env }).map(([name, value]) => [name, given[value] ?? value]);
    assert.ok(!values.some(([, value]) => String(value).includes('${{')), `no value for ${JSON.stringify(values)}`);
    results[step.name] = await runScript(step.run, repository, { ...Object.fromEntries(values), GITHUB_STEP_SUMMARY: summary });
  }
  return { results, summary: () => readFile(summary, 'utf8') };
}

/** All steps of a pipeline of Azure DevOps, those of a deployment too. */
function stepsOf(pipeline) {
  const jobs = (pipeline.stages ?? [pipeline]).flatMap((stage) => stage.jobs ?? [stage]);
  return jobs.flatMap((job) => job.steps ?? job.strategy.runOnce.deploy.steps);
}

async function runPipeline(text, repository, given) {
  const pipeline = parse(text);
  const results = {};
  const env = { ...given };
  Object.entries(pipeline.variables ?? {}).forEach(([name, value]) => (env[name.toUpperCase()] = String(value)));
  for (const step of stepsOf(pipeline)) {
    const script = step.bash ?? (step.task === 'AzureCLI@2' ? step.inputs.inlineScript : undefined);
    if (script) {
      const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, given[value] ?? value]));
      results[step.displayName] = await runScript(script, repository, { ...env, ...own });
    }
  }
  return results;
}

/** GitHub's own checker of workflows. It is written for bundlers, so it is bundled. */
async function makeWorkflowChecker(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'pipewright-workflows-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const outfile = path.join(folder, 'checker.mjs');
  const contents = `export { validate } from '@actions/languageservice';\nexport { TextDocument } from 'vscode-languageserver-textdocument';\n`;
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" };
  await build({ stdin: { contents, resolveDir: at() }, bundle: true, format: 'esm', platform: 'node', outfile, banner, logLevel: 'error' });
  const { validate, TextDocument } = await import(outfile);
  // It remembers what it has read by its address, so each has one of its own.
  return async (text, name) =>
    (await validate(TextDocument.create(`file:///.github/workflows/${name}`, 'github-actions-workflow', 1, text))).map(
      ({ message }) => message,
    );
}

test("GitHub's workflows are as GitHub wants them", async (t) => {
  const check = await makeWorkflowChecker(t);
  for (const file of await readdir(at('docs', 'ci', 'github'))) {
    assert.deepEqual(await check(await recipe('github', file), file), [], file);
  }
  const broken = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - rnu: x\n      - run: ${{ gthub.x }}\n';
  assert.match((await check(broken, 'broken.yml')).join(), /'rnu'.*'gthub'/);
});

test('pipelines of Azure DevOps have steps and inputs that there are', async () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(pipelineSchema);
  for (const file of await readdir(at('docs', 'ci', 'azure-devops'))) {
    assert.ok(validate(parse(await recipe('azure-devops', file))), `${file}: ${JSON.stringify(validate.errors?.slice(0, 4))}`);
  }
  assert.ok(!validate({ steps: [{ task: 'AzureCLI@2', inputs: { azureSubscripton: 'x' } }] }));
  assert.ok(!validate({ steps: [{ bsah: 'x' }] }));
});

test('nothing signs in with a secret', async () => {
  for (const file of [
    ...(await readdir(at('docs', 'ci', 'github'))).map((f) => ['github', f]),
    ...(await readdir(at('docs', 'ci', 'azure-devops'))).map((f) => ['azure-devops', f]),
  ]) {
    assert.doesNotMatch(await recipe(...file), /secrets\.|client-secret|password/i, file.join('/'));
  }
});

test('GitHub: findings are annotations, and go to code scanning all the same', { skip }, async (t) => {
  const repository = await makeRepository(t);
  const fine = (await runWorkflow(await recipe('github', 'validate.yml'), repository, {})).results;
  assert.deepEqual(
    Object.values(fine).map(({ code }) => code),
    [0, 0, 0, 0],
    JSON.stringify(fine),
  );
  assert.deepEqual(await repository.log(), ['dotnet tool install --global Pipewright']);
  await writeFile(path.join(repository.root, 'pipelines', 'wrong.pipeline.yaml'), wrong);
  const { results } = await runWorkflow(await recipe('github', 'validate.yml'), repository, {});
  const shown = results['Show findings at the changed lines'];
  assert.equal(shown.code, 1);
  assert.match(shown.output, /^::error file=pipelines\/wrong\.pipeline\.yaml,line=2,/m);
  assert.equal(results['Write findings for code scanning'].code, 0);
  const { runs } = JSON.parse(await readFile(path.join(repository.root, 'findings.sarif'), 'utf8'));
  assert.ok(runs[0].results.some(({ ruleId }) => ruleId === 'PW4101'));
});

test('GitHub: a plan is a comment, and a merge is deployed', { skip }, async (t) => {
  const emulator = await startFactory(t);
  const repository = await makeRepository(t, emulator.address);
  const given = { '${{ github.token }}': 'token', '${{ github.event.pull_request.number }}': '7' };
  const planned = await runWorkflow(await recipe('github', 'plan.yml'), repository, given);
  assert.equal(planned.results['Make the plan'].code, 0, planned.results['Make the plan'].output);
  assert.match(await planned.summary(), /^### Plan for `[^]*\| create \| pipeline `/);
  assert.equal((await repository.log()).at(-1), 'gh pr comment 7 --body-file plan.md --edit-last --create-if-none');
  const deployed = await runWorkflow(await recipe('github', 'deploy.yml'), repository, given);
  assert.deepEqual(
    Object.values(deployed.results).map(({ code }) => code),
    [0, 0, 0],
    JSON.stringify(deployed.results),
  );
  assert.match(await deployed.summary(), /^- created pipeline `/m);
  // What is deployed is no change any more.
  await runWorkflow(await recipe('github', 'plan.yml'), repository, given);
  assert.match(await readFile(path.join(repository.root, 'plan.md'), 'utf8'), /\n0 to create, 0 to change, 0 to delete/);
});

test('Azure DevOps: findings are issues of the run, and files for its tabs', { skip }, async (t) => {
  const repository = await makeRepository(t);
  await writeFile(path.join(repository.root, 'pipelines', 'wrong.pipeline.yaml'), wrong);
  const staging = path.join(repository.root, '.git', 'staging');
  const results = await runPipeline(await recipe('azure-devops', 'validate.yml'), repository, {
    AGENT_TEMPDIRECTORY: path.join(repository.root, '.git'),
    BUILD_ARTIFACTSTAGINGDIRECTORY: staging,
  });
  assert.match(results['Install Pipewright'].output, /^##vso\[task\.prependpath\]/m);
  assert.equal(results['Show findings'].code, 1);
  assert.match(results['Show findings'].output, /^##vso\[task\.logissue type=error;sourcepath=pipelines\/wrong\.pipeline\.yaml;/m);
  assert.match(await readFile(path.join(repository.root, 'test-results.xml'), 'utf8'), /<testsuites/);
  assert.equal(results['Write findings for the tab Scans'].code, 0);
  assert.equal(JSON.parse(await readFile(path.join(staging, 'CodeAnalysisLogs', 'findings.sarif'), 'utf8')).version, '2.1.0');
});

test('Azure DevOps: a plan is a comment, and a merge is deployed', { skip }, async (t) => {
  const emulator = await startFactory(t);
  const repository = await makeRepository(t, emulator.address);
  const comments = [];
  const service = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => (body += text));
    request.on('end', () => {
      comments.push({ url: request.url, token: request.headers.authorization, body: JSON.parse(body) });
      response.end('{}');
    });
  });
  await new Promise((resolve) => service.listen(0, '127.0.0.1', resolve));
  t.after(() => service.close());
  const given = {
    AGENT_TEMPDIRECTORY: path.join(repository.root, '.git'),
    SYSTEM_COLLECTIONURI: `http://127.0.0.1:${service.address().port}/`,
    SYSTEM_TEAMPROJECTID: 'project',
    BUILD_REPOSITORY_ID: 'repository',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
    '$(System.AccessToken)': 'token',
  };
  const planned = await runPipeline(await recipe('azure-devops', 'plan.yml'), repository, given);
  assert.deepEqual(
    Object.values(planned).map(({ code }) => code),
    [0, 0, 0],
    JSON.stringify(planned),
  );
  const [comment] = comments;
  assert.equal(comment.url, '/project/_apis/git/repositories/repository/pullRequests/7/threads?api-version=7.1');
  assert.equal(comment.token, 'Bearer token');
  assert.match(comment.body.comments[0].content, /^### Plan for `/);
  const deployed = await runPipeline(await recipe('azure-devops', 'deploy.yml'), repository, given);
  assert.equal(deployed.Deploy.code, 0, deployed.Deploy.output);
  assert.ok(JSON.parse(await readFile(path.join(repository.root, 'deployment.json'), 'utf8')).succeeded);
});
