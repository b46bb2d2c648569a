// The way to a property of a resource, as pipewright.yaml and plans write it.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Pipewright.Core.Factory;

/// <summary>One step of a path.</summary>
/// <param name="Text">The name of a property, or what stands in brackets: the name of an element, its place counted from 0, or <c>*</c> for each.</param>
/// <param name="IsElement">Whether it is a step into a list, or by a name that dots would take apart.</param>
public readonly record struct PathStep(string Text, bool IsElement)
{
    public bool IsEach => IsElement && Text == "*";

    /// <summary>The place in a list; null where it is a name.</summary>
    public int? Index => IsElement && int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}

/// <summary>Names of properties with dots between them; brackets for elements of lists and for names with dots: <c>typeProperties.url</c>, <c>activities[Load].policy.retry</c>.</summary>
public sealed class PropertyPath
{
    private PropertyPath(ImmutableArray<PathStep> steps) => Steps = steps;

    /// <summary>At least one.</summary>
    public ImmutableArray<PathStep> Steps { get; }

    /// <returns>Null for a text that is no path.</returns>
    public static PropertyPath? Parse(string text)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '[')
            {
                if (ReadElement(text, ref at) is not { Length: > 0 } element)
                {
                    return null;
                }

                steps.Add(new PathStep(element, IsElement: true));
            }
            else
            {
                at += steps.Count > 0 && text[at] == '.' ? 1 : 0;
                var end = text.IndexOfAny(['.', '['], at);
                end = end < 0 ? text.Length : end;
                if (end == at || (at > 0 && text[at - 1] == ']'))
                {
                    return null;
                }

                steps.Add(new PathStep(text[at..end], IsElement: false));
                at = end;
            }

            if (at == text.Length - 1 && text[at] == '.')
            {
                return null;
            }
        }

        return steps.Count == 0 ? null : new PropertyPath(steps.ToImmutable());
    }

    public override string ToString() => Steps.Aggregate(new StringBuilder(), (text, step) => Append(text, step)).ToString();

    /// <summary>Writes one step behind others.</summary>
    public static StringBuilder Append(StringBuilder text, PathStep step) => step switch
    {
        { IsElement: true } when step.Text.AsSpan().IndexOfAny("[]'") >= 0 => text.Append("['").Append(step.Text.Replace("'", "''", StringComparison.Ordinal)).Append("']"),
        { IsElement: true } => text.Append('[').Append(step.Text).Append(']'),
        _ when step.Text.AsSpan().IndexOfAny(".[") >= 0 || step.Text.Length == 0 => text.Append("['").Append(step.Text.Replace("'", "''", StringComparison.Ordinal)).Append("']"),
        _ => (text.Length > 0 ? text.Append('.') : text).Append(step.Text),
    };

    /// <summary>What stands in brackets: as it is, or in single quotes that are doubled inside.</summary>
    private static string? ReadElement(string text, ref int at)
    {
        if (at + 1 < text.Length && text[at + 1] == '\'')
        {
            var element = new StringBuilder();
            for (var i = at + 2; i < text.Length; i++)
            {
                if (text[i] != '\'')
                {
                    element.Append(text[i]);
                }
                else if (i + 1 < text.Length && text[i + 1] == '\'')
                {
                    element.Append('\'');
                    i++;
                }
                else
                {
                    at = i + 2;
                    return i + 1 < text.Length && text[i + 1] == ']' ? element.ToString() : null;
                }
            }

            return null;
        }

        var close = text.IndexOf(']', at);
        var inner = close < 0 ? null : text[(at + 1)..close];
        at = close + 1;
        return inner;
    }
}
