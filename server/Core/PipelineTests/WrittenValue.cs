// Values as YAML has them, and small things that are written as text.
using System.Globalization;
using System.Runtime.CompilerServices;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Simulation;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.PipelineTests;

internal static class WrittenValue
{
    /// <summary>The value that a node stands for; null of JSON where nothing is written.</summary>
    /// <exception cref="InsufficientExecutionStackException">It is nested too deeply.</exception>
    public static ExpressionValue Of(SyntaxNode? node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return node?.Resolved switch
        {
            ScalarSyntax { Kind: ScalarKind.String } text => new StringValue(text.Value),
            ScalarSyntax scalar => ScalarText.ToJson(scalar.Value, scalar.Kind) is { } json && ValueJson.TryParse(json, out _) is { } value ? value : NullValue.Instance,
            SequenceSyntax list => new ArrayValue([.. list.Items.Select(Of)]),
            MappingSyntax mapping => new ObjectValue(mapping.EffectiveEntries.Select(e => KeyValuePair.Create(e.Key.Value, Of(e.Value)))),
            _ => NullValue.Instance,
        };
    }

    /// <summary>A time, taken for UTC where it does not say; null for what is none.</summary>
    public static DateTime? Time(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) ? time.UtcDateTime : null;

    /// <summary>A time span as the service writes it, <c>d.hh:mm:ss</c>; null for anything else.</summary>
    public static TimeSpan? Span(string text) => PlainValue.Span(new StringValue(text));

    /// <summary>The number of an iteration; null for what is none.</summary>
    public static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
