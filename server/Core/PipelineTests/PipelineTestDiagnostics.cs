using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

/// <summary>The findings on files of tests, PW92xx.</summary>
public static class PipelineTestDiagnostics
{
    public static DiagnosticDescriptor UnknownResource { get; } = new("PW9201", DiagnosticSeverity.Error, "Test names no pipeline or trigger of the factory");

    public static DiagnosticDescriptor UnknownActivity { get; } = new("PW9202", DiagnosticSeverity.Error, "Test names no activity of the pipeline");

    public static DiagnosticDescriptor UnknownName { get; } = new("PW9203", DiagnosticSeverity.Error, "Test names no parameter or variable of the pipeline");

    public static DiagnosticDescriptor UnknownBranch { get; } = new("PW9204", DiagnosticSeverity.Error, "Test names no branch of the activity");

    public static DiagnosticDescriptor InvalidValue { get; } = new("PW9205", DiagnosticSeverity.Error, "Value of a test can't be right");

    public static DiagnosticDescriptor MixedStub { get; } = new("PW9206", DiagnosticSeverity.Error, "Stub mixes its words with an output");

    public static DiagnosticDescriptor MissingParameter { get; } = new("PW9207", DiagnosticSeverity.Warning, "Test gives a required parameter no value");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [UnknownResource, UnknownActivity, UnknownName, UnknownBranch, InvalidValue, MixedStub, MissingParameter];
}
