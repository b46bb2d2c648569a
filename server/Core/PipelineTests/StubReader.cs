// Reads what activities answer.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Simulation;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

/// <param name="report">Takes what is wrong.</param>
internal sealed class StubReader(Action<Diagnostic> report)
{
    /// <summary>The code of a failure that says none.</summary>
    private const string UsualCode = "2108";

    /// <summary>What says more of a stub than its output.</summary>
    public static ImmutableArray<string> Words { get; } = ["output", "returns", "fails", "errorCode", "failureType", "takes", "attempts", "iterations"];

    /// <summary>The stubs of one table, by the activities that they are for.</summary>
    public IEnumerable<(string Activity, ImmutableArray<ActivityStub> Stubs)> Read(MappingSyntax? table, string pipeline)
    {
        foreach (var entry in table?.EffectiveEntries ?? [])
        {
            var (of, activity) = PipelineTestNames.Split(entry.Key.Value);
            var stubs = ImmutableArray.CreateBuilder<ActivityStub>();
            Read(entry.Value, new ActivityStub { Activity = activity, Pipeline = of ?? pipeline }, stubs);
            yield return (entry.Key.Value, stubs.ToImmutable());
        }
    }

    /// <summary>Whether a mapping is more than an output.</summary>
    public static bool IsWordy(MappingSyntax mapping) => mapping.EffectiveEntries.Any(e => Words.Contains(e.Key.Value));

    private void Read(SyntaxNode? node, ActivityStub selected, ImmutableArray<ActivityStub>.Builder stubs)
    {
        if (node?.Resolved is not MappingSyntax mapping)
        {
            return;
        }

        if (!IsWordy(mapping))
        {
            stubs.Add(selected with { Output = WrittenValue.Of(mapping) });
            return;
        }

        foreach (var entry in mapping.EffectiveEntries.Where(e => !Words.Contains(e.Key.Value)))
        {
            var closest = Spelling.FindClosest(entry.Key.Value, Words);
            report(PipelineTestDiagnostics.MixedStub.At(
                entry.Key.Span,
                $"'{entry.Key.Value}' stands beside words of a stub, so it is no member of the output. " + (closest is null ? "Write the output below 'output'." : $"Did you mean '{closest}'?"),
                closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(entry.Key.Span, closest)])]));
        }

        ReadOwn(mapping, selected, stubs);
        var attempt = 0;
        foreach (var one in (Find(mapping, "attempts")?.Value?.Resolved as SequenceSyntax)?.Items ?? [])
        {
            attempt++;
            Read(one, selected with { Attempt = attempt }, stubs);
        }

        foreach (var entry in (Find(mapping, "iterations")?.Value?.Resolved as MappingSyntax)?.EffectiveEntries ?? [])
        {
            if (WrittenValue.Number(entry.Key.Value) is { } number)
            {
                Read(entry.Value, selected with { Iteration = number }, stubs);
            }
            else
            {
                report(PipelineTestDiagnostics.InvalidValue.At(entry.Key.Span, $"'{entry.Key.Value}' is no number of an iteration. Write 0 for the first one."));
            }
        }
    }

    private void ReadOwn(MappingSyntax mapping, ActivityStub selected, ImmutableArray<ActivityStub>.Builder stubs)
    {
        string? Text(string word) => Find(mapping, word)?.Value?.Resolved is ScalarSyntax { Kind: not ScalarKind.Null } scalar ? scalar.Value : null;
        var output = Find(mapping, "output") is { } given ? WrittenValue.Of(given.Value) : null;
        if (Find(mapping, "returns")?.Value?.Resolved is MappingSyntax returned)
        {
            output = new ObjectValue((output as ObjectValue ?? ObjectValue.Empty).Members.Append(KeyValuePair.Create("pipelineReturnValue", WrittenValue.Of(returned))));
        }

        var isFailure = Text("fails") is not null || Text("errorCode") is not null;
        var error = isFailure ? new StubError(Text("errorCode") ?? UsualCode, Text("fails") ?? "It failed.", Text("failureType") ?? "UserError") : null;
        var duration = ReadDuration(mapping);
        if (output is not null || error is not null || duration is not null)
        {
            stubs.Add(selected with { Output = output, Error = error, Duration = duration });
        }
    }

    private TimeSpan? ReadDuration(MappingSyntax mapping)
    {
        if (Find(mapping, "takes")?.Value?.Resolved is not ScalarSyntax { Kind: not ScalarKind.Null } text)
        {
            return null;
        }

        var duration = WrittenValue.Span(text.Value);
        if (duration is null)
        {
            report(PipelineTestDiagnostics.InvalidValue.At(text.Span, $"'{text.Value}' is no time span. Write hours, minutes and seconds: '00:20:00'."));
        }

        return duration;
    }

    private static MappingEntrySyntax? Find(MappingSyntax mapping, string key) => mapping.EffectiveEntries.LastOrDefault(e => e.Key.Value == key);
}
