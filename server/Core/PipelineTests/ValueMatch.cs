// Holds a value of a run against what is written of it: members that are not written may be anything.
using System.Runtime.CompilerServices;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

/// <summary>A part of a value that is not as it is written.</summary>
/// <param name="Span">What is written.</param>
/// <param name="Path">The part; empty for all of the value.</param>
internal sealed record ValueMismatch(TextSpan Span, string Path, string Expected, string Actual);

/// <param name="context">What expressions among the expected values can read.</param>
internal sealed class ValueMatch(EvaluationContext context)
{
    /// <summary>The tag of an object that may have no members but those that are written.</summary>
    public const string Exact = "!exact";

    /// <summary>The tag of an expression that must be true, in which <c>item()</c> is the value.</summary>
    public const string Where = "!where";

    /// <summary>More of a value is told to nobody.</summary>
    private const int LongestText = 20_000;

    private readonly List<ValueMismatch> _found = [];

    /// <summary>All parts that differ, in text order.</summary>
    /// <param name="expected">Null where nothing is written, which stands for null.</param>
    /// <param name="at">Where it is written.</param>
    /// <param name="member">A name or path from <paramref name="actual"/> on; empty for the value itself.</param>
    public static IReadOnlyList<ValueMismatch> Compare(SyntaxNode? expected, TextSpan at, string member, ExpressionValue? actual, EvaluationContext context)
    {
        var match = new ValueMatch(context);
        match.Compare(expected, at, member, member.Length == 0 ? actual : Follow(actual, member), isExact: false);
        return match._found;
    }

    /// <summary>The text of a value for people: JSON; a word for none.</summary>
    public static string Show(ExpressionValue? value) => value is null ? "nothing" : ValueJson.TryWrite(value, LongestText) ?? "a value too large to show";

    /// <summary>What a name or path leads to; null for nothing.</summary>
    public static ExpressionValue? Follow(ExpressionValue? value, string path)
    {
        if (value is ObjectValue members && members.Find(path) is { } member)
        {
            return member;
        }

        foreach (var step in PropertyPath.Parse(path)?.Steps ?? [])
        {
            // In braces YAML takes no brackets in a key, so that the number of an element may stand by itself.
            value = value switch
            {
                ArrayValue { Items: var items } => WrittenValue.Number(step.Text) is { } index && index < items.Length ? items[index] : null,
                ObjectValue owner => owner.Find(step.Text),
                _ => null,
            };
        }

        return PropertyPath.Parse(path) is null ? null : value;
    }

    private void Compare(SyntaxNode? node, TextSpan at, string path, ExpressionValue? actual, bool isExact)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        isExact |= node?.Resolved?.Tag == Exact;
        switch (node?.Resolved)
        {
            case ScalarSyntax { Tag: Where } condition:
                CompareWhere(condition, path, actual);
                break;
            case ScalarSyntax { Kind: ScalarKind.String } text when text.Value.Contains('@', StringComparison.Ordinal):
                CompareExpression(text, path, actual);
                break;
            case ScalarSyntax or null:
                CompareValue(node?.Span ?? at, path, WrittenValue.Of(node), actual);
                break;
            case MappingSyntax mapping:
                CompareMembers(mapping, path, actual, isExact);
                break;
            case SequenceSyntax list when actual is ArrayValue { Items: var items } && items.Length == list.Items.Length:
                for (var i = 0; i < items.Length; i++)
                {
                    Compare(list.Items[i], list.Items[i].Span, $"{path}[{i}]", items[i], isExact);
                }

                break;
            case SequenceSyntax list:
                Report(at, path, $"{(list.Items.Length == 1 ? "1 item" : $"{list.Items.Length} items")}: {Show(WrittenValue.Of(list))}", Show(actual));
                break;
        }
    }

    private void CompareMembers(MappingSyntax mapping, string path, ExpressionValue? actual, bool isExact)
    {
        if (actual is not ObjectValue value)
        {
            Report(mapping.Span, path, Show(WrittenValue.Of(mapping)), Show(actual));
            return;
        }

        foreach (var entry in mapping.EffectiveEntries)
        {
            Compare(entry.Value, entry.Span, path.Length == 0 ? entry.Key.Value : $"{path}.{entry.Key.Value}", Follow(value, entry.Key.Value), isExact);
        }

        var others = isExact ? value.Names.Where(n => !mapping.EffectiveEntries.Any(e => e.Key.Value.Equals(n, StringComparison.OrdinalIgnoreCase))).ToList() : [];
        if (others.Count > 0)
        {
            Report(mapping.Span, path, Show(WrittenValue.Of(mapping)), $"{Show(actual)}, which also has {string.Join(", ", others.Select(o => $"'{o}'"))}");
        }
    }

    private void CompareWhere(ScalarSyntax condition, string path, ExpressionValue? actual)
    {
        var text = condition.Value.StartsWith('@') ? condition.Value : "@" + condition.Value;
        var result = Evaluator.Evaluate(Template.Parse(text), context with { Item = actual ?? NullValue.Instance });
        if (result.Value is not BooleanValue { Value: true })
        {
            Report(condition.Span, path, $"a value with {text}", result.Error is { } error ? $"{Show(actual)}, of which that gives an error: {error.Message}" : Show(actual));
        }
    }

    private void CompareExpression(ScalarSyntax text, string path, ExpressionValue? actual)
    {
        var result = Evaluator.Evaluate(Template.Parse(text.Value), context);
        if (result.Value is { } expected)
        {
            CompareValue(text.Span, path, expected, actual);
        }
        else
        {
            Report(text.Span, path, $"{text.Value}, which gives an error: {result.Error!.Message}", Show(actual));
        }
    }

    private void CompareValue(TextSpan span, string path, ExpressionValue expected, ExpressionValue? actual)
    {
        if (!(expected is NullValue && actual is null) && !ValueEquality.Instance.Equals(expected, actual))
        {
            Report(span, path, Show(expected), Show(actual));
        }
    }

    private void Report(TextSpan span, string path, string expected, string actual) => _found.Add(new ValueMismatch(span, path, expected, actual));
}
