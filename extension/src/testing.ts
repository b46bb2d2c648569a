// Test Explorer: the files of tests with their cases, what came of them, and what they have shown of the pipelines.
import {
  BranchCoverage,
  type CancellationToken,
  type Disposable,
  FileCoverage,
  l10n,
  Location,
  StatementCoverage,
  TestCoverageCount,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunProfile,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  Uri,
  workspace,
} from 'vscode';
import type { LanguageClient, Location as ProtocolLocation, Range as ProtocolRange } from 'vscode-languageclient/node';
import { type CoveredFile, type CoveredItem, runTestsRequest, type TestCaseResult, type TestFile, testsRequest } from './protocol';

const pause = 300;
const isTestFile = (uri: Uri) => /\.pipeline-test\.ya?ml$/i.test(uri.path);

/** What is known of a file's coverage beyond its counts. */
class PipelineCoverage extends FileCoverage {
  constructor(
    uri: Uri,
    readonly items: readonly CoveredItem[],
  ) {
    const statements = items.filter(({ kind }) => kind === 'activity');
    const branches = items.filter(({ kind }) => kind !== 'activity');
    super(uri, count(statements), branches.length > 0 ? count(branches) : undefined);
  }
}

const count = (items: readonly CoveredItem[]) => new TestCoverageCount(items.filter(({ covered }) => covered).length, items.length);

/** The tests of all pipelines of the workspace. */
export class PipelineTests implements Disposable {
  readonly #controller = tests.createTestController('pipewright', 'Pipewright');
  readonly #server: () => LanguageClient;
  readonly #begins: () => void;
  readonly #profile: TestRunProfile;
  readonly #subscriptions: Disposable[];
  #timer: NodeJS.Timeout | undefined;

  /** @param begins is told when tests begin to run */
  constructor(server: () => LanguageClient, begins: () => void) {
    this.#server = server;
    this.#begins = begins;
    this.#controller.refreshHandler = () => this.refresh();
    this.#profile = this.#controller.createRunProfile(
      l10n.t('Run'),
      TestRunProfileKind.Run,
      (request, token) => this.#run(request, token, false),
      true,
    );
    const coverage = this.#controller.createRunProfile(
      l10n.t('Run with Coverage'),
      TestRunProfileKind.Coverage,
      (request, token) => this.#run(request, token, true),
      true,
    );
    coverage.loadDetailedCoverage = async (_run, file) => (file instanceof PipelineCoverage ? this.#details(file) : []);
    const watcher = workspace.createFileSystemWatcher('**/*.pipeline-test.{yaml,yml}');
    this.#subscriptions = [
      this.#controller,
      watcher,
      watcher.onDidCreate(() => this.#refreshSoon()),
      watcher.onDidChange(() => this.#refreshSoon()),
      watcher.onDidDelete(() => this.#refreshSoon()),
      workspace.onDidChangeTextDocument(({ document }) => isTestFile(document.uri) && this.#refreshSoon()),
    ];
  }

  /** Asks the server for all tests. */
  async refresh(): Promise<void> {
    const { files } = await this.#server().sendRequest(testsRequest, {});
    this.#controller.items.replace(files.map((file) => this.#toItem(file)));
  }

  /** Runs one case, or all of a file where none is named. */
  async runOne(uri: string, name?: string): Promise<void> {
    await this.refresh();
    const file = this.#controller.items.get(Uri.parse(uri).toString());
    const item = name === undefined ? file : file?.children.get(idOf(uri, name));
    if (item) {
      await this.#run(new TestRunRequest([item], undefined, this.#profile), undefined, false);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.forEach((subscription) => subscription.dispose());
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh().catch(() => undefined), pause);
  }

  #toItem({ uri, pipeline, cases }: TestFile): TestItem {
    const address = Uri.parse(uri);
    const file = this.#controller.createTestItem(address.toString(), address.path.slice(address.path.lastIndexOf('/') + 1), address);
    file.description = pipeline;
    file.children.replace(
      cases.map(({ name, range }) => {
        const item = this.#controller.createTestItem(idOf(uri, name), name, address);
        item.range = this.#range(range);
        return item;
      }),
    );
    return file;
  }

  async #run(request: TestRunRequest, token: CancellationToken | undefined, coverage: boolean): Promise<void> {
    const items = this.#chosen(request);
    const run = this.#controller.createTestRun(request);
    this.#begins();
    try {
      items.forEach((item) => run.started(item));
      const byFile = new Map<string, string[]>();
      for (const item of items) {
        const uri = item.uri!.toString();
        byFile.set(uri, [...(byFile.get(uri) ?? []), item.label]);
      }
      const params = { tests: [...byFile].map(([uri, names]) => ({ uri, names })), coverage };
      const result = await this.#server().sendRequest(runTestsRequest, params, token);
      const byId = new Map(items.map((item) => [item.id, item]));
      for (const one of result.cases) {
        const item = byId.get(idOf(one.uri, one.name));
        if (item) {
          this.#report(run, item, one);
        }
      }
      result.coverage?.forEach((file: CoveredFile) => run.addCoverage(new PipelineCoverage(Uri.parse(file.uri), file.items)));
    } catch (error) {
      items.forEach((item) => run.errored(item, new TestMessage(String(error))));
    } finally {
      run.end();
    }
  }

  /** The cases that are asked for; a file stands for all of its own. */
  #chosen({ include, exclude }: TestRunRequest): TestItem[] {
    const roots = include ?? [...this.#controller.items].map(([, item]) => item);
    const cases = roots.flatMap((item) =>
      item.children.size > 0 ? [...item.children].map(([, child]) => child) : item.parent ? [item] : [],
    );
    const left = new Set(exclude?.flatMap((item) => [item.id, ...[...item.children].map(([id]) => id)]));
    return cases.filter(({ id }) => !left.has(id));
  }

  #report(run: TestRun, item: TestItem, { uri, passed, durationMs, failures }: TestCaseResult): void {
    if (passed) {
      run.passed(item, durationMs);
      return;
    }
    // A message has one place: what is expected is one, and the activity that it is about another.
    const messages = failures.flatMap(({ message, range, expected, actual, activity }) => {
      const say = () => (expected != null && actual != null ? TestMessage.diff(message, expected, actual) : new TestMessage(message));
      const here = say();
      here.location = new Location(Uri.parse(uri), this.#range(range));
      if (!activity) {
        return [here];
      }
      const there = say();
      there.location = this.#location(activity);
      return [here, there];
    });
    run.failed(item, messages, durationMs);
    failures.forEach(({ message }) => run.appendOutput(`${message}\r\n`, undefined, item));
  }

  /** Activities as statements, with the branches that they take and the ends that they follow. */
  #details({ items }: PipelineCoverage): StatementCoverage[] {
    const branches = items.filter(({ kind }) => kind !== 'activity');
    return items
      .filter(({ kind }) => kind === 'activity')
      .map(({ activity, covered, range }) => {
        const own = branches.filter((item) => item.activity === activity);
        return new StatementCoverage(
          covered,
          this.#range(range),
          own.map((item) => new BranchCoverage(item.covered, this.#range(item.range), item.what)),
        );
      });
  }

  #range(range: ProtocolRange) {
    return this.#server().protocol2CodeConverter.asRange(range);
  }

  #location(location: ProtocolLocation): Location {
    return this.#server().protocol2CodeConverter.asLocation(location);
  }
}

const idOf = (uri: string, name: string) => `${Uri.parse(uri).toString()}#${name}`;
