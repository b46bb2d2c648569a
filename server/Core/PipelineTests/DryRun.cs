using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

/// <summary>A case that was run to look at its values.</summary>
/// <param name="Factory">The files as they were.</param>
/// <param name="Result">With the expressions in its trace.</param>
public sealed record DryRun(FactorySnapshot Factory, PipelineTestResult Result)
{
    /// <summary>Runs a case of a file.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DryRun Make(FactorySnapshot factory, PipelineTestFile file, PipelineTestCase one, CancellationToken cancellation) =>
        new(factory, PipelineTestRunner.Run(factory, file, one, keepsExpressions: true, cancellation));

    /// <summary>Whether a file is still as it was, so that what is told of it is true.</summary>
    public bool IsOf(ResourceDocument document) => Factory.Documents.TryGetValue(document.Path, out var before)
        && (before == document || before.Text.Content.Equals(document.Text.Content, StringComparison.Ordinal));

    /// <summary>Whether the run went through a pipeline of a file.</summary>
    public bool Shows(ResourceDocument document) => Result.Trace is { } trace && document.Resources.Any(r => trace.Counts.TryGetValue(r.Name, out var counts) && counts.Runs > 0);
}

/// <summary>What an expression comes to in the context of a run.</summary>
/// <param name="Expression">What was evaluated, with its <c>@</c>.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Value">JSON; null where it gives an error.</param>
/// <param name="Error">Null where it has a value.</param>
/// <param name="Iteration">The iteration whose values it had; null outside of loops.</param>
public sealed record EvaluatedText(string Expression, TextSpan Span, string? Value, string? Error, int? Iteration);
