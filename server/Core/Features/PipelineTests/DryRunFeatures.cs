// What the last run of a pipeline without a cloud tells in its text: what expressions came to, and what became of activities.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.PipelineTests;

/// <summary>All answer nothing for a file that has changed since.</summary>
public static class DryRunFeatures
{
    /// <summary>More of a value is told by the tooltip only.</summary>
    private const int LongestLabel = 40;

    private const int LongestValue = 2000;

    /// <summary>More values than these are counted.</summary>
    private const int MostValues = 20;

    /// <summary>Behind each expression of a span its value; of one in a loop the first, with the others in the tooltip.</summary>
    public static ImmutableArray<Hint> FindHints(DryRun run, ResourceDocument document, TextSpan within) => !run.IsOf(document) || run.Result.Trace is not { } trace
        ? []
        : [.. from expression in trace.Expressions
              where expression.Place.Path == document.Path && within.Touches(expression.Place.Span.Start)
              group expression by expression.Place.Span into place
              orderby place.Key.Start
              select MakeHint(document.Text, place.Key, [.. place])];

    /// <summary>What became of the activity whose name an offset is on; null where it is on none, or nothing is known.</summary>
    public static HoverResult? FindHover(DryRun run, ResourceDocument document, int offset)
    {
        if (!run.IsOf(document) || run.Result.Trace is not { } trace || document.Syntax.FindNode(offset) is not { } syntax)
        {
            return null;
        }

        foreach (var resource in document.Resources.Where(r => r.Kind == ResourceKind.Pipeline))
        {
            var graph = new ActivityGraph(resource);
            if (graph.All.FirstOrDefault(a => a.Activity.Name?.Syntax == syntax || (a.Activity.Name?.Syntax is { Parent: MappingEntrySyntax entry } && syntax.Parent == entry)) is { } activity)
            {
                return new HoverResult(syntax.Span, Describe(run, trace, resource.Name, activity));
            }
        }

        return null;
    }

    /// <summary>What a selected part of an expression comes to, or for a cursor the whole of it; null where there is no expression, or nothing is known.</summary>
    public static EvaluatedText? Evaluate(DryRun run, ResourceDocument document, TextSpan selection)
    {
        if (!run.IsOf(document) || run.Result.Trace is not { } trace || ExpressionSite.FindAt(document, selection.Start) is not var (site, _))
        {
            return null;
        }

        var (text, span) = Choose(site, selection);
        if (text.Length == 0)
        {
            return null;
        }

        var evaluated = trace.Expressions.FirstOrDefault(e => e.Place.Path == document.Path && (e.Place.Span == site.Scalar.Span || e.Place.Span.Contains(site.Syntax.Span)));
        var context = evaluated?.Context ?? trace.Expressions.LastOrDefault()?.Context ?? new EvaluationContext();
        var result = Evaluator.Evaluate(Template.Parse(text), context);
        return new EvaluatedText(text, span, result.Value is { } value ? Show(value, int.MaxValue) : null, result.Error?.Message, evaluated?.Iteration);
    }

    /// <summary>The selected text as an expression; for a cursor the innermost <c>@{…}</c>, or all.</summary>
    private static (string Text, TextSpan Span) Choose(ExpressionSite site, TextSpan selection)
    {
        var (start, end) = (site.Syntax.ToValueOffset(selection.Start), site.Syntax.ToValueOffset(selection.End));
        if (end > start)
        {
            var chosen = site.Scalar.Text[start..Math.Min(end, site.Scalar.Text.Length)].Trim();
            return (chosen is ['@', ..] ? chosen : "@" + chosen, site.Syntax.ToSourceSpan(TextSpan.FromBounds(start, end)));
        }

        var part = site.Template.Parts.OfType<ExpressionPart>().FirstOrDefault(p => p.Span.Touches(start));
        return site.Template.Kind == TemplateKind.Interpolation && part is not null
            ? ("@" + site.Template.TextOf(part.Expression.Span), site.Syntax.ToSourceSpan(part.Span))
            : site.Template.Kind == TemplateKind.Literal ? ("", default) : (site.Scalar.Text, site.Syntax.ToSourceSpan(new TextSpan(0, site.Scalar.Text.Length)));
    }

    private static Hint MakeHint(SourceText text, TextSpan place, ImmutableArray<EvaluatedExpression> values)
    {
        var shown = values.Select(v => v.Error is { } error ? $"error: {error.Message}" : Show(v.Value!, LongestValue)).ToList();
        var distinct = shown.Distinct().ToList();
        var end = place.End;
        while (end > place.Start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        var label = Shorten(shown[0]) + (distinct.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" … {values.Length} values"));
        var lines = values.Zip(shown).Take(MostValues).Select(v => v.First.Iteration is { } number && values.Length > 1 ? $"[{number}] {v.Second}" : v.Second).Distinct();
        var tooltip = string.Join('\n', lines) + (values.Length > MostValues ? $"\n… {values.Length - MostValues} more" : "");
        return new Hint(end, "= " + label, HintKinds.Values, $"In the last dry run:\n{tooltip}");
    }

    private static string Describe(DryRun run, SimulationTrace trace, string pipeline, ActivityNode activity)
    {
        var found = ActivityRuns.FindAll(trace.Run).Where(r => IsSame(r.Owner.Pipeline, pipeline) && IsSame(r.Run.Name, activity.Name)).ToList();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"**Last dry run** · {run.Result.Case.Name}\n\n");
        var why = Explanation.Of(run.Factory, trace.Run, pipeline, activity.Name);
        if (found.Count == 0)
        {
            return text.Append("Did not run. ").Append(why).ToString();
        }

        text.AppendJoin(", ", found.GroupBy(r => r.Run.Status).Select(g => found.Count == 1 ? $"{g.Key}" : $"{g.Count()} × {g.Key}"));
        var first = found.Find(r => r.Run.Status != ActivityRunStatus.Skipped)?.Run;
        if (first is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", {first.Start - trace.Run.Start:c} to {first.End - trace.Run.Start:c}");
        }

        Append(text, why.Length == 0 ? null : why);
        Append(text, found.Select(r => r.Run.Error?.Message).FirstOrDefault(m => m is not null));
        Append(text, first?.Output is { } output ? $"Output: `{Shorten(Show(output, LongestValue), 300)}`" : null);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string? paragraph) => text.Append(paragraph is null ? "" : $"\n\n{paragraph}");

    private static string Show(ExpressionValue value, int longest) => ValueJson.TryWrite(value, longest) ?? "a value too large to show";

    private static string Shorten(string text, int longest = LongestLabel)
    {
        var line = text.ReplaceLineEndings(" ");
        var length = Math.Min(line.Length, longest);
        length -= length > 0 && length < line.Length && char.IsHighSurrogate(line[length - 1]) ? 1 : 0;
        return line.Length <= longest ? line : line[..length] + "…";
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
