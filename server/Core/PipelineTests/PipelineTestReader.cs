// Reads the text of a file of tests. Its schema has been checked elsewhere; what is of another type than it wants is left out here.
using System.Collections.Immutable;
using System.Globalization;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

internal sealed class PipelineTestReader
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly StubReader _stubs;

    private PipelineTestReader() => _stubs = new StubReader(_diagnostics.Add);

    public static PipelineTestFile Read(ResourceDocument document)
    {
        var reader = new PipelineTestReader();
        ImmutableArray<PipelineTestCase> cases = [.. document.Syntax.Documents.Select(d => d.Root?.Resolved).OfType<MappingSyntax>().SelectMany(reader.ReadFile)];
        return new PipelineTestFile(document, cases, [.. reader._diagnostics.DistinctBy(d => (d.Code, d.Span)).OrderBy(d => d.Span.Start)]);
    }

    private List<PipelineTestCase> ReadFile(MappingSyntax file)
    {
        var pipeline = TextOf(file, "pipeline") ?? "";
        var stubs = _stubs.Read(Mapping(file, "stubs"), pipeline).ToList();
        var shared = ReadRun(file, new PipelineTestCase { Name = "", NameSpan = default, Span = file.Span, Pipeline = pipeline });
        return [.. from entry in Mapping(file, "cases")?.EffectiveEntries ?? []
                   let content = entry.Value?.Resolved as MappingSyntax
                   where entry.Key.Value.Length > 0 && !entry.IsMerge
                   select ReadCase(entry, content, shared, stubs)];
    }

    private PipelineTestCase ReadCase(MappingEntrySyntax entry, MappingSyntax? content, PipelineTestCase shared, List<(string Activity, ImmutableArray<ActivityStub> Stubs)> sharedStubs)
    {
        var named = shared with { Name = entry.Key.Value, NameSpan = entry.Key.ToSourceSpan(new TextSpan(0, entry.Key.Value.Length)), Span = entry.Span };
        if (content is null)
        {
            return named with { Stubs = [.. sharedStubs.SelectMany(s => s.Stubs)], Expectations = [Succeeds(named)] };
        }

        var pipeline = TextOf(content, "pipeline") ?? shared.Pipeline;
        var own = _stubs.Read(Mapping(content, "stubs"), pipeline).ToList();
        var replaced = own.Select(s => s.Activity).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var run = ReadRun(content, named with { Pipeline = pipeline, Description = TextOf(content, "description"), CancelAfter = ReadSpan(content, "cancelAfter") }) with
        {
            Stubs = [.. own.Concat(sharedStubs.Where(s => !replaced.Contains(s.Activity))).SelectMany(s => s.Stubs)],
        };
        return run with { Expectations = Mapping(content, "expect") is { } expectation ? ReadExpectations(expectation, run) : [Succeeds(run)] };
    }

    /// <summary>What a file and a case may both say of a run.</summary>
    private PipelineTestCase ReadRun(MappingSyntax owner, PipelineTestCase before) => before with
    {
        Parameters = before.Parameters.SetItems(ReadTable(owner, "parameters")),
        GlobalParameters = before.GlobalParameters.SetItems(ReadTable(owner, "globalParameters")),
        Trigger = Mapping(owner, "trigger") is { } trigger ? ReadTrigger(trigger) : before.Trigger,
        Start = ReadTime(owner, "start") ?? before.Start,
        Seed = ulong.TryParse(TextOf(owner, "seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : before.Seed,
    };

    private static IEnumerable<KeyValuePair<string, ExpressionValue>> ReadTable(MappingSyntax owner, string key) =>
        Mapping(owner, key)?.EffectiveEntries.Where(e => e.Key.Value.Length > 0).Select(e => KeyValuePair.Create(e.Key.Value, WrittenValue.Of(e.Value))) ?? [];

    private TestedTrigger? ReadTrigger(MappingSyntax trigger) => Find(trigger, "name") is ScalarSyntax { Value.Length: > 0 } name
        ? new TestedTrigger(
            name.Value, ReadTime(trigger, "time"), ReadTime(trigger, "windowStart"), ReadTime(trigger, "windowEnd"), Mapping(trigger, "body") is { } body ? WrittenValue.Of(body) : null, name.Span)
        : null;

    private ImmutableArray<Expectation> ReadExpectations(MappingSyntax expectation, PipelineTestCase run)
    {
        var found = new List<Expectation>();
        foreach (var entry in expectation.EffectiveEntries)
        {
            found.AddRange(entry.Key.Value switch
            {
                "status" => Word(Aspect.Status, entry, null, null),
                "error" => Word(Aspect.Error, entry, null, null),
                "errorCode" => Word(Aspect.ErrorCode, entry, null, null),
                "returns" => Members(Aspect.Returns, entry, null, null),
                "variables" => Members(Aspect.Variable, entry, null, null),
                "succeeded" => Statuses(entry, nameof(ActivityRunStatus.Succeeded), run),
                "failed" => Statuses(entry, nameof(ActivityRunStatus.Failed), run),
                "skipped" => Statuses(entry, nameof(ActivityRunStatus.Skipped), run),
                "notRun" => Statuses(entry, ExpectationCheck.NotRun, run),
                "order" => [new OrderExpectation([.. Names(entry, run)], entry.Key.Span)],
                "activities" => (entry.Value?.Resolved as MappingSyntax)?.EffectiveEntries.SelectMany(a => ReadActivity(a.Value, ActivityOf(a.Key, run), null)) ?? [],
                _ => [],
            });
        }

        // Who says how it fails has said that it does.
        var isStatusSaid = found.OfType<AspectExpectation>().Any(e => e is { Activity: null, Aspect: Aspect.Status or Aspect.Error or Aspect.ErrorCode });
        return [.. isStatusSaid ? [] : (Expectation[])[Succeeds(run)], .. found];
    }

    private static AspectExpectation Succeeds(PipelineTestCase run) => new(Aspect.Status, null, null, "", null, nameof(PipelineRunStatus.Succeeded), run.NameSpan);

    private IEnumerable<Expectation> ReadActivity(SyntaxNode? node, TestedActivity activity, int? iteration)
    {
        foreach (var entry in (node?.Resolved as MappingSyntax)?.EffectiveEntries ?? [])
        {
            foreach (var expectation in entry.Key.Value switch
            {
                "status" => Word(Aspect.Status, entry, activity, iteration),
                "runs" => Word(Aspect.Runs, entry, activity, iteration),
                "attempts" => Word(Aspect.Attempts, entry, activity, iteration),
                "branch" => Word(Aspect.Branch, entry, activity, iteration),
                "rounds" => Word(Aspect.Rounds, entry, activity, iteration),
                "error" => Word(Aspect.Error, entry, activity, iteration),
                "errorCode" => Word(Aspect.ErrorCode, entry, activity, iteration),
                "takes" => Duration(entry, activity, iteration),
                "input" => Members(Aspect.Input, entry, activity, iteration),
                "output" => Members(Aspect.Output, entry, activity, iteration),
                "iterations" => Iterations(entry, activity),
                _ => [],
            })
            {
                yield return expectation;
            }
        }
    }

    private IEnumerable<Expectation> Iterations(MappingEntrySyntax entry, TestedActivity activity)
    {
        foreach (var one in (entry.Value?.Resolved as MappingSyntax)?.EffectiveEntries ?? [])
        {
            if (WrittenValue.Number(one.Key.Value) is { } number)
            {
                foreach (var expectation in ReadActivity(one.Value, activity, number))
                {
                    yield return expectation;
                }
            }
            else
            {
                _diagnostics.Add(PipelineTestDiagnostics.InvalidValue.At(one.Key.Span, $"'{one.Key.Value}' is no number of an iteration. Write 0 for the first one."));
            }
        }
    }

    private static IEnumerable<Expectation> Word(Aspect aspect, MappingEntrySyntax entry, TestedActivity? activity, int? iteration) =>
        entry.Value?.Resolved is ScalarSyntax { Kind: not ScalarKind.Null } scalar ? [new AspectExpectation(aspect, activity, iteration, "", null, scalar.Value, entry.Value.Span)] : [];

    private IEnumerable<Expectation> Duration(MappingEntrySyntax entry, TestedActivity activity, int? iteration)
    {
        if (entry.Value?.Resolved is ScalarSyntax { Kind: not ScalarKind.Null } text && WrittenValue.Span(text.Value) is null)
        {
            _diagnostics.Add(PipelineTestDiagnostics.InvalidValue.At(text.Span, $"'{text.Value}' is no time span. Write hours, minutes and seconds: '00:20:00'."));
            return [];
        }

        return Word(Aspect.Takes, entry, activity, iteration);
    }

    private IEnumerable<Expectation> Members(Aspect aspect, MappingEntrySyntax table, TestedActivity? activity, int? iteration)
    {
        CheckExpressions(table.Value);

        // All members are meant by the tag on their table.
        if (table.Value?.Resolved is MappingSyntax { Tag: not null } whole)
        {
            return [new AspectExpectation(aspect, activity, iteration, "", whole, "", table.Key.Span)];
        }

        return (table.Value?.Resolved as MappingSyntax)?.EffectiveEntries
            .Select(e => new AspectExpectation(aspect, activity, iteration, e.Key.Value, e.Value, "", e.Span)) ?? [];
    }

    private static IEnumerable<Expectation> Statuses(MappingEntrySyntax entry, string status, PipelineTestCase run) =>
        Names(entry, run).Select(a => new AspectExpectation(Aspect.Status, a, null, "", null, status, a.Span));

    private static IEnumerable<TestedActivity> Names(MappingEntrySyntax entry, PipelineTestCase run) =>
        (entry.Value?.Resolved as SequenceSyntax)?.Items.Select(i => i.Resolved).OfType<ScalarSyntax>().Select(s => ActivityOf(s, run)) ?? [];

    private static TestedActivity ActivityOf(ScalarSyntax scalar, PipelineTestCase run)
    {
        var (pipeline, activity) = PipelineTestNames.Split(scalar.Value);
        return new TestedActivity(pipeline ?? run.Pipeline, activity, scalar.ToSourceSpan(new TextSpan(0, scalar.Value.Length)));
    }

    /// <summary>Expected values may be expressions, which have to be right before any run.</summary>
    private void CheckExpressions(SyntaxNode? node)
    {
        var pending = new Stack<SyntaxNode>(node is null ? [] : [node]);
        while (pending.TryPop(out var next))
        {
            if (next is ScalarSyntax { Kind: ScalarKind.String } scalar && scalar.Value.Contains('@', StringComparison.Ordinal) && !(scalar.Parent is MappingEntrySyntax entry && entry.Key == scalar)
                && Template.Parse(scalar.Value).Diagnostics is [var first, ..])
            {
                _diagnostics.Add(PipelineTestDiagnostics.InvalidValue.At(scalar.ToSourceSpan(first.Span), $"The expression can't be read: {first.Message} Write '@@' for a text that begins with '@'."));
            }

            if (next.Tag is { } tag && tag != ValueMatch.Exact && tag != ValueMatch.Where)
            {
                _diagnostics.Add(PipelineTestDiagnostics.InvalidValue.At(next.Span, $"There is no tag '{tag}'. Known are {ValueMatch.Exact}, which allows for no other members, and {ValueMatch.Where}, a condition on item()."));
            }

            foreach (var child in next.Children)
            {
                pending.Push(child);
            }
        }
    }

    private DateTime? ReadTime(MappingSyntax owner, string key)
    {
        if (Find(owner, key) is not ScalarSyntax { Kind: not ScalarKind.Null } text)
        {
            return null;
        }

        var time = WrittenValue.Time(text.Value);
        if (time is null)
        {
            _diagnostics.Add(PipelineTestDiagnostics.InvalidValue.At(text.Span, $"'{text.Value}' is no time. Write it like 2025-01-31T02:00:00Z."));
        }

        return time;
    }

    private TimeSpan? ReadSpan(MappingSyntax owner, string key)
    {
        if (Find(owner, key) is not ScalarSyntax { Kind: not ScalarKind.Null } text)
        {
            return null;
        }

        var span = WrittenValue.Span(text.Value);
        if (span is null)
        {
            _diagnostics.Add(PipelineTestDiagnostics.InvalidValue.At(text.Span, $"'{text.Value}' is no time span. Write hours, minutes and seconds: '00:20:00'."));
        }

        return span;
    }

    private static string? TextOf(MappingSyntax owner, string key) => Find(owner, key) is ScalarSyntax { Kind: not ScalarKind.Null, Value.Length: > 0 } scalar ? scalar.Value : null;

    private static MappingSyntax? Mapping(MappingSyntax owner, string key) => Find(owner, key) as MappingSyntax;

    private static SyntaxNode? Find(MappingSyntax owner, string key) => owner.EffectiveEntries.LastOrDefault(e => e.Key.Value == key)?.Value?.Resolved;
}
